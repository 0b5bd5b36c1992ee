import { catalogue } from "@/lib/texts";

/** The words that every screen shares, as product.md of the model names them. Statuses agree with their nouns. */

export const common = catalogue({
  en: {
    save: "Save",
    cancel: "Cancel",
    close: "Close",
    back: "Back",
    retry: "Try again",
    loading: "Loading…",
    search: "Search",
    copy: "Copy",
    copied: "Copied",
    yes: "Yes",
    no: "No",
    none: "None",
    optional: "optional",
    required: "required",
    previousPage: "Previous page",
    nextPage: "Next page",
    moreActions: "More actions",
    missingPermission: {
      one: "You also need the permission {codes}.",
      other: "You also need the permissions {codes}.",
    },
    leaveTitle: "Leave without saving?",
    leaveText: "What you have changed here is not saved yet.",
    leave: "Leave without saving",
    stay: "Stay here",
    permissionTitle: "You may not see this",
    networkTitle: "The store did not answer",
    networkText: "What you have entered is still here. Check the connection and try again.",
    expiredTitle: "The dashboard's session has ended",
    expiredText: "Log in to the dashboard again in another tab, then try again. What you have entered is still here.",
    serverTitle: "Something went wrong on the server",
    serverText: "What you have entered is still here. Try again; if it happens again, the store's log says why.",
    refusedTitle: "This was refused",
    silentBeat: "Nothing is being run: Celery beat was last seen {time}. Events are recorded and run once it is back.",
    silentWorker:
      "Nothing is being run: a Celery worker was last seen {time}. Events are recorded and run once one is back.",
    neverBeat:
      "Nothing is being run: Celery beat has never been seen. Start it; in Saleor with Saleor's own scheduler.",
    neverWorker: "Nothing is being run: no Celery worker has ever been seen. Start one.",
    events: "Custom events",
    scenarios: "Scenarios",
    log: "Event log",
    why: "Why did nothing happen?",
    sections: "Sections",
    notFoundTitle: "There is nothing here",
    notFoundText: "The address may be old. Choose a section above.",
    crashTitle: "This page could not be shown",
    crashText: "Reload it. If it happens again, tell the shop's developers: {message}",
    reload: "Reload",
  },
  pl: {
    save: "Zapisz",
    cancel: "Anuluj",
    close: "Zamknij",
    back: "Wstecz",
    retry: "Spróbuj ponownie",
    loading: "Wczytywanie…",
    search: "Szukaj",
    copy: "Kopiuj",
    copied: "Skopiowano",
    yes: "Tak",
    no: "Nie",
    none: "Brak",
    optional: "opcjonalne",
    required: "wymagane",
    previousPage: "Poprzednia strona",
    nextPage: "Następna strona",
    moreActions: "Więcej działań",
    missingPermission: {
      one: "Potrzebujesz także uprawnienia {codes}.",
      few: "Potrzebujesz także uprawnień {codes}.",
      many: "Potrzebujesz także uprawnień {codes}.",
      other: "Potrzebujesz także uprawnień {codes}.",
    },
    leaveTitle: "Wyjść bez zapisywania?",
    leaveText: "Twoje zmiany nie są jeszcze zapisane.",
    leave: "Wyjdź bez zapisywania",
    stay: "Zostań",
    permissionTitle: "Nie możesz tego zobaczyć",
    networkTitle: "Sklep nie odpowiedział",
    networkText: "To, co zostało wpisane, nadal tu jest. Sprawdź połączenie i spróbuj ponownie.",
    expiredTitle: "Sesja panelu wygasła",
    expiredText:
      "Zaloguj się do panelu ponownie w innej karcie i spróbuj jeszcze raz. To, co zostało wpisane, nadal tu jest.",
    serverTitle: "Coś poszło nie tak na serwerze",
    serverText:
      "To, co zostało wpisane, nadal tu jest. Spróbuj ponownie; jeśli to się powtórzy, przyczynę poda log sklepu.",
    refusedTitle: "Odmowa",
    silentBeat:
      "Nic nie jest wykonywane: Celery beat zgłosił się ostatnio {time}. Zdarzenia są zapisywane i zostaną wykonane, gdy wróci.",
    silentWorker:
      "Nic nie jest wykonywane: worker Celery zgłosił się ostatnio {time}. Zdarzenia są zapisywane i zostaną wykonane, gdy się zgłosi.",
    neverBeat:
      "Nic nie jest wykonywane: Celery beat nigdy się nie zgłosił. Uruchom go; w Saleor z jego własnym schedulerem.",
    neverWorker: "Nic nie jest wykonywane: żaden worker Celery nigdy się nie zgłosił. Uruchom go.",
    events: "Zdarzenia niestandardowe",
    scenarios: "Scenariusze",
    log: "Log zdarzeń",
    why: "Dlaczego nic się nie stało?",
    sections: "Sekcje",
    notFoundTitle: "Tu nic nie ma",
    notFoundText: "Adres może być nieaktualny. Wybierz sekcję powyżej.",
    crashTitle: "Nie udało się pokazać tej strony",
    crashText: "Wczytaj ją ponownie. Jeśli to się powtórzy, powiadom programistów sklepu: {message}",
    reload: "Wczytaj ponownie",
  },
});

/** An invocation's status ("wywołanie", neuter in Polish). */
export const invocationStatuses = catalogue({
  en: {
    RUNNING: "Running",
    WAITING: "Waiting",
    COMPLETED: "Completed",
    FAILED: "Failed",
    SKIPPED: "Skipped",
    CANCELLED: "Cancelled",
  },
  pl: {
    RUNNING: "Trwające",
    WAITING: "Oczekujące",
    COMPLETED: "Zakończone",
    FAILED: "Nieudane",
    SKIPPED: "Pominięte",
    CANCELLED: "Anulowane",
  },
});

/** A step run's status ("przebieg kroku", masculine). */
export const stepStatuses = catalogue({
  en: {
    TRYING: "Being tried",
    RETRYING: "Will be tried again",
    WAITING: "Waiting",
    DONE: "Done",
    SKIPPED: "Skipped",
    FAILED: "Failed",
    UNKNOWN: "Outcome unknown",
  },
  pl: {
    TRYING: "W trakcie próby",
    RETRYING: "Zostanie ponowiony",
    WAITING: "Oczekujący",
    DONE: "Wykonany",
    SKIPPED: "Pominięty",
    FAILED: "Nieudany",
    UNKNOWN: "Wynik nieznany",
  },
});

/** A scenario's status (masculine). */
export const scenarioStatuses = catalogue({
  en: { DRAFT: "Draft", ACTIVE: "Active", PAUSED: "Paused", ARCHIVED: "Archived" },
  pl: { DRAFT: "Szkic", ACTIVE: "Aktywny", PAUSED: "Wstrzymany", ARCHIVED: "Zarchiwizowany" },
});

/** The types of data fields. */
export const fieldTypes = catalogue({
  en: {
    STRING: "String",
    TEXT: "Text",
    NUMBER: "Number",
    MONEY: "Money",
    DATE: "Date",
    DATETIME: "Date and time",
    BOOLEAN: "Boolean",
    URL: "URL",
    VARIANT: "Product variant",
    PRODUCT: "Product",
    CHECKOUT: "Checkout",
    ORDER: "Order",
  },
  pl: {
    STRING: "Ciąg znaków",
    TEXT: "Tekst",
    NUMBER: "Liczba",
    MONEY: "Kwota",
    DATE: "Data",
    DATETIME: "Data i godzina",
    BOOLEAN: "Wartość logiczna",
    URL: "Adres URL",
    VARIANT: "Wariant produktu",
    PRODUCT: "Produkt",
    CHECKOUT: "Koszyk",
    ORDER: "Zamówienie",
  },
});

/** Types that name something of the store: its ID is kept, and it is read again whenever a step looks at it. */
export const REFERENCES: ReadonlySet<string> = new Set(["VARIANT", "PRODUCT", "CHECKOUT", "ORDER"]);

/** How far a customer's identity is trusted. */
export const identities = catalogue({
  en: {
    TOKEN: "Proved by the customer's own login",
    TRUSTED: "Vouched for by a server, an app or staff",
    UNVERIFIED: "Unverified: only a browser says so",
    ANONYMOUS: "Anonymous",
  },
  pl: {
    TOKEN: "Potwierdzona logowaniem klienta",
    TRUSTED: "Potwierdzona przez serwer, aplikację lub pracownika",
    UNVERIFIED: "Niezweryfikowana: podała ją tylko przeglądarka",
    ANONYMOUS: "Anonimowa",
  },
});

/** Who fired. */
export const callerKinds = catalogue({
  en: {
    ANONYMOUS: "Nobody",
    CUSTOMER: "Customer",
    STAFF: "Staff",
    APP: "App",
    STOREFRONT_KEY: "Storefront key",
    SERVER_KEY: "Server key",
    PYTHON: "The store's own code",
    SCENARIO: "Scenario",
    STORE: "The store",
  },
  pl: {
    ANONYMOUS: "Nikt",
    CUSTOMER: "Klient",
    STAFF: "Pracownik",
    APP: "Aplikacja",
    STOREFRONT_KEY: "Klucz sklepu internetowego",
    SERVER_KEY: "Klucz serwera",
    PYTHON: "Kod sklepu",
    SCENARIO: "Scenariusz",
    STORE: "Sklep",
  },
});
