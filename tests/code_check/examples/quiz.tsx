// A page of a storefront. client.fire("in-a-comment") is nobody's call.
import { createClient, type Client } from "saleor-custom-events-client";

const QUIZ = "size-quiz";
const QUESTIONS = 12 + 1;
/* client.fire("in-another", { score: 1 }) */
const client: Client = createClient({ url: "https://shop.example/plugins/global/custom-events/", key: "sce_pk_…" });

interface Firing {
  customEvent: string;
  dataFields?: Record<string, unknown>;
  fire(event: string, fields?: object): Promise<void>;
}

export function Quiz({ score, size }: { score: number; size: "S" | "M" }) {
  const half = score / 2, third = score / 3;
  const words = /fire\("not-a-call", {"/.test(size) ? `fire("in a text")` : 'it\'s "fire(\\"x\\")"';

  const done = async () => {
    await client.fire("size-quiz", { score, size, passed: score > 50, price: { amount: `${half}`, currency: "PLN" } });
    await client.fire("size-quiz", { score: 82, bought: "2026-01-31", price: { amount: "9.90", currency: "PLN" } });
    await client.fire(QUIZ, { size: "M" }); // expect: size-quiz: score: The event requires this field.
    await client.fire(QUIZ, { score: "82" });
    await client.fire(QUIZ, { score: "many" }); // expect: size-quiz: score: Declared as Number: This has to be a number.
    await client.fire(QUIZ, { score: 1, passed: "yes" }); // expect: passed: Declared as Boolean: This has to be true or false.
    await client.fire(QUIZ, { score: 1, bought: "31.01.2026" }); // expect: bought: Declared as Date
    await client.fire(QUIZ, { score: 1, price: 199.9 }); // expect: price: Declared as Money
    await client.fire(QUIZ, { score: 1, size: { eu: 40 } }); // expect: size: Declared as String
    await client.fire(QUIZ, { score: 1, sizes: ["S", "M"] }); // expect: sizes: Lists and objects
    await client.fire(QUIZ, { score: 1, sise: size }); // expect: sise: The event does not declare this field.
    await client.fire(QUIZ, { score: undefined }); // expect: score: The event requires this field.
    await client.fire(QUIZ, { score: null }); // expect: score: Declared as Number
    await client.fire(QUIZ); // expect: score: The event requires this field.
    await client.fire(7, { "score": -1.5 }, { customerEmail: "anna@example.com" });
    await client.fire(11); // expect: 11: the store has no such event
    await client.fire(
      "size-quizz",
      { score },
    ); // expect-above 3: size-quizz: the store has no such event; did you mean “size-quiz”?
    void client.fire<"stok-alert">("stok-alert"); // expect: stok-alert: the store has no such event
    void client?.fire("old-survey"); // expect: old-survey: the event is archived
    void client.fire("parcel-sent", { parcel: "P1" }); // expect public: the event may not be fired from a storefront
    void client.fire("stock-alert", { anything: 1, goes: "here" } as const);
    void client.fire("stock-alert", { when: new Date(), list: [1] }); // expect: list: Lists and objects
  };

  const unclear = (event: string, more: object) => {
    client.fire(event, more); // expect: not checked: which event it is is computed
    client.fire(QUESTIONS > third ? "a" : "b"); // expect: not checked: which event it is is computed
    client.fire(QUIZ, more); // expect: size-quiz: not checked: its data fields are computed
    client.fire(QUIZ, { ...more, sise: 1 }); // expect: sise: The event does not | not checked: some of its data fields
    client.fire("stock-alert", more);
    send(`{"customEvent": "${event}", "anonymousId": "a"}`, `{"customEvent": "gone-four", "url": "${more}"}`); // expect: not checked: which | gone-four
    client.fire("gone"); // custom-events: ignore
    swal.fire("Well done!", "You may go", "success");
    swal.fire({ title: "fire", icon: "info" });
  };

  return (
    <p title="it's" onClick={() => client.fire("gone-too")}>{/* expect: gone-too: the store has no such event */}
      Don't <b>stop</b> <br /> 1/2 <a href="https://shop.example/#x">what's `here`</a>
      <button onClick={done} onBlur={() => unclear(words, {})}>{`${client.fire("gone-three")}`}</button>{/* expect: gone-three */}
    </p>
  );
}
