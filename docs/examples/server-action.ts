"use server";

// A server action of Next.js: the browser sends the form, the server fires with a key that no browser sees.
// The address that the visitor typed is trusted then: scenarios may send mail to it.

const URL_OF_STORE = process.env.CUSTOM_EVENTS_URL; // https://api.shop.example/plugins/global/custom-events/
const SERVER_KEY = process.env.CUSTOM_EVENTS_KEY; // sce_sk_…

export async function askForStockAlert(form: FormData): Promise<{ message: string }> {
  const answer = await fetch(`${URL_OF_STORE}fire`, {
    method: "POST",
    headers: { Authorization: `Bearer ${SERVER_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      customEvent: "stock-alert",
      customerEmail: form.get("email"),
      dataFields: { product: form.get("product"), size: form.get("size") },
      // The form has it as a hidden field: who presses the button twice has asked once.
      idempotencyKey: form.get("request"),
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (answer.ok) return { message: "We will tell you." };
  // RFC 9457: `code` is stable, `errors` name the members that are wrong.
  const problem = await answer.json();
  if (problem.errors?.some((error: { field: string }) => error.field === "customerEmail"))
    return { message: "This is no e-mail address." };
  throw new Error(`${problem.status} ${problem.code}: ${problem.detail}`);
}
