"use server";
// Without a client: a body by fetch, and GraphQL.
const base = process.env.STORE + "/plugins/global/custom-events/fire";

export async function sent(parcel: string) {
  const headers = { Authorization: `Bearer ${process.env.KEY}`, "Content-Type": "application/json" };
  await fetch(base, {
    method: "POST", headers,
    body: JSON.stringify({ customEvent: "parcel-sent", customerEmail: "anna@example.com", dataFields: { parcel } }),
  });
  await fetch(base, { method: "POST", headers, body: JSON.stringify({ customEventId: 9, dataFields: {} }) }); // expect: parcel: The event requires
  const answer = { customEvent: { id: "Q3VzdG9tRXZlbnQ6Nw==", slug: "whatever" } };
  const batch = { events: [{ customEvent: "stock-alert" }, { customEvent: "stok-alert" }] }; // expect: did you mean “stock-alert”?
  return { answer, batch, list: { customEvent: "size-quiz", dataFields: [
    { name: "score", type: "Number", value: 9 }, { name: "size", type: "string", value: "M" },
  ] } };
}

export const FIRE = /* GraphQL */ `
  mutation Fire($input: CustomEventFireInput!) {
    customEventFire(input: $input) { occurrenceId errors { field code } }
  }`;
export const ALERT = `
  mutation {
    # expect: nothing of a comment: customEventFire(input: {customEvent: "in-a-comment"})
    customEventFire(input: {customEvent: "stock-allert" customerEmail: "a@b.pl"}) { # expect: stock-allert: the store
      occurrenceId
    }
    two: customEventFire(input: {customEvent: "size-quiz", dataFields: {size: "M", score: """9"""}}) { occurrenceId }
    three: customEventFire(input: {customEventId: 7, dataFields: [{name: "size", type: "String", value: "M"}]}) { occurrenceId } # expect: score: The event requires
  }`;

export async function relay(customEvent: string, dataFields: object) {
  await fetch(base, { method: "POST", body: JSON.stringify({ customEvent, dataFields }) }); // expect: not checked: which event
}
