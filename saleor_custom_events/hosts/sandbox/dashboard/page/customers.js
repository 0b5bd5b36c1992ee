/**
 * A customer's page: what is known of them, and the widgets of apps at its right, as Saleor's dashboard 3.23 has them
 * (`src/customers/components/CustomerDetailsPage`, `src/extensions/components/AppWidgets`).
 */
import { AppFrame } from "./bridge.js";
import { element } from "./elements.js";
import { ask } from "./store.js";

const CUSTOMER = "query ($id: ID!) { user(id: $id) { id email firstName lastName } }";
const WIDGETS = `{ appExtensions(first: 100, filter: {mountName: ["CUSTOMER_DETAILS_WIDGETS"]}) { edges { node {
  id label url accessToken app { id name appUrl } } } } }`;
const CUSTOMERS = "{ customers(first: 20) { edges { node { id email } } } }";

/** Give the newest customers. */
export async function readCustomers() {
  return (await ask(CUSTOMERS)).customers.edges.map(({ node }) => node);
}

async function readWidgets() {
  return (await ask(WIDGETS)).appExtensions.edges.map(({ node }) => node);
}

export class CustomerPage {
  widgets = [];
  #id;
  #around;
  #text;
  #found = [];

  /** `around(fetchToken)`: what a frame asks of the dashboard; `text(name)`: a word in the dashboard's language. */
  constructor(id, around, text) {
    this.#id = id;
    this.#around = around;
    this.#text = text;
  }

  /** Ask for the customer and the widgets; gives what is to be shown. */
  async read() {
    const { user } = await ask(CUSTOMER, { id: this.#id });
    if (!user) return { title: this.#text("noCustomer"), content: element("section", []) };
    const name = `${user.firstName} ${user.lastName}`.trim();
    const facts = element("section", [element("h2", user.email), element("p", name || "–")]);
    this.#found = (await readWidgets()).map((extension) => ({ extension, place: element("div", [], { class: "frame widget" }) }));
    const cards = this.#found.map(({ extension, place }) =>
      element("section", [element("h2", extension.label), place], { class: "card" }),
    );
    return { title: user.email, content: element("div", [facts, element("aside", cards)], { class: "customer" }) };
  }

  /** Open the widgets, once the page is shown. Whoever may not use one is given no token: it is framed all the same. */
  open() {
    this.widgets = this.#found.map(({ extension, place }) => {
      const { id, url, accessToken, app } = extension;
      const fetchToken = async () => (await readWidgets()).find((one) => one.id === id)?.accessToken;
      const framed = { id: app.id, name: extension.label, appUrl: app.appUrl, accessToken: accessToken ?? "" };
      return new AppFrame(place, framed, url, this.#around(fetchToken), { customerId: this.#id });
    });
  }

  close() {
    for (const widget of this.widgets) widget.close();
  }
}
