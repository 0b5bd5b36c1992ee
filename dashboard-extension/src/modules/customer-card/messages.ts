import { catalogue } from "@/lib/texts";

/** The card on a customer's page of the dashboard. */
export const card = catalogue({
  en: {
    latest: "Latest invocations",
    open: "Details of invocation {number}",
    noScenario: "No scenario",
    merged: "not logged in",
    all: "All of this customer",
    why: "Why did nothing happen?",
    empty: "Nothing has happened for this customer yet",
    emptyText: "A row appears here whenever an event with logging is fired for them.",
    noCustomer: "The dashboard does not say whose page this is.",
    lacking: {
      one: "You need the permission {codes} to see what happened for this customer.",
      other:
        "You need all of these permissions to see what happened for this customer, and lack one at least: {codes}.",
    },
  },
  pl: {
    latest: "Ostatnie wywołania",
    open: "Szczegóły wywołania {number}",
    noScenario: "Bez scenariusza",
    merged: "bez zalogowania",
    all: "Wszystkie tego klienta",
    why: "Dlaczego nic się nie stało?",
    empty: "U tego klienta nic się jeszcze nie wydarzyło",
    emptyText: "Wiersz pojawi się tu po każdym wysłaniu dla niego zdarzenia z włączonym logowaniem.",
    noCustomer: "Panel nie podał, czyja to strona.",
    lacking: {
      one: "Aby zobaczyć, co się działo u tego klienta, potrzebujesz uprawnienia {codes}.",
      few: "Aby zobaczyć, co się działo u tego klienta, potrzebujesz wszystkich tych uprawnień, a co najmniej jednego nie masz: {codes}.",
      many: "Aby zobaczyć, co się działo u tego klienta, potrzebujesz wszystkich tych uprawnień, a co najmniej jednego nie masz: {codes}.",
      other:
        "Aby zobaczyć, co się działo u tego klienta, potrzebujesz wszystkich tych uprawnień, a co najmniej jednego nie masz: {codes}.",
    },
  },
});
