import { catalogue } from "@/lib/texts";

/** Steps, as one reads them without opening them. */
export const stepWords = catalogue({
  en: {
    condition: "Condition",
    wait: "Wait",
    exit: "Exit",
    action: "Action",
    waitFor: "Wait: {time}",
    otherwise: "Otherwise",
    branch: "Branch {number}",
    unknownStep: "Step of a newer release: {type}",
    unknownAction: "Action that is not installed: {action}",
    noAction: "Action not chosen yet",
    noCondition: "no condition yet",
    exitDetail: "The invocation ends here.",
    conditionDetail: {
      one: "{count} branch, and otherwise",
      other: "{count} branches, and otherwise",
    },
    notSetYet: "not filled in yet",
  },
  pl: {
    condition: "Warunek",
    wait: "Oczekiwanie",
    exit: "Zakończenie",
    action: "Akcja",
    waitFor: "Oczekiwanie: {time}",
    otherwise: "W przeciwnym razie",
    branch: "Gałąź {number}",
    unknownStep: "Krok z nowszego wydania: {type}",
    unknownAction: "Niezainstalowana akcja: {action}",
    noAction: "Nie wybrano jeszcze akcji",
    noCondition: "brak warunku",
    exitDetail: "Wywołanie kończy się tutaj.",
    conditionDetail: {
      one: "{count} gałąź oraz „w przeciwnym razie”",
      few: "{count} gałęzie oraz „w przeciwnym razie”",
      many: "{count} gałęzi oraz „w przeciwnym razie”",
      other: "{count} gałęzi oraz „w przeciwnym razie”",
    },
    notSetYet: "jeszcze nieuzupełnione",
  },
});

/** What a comparison looks at. The keys of both `occurrence` and `customer` are those of docs/definition.md. */
export const operandWords = catalogue({
  en: {
    "occurrence.channel": "channel",
    "occurrence.url": "page address",
    "occurrence.identity": "trust in the identity",
    "occurrence.email": "e-mail of the occurrence",
    "occurrence.occurredAt": "time of the occurrence",
    "occurrence.registeredAt": "time of registration",
    "occurrence.isVerified": "identity is verified",
    "customer.exists": "customer has an account",
    "customer.email": "customer's e-mail",
    "customer.firstName": "customer's first name",
    "customer.lastName": "customer's last name",
    "customer.isActive": "customer's account is active",
    "customer.languageCode": "customer's language",
    "customer.externalReference": "customer's external reference",
    "customer.joinedAt": "customer since",
    "customer.groups": "customer's groups",
    metadata: "customer's metadata “{name}”",
    output: "“{name}” of step {step}",
    nothing: "(nothing chosen)",
  },
  pl: {
    "occurrence.channel": "kanał",
    "occurrence.url": "adres strony",
    "occurrence.identity": "zaufanie do tożsamości",
    "occurrence.email": "e-mail z wystąpienia",
    "occurrence.occurredAt": "czas wystąpienia",
    "occurrence.registeredAt": "czas rejestracji",
    "occurrence.isVerified": "tożsamość zweryfikowana",
    "customer.exists": "klient ma konto",
    "customer.email": "e-mail klienta",
    "customer.firstName": "imię klienta",
    "customer.lastName": "nazwisko klienta",
    "customer.isActive": "konto klienta aktywne",
    "customer.languageCode": "język klienta",
    "customer.externalReference": "identyfikator zewnętrzny klienta",
    "customer.joinedAt": "klient od",
    "customer.groups": "grupy klienta",
    metadata: "metadane klienta „{name}”",
    output: "„{name}” z kroku {step}",
    nothing: "(nic nie wybrano)",
  },
});

/** Operators for texts, lists and whatever has no type; Polish avoids the noun's gender. */
export const textOperators = catalogue({
  en: {
    equals: "is",
    notEquals: "is not",
    greaterThan: "is more than",
    greaterThanOrEqual: "is at least",
    lessThan: "is less than",
    lessThanOrEqual: "is at most",
    contains: "contains",
    notContains: "does not contain",
    startsWith: "starts with",
    endsWith: "ends with",
    oneOf: "is one of",
    isSet: "has a value",
    isNotSet: "has no value",
  },
  pl: {
    equals: "to",
    notEquals: "to nie",
    greaterThan: "to więcej niż",
    greaterThanOrEqual: "to co najmniej",
    lessThan: "to mniej niż",
    lessThanOrEqual: "to co najwyżej",
    contains: "zawiera",
    notContains: "nie zawiera",
    startsWith: "zaczyna się od",
    endsWith: "kończy się na",
    oneOf: "to jedno z",
    isSet: "ma wartość",
    isNotSet: "nie ma wartości",
  },
});

/** The order of dates and times. */
export const timeOperators = catalogue({
  en: {
    equals: "is on",
    notEquals: "is not on",
    greaterThan: "is after",
    greaterThanOrEqual: "is on or after",
    lessThan: "is before",
    lessThanOrEqual: "is on or before",
  },
  pl: {
    equals: "przypada",
    notEquals: "nie przypada",
    greaterThan: "przypada po",
    greaterThanOrEqual: "przypada nie wcześniej niż",
    lessThan: "przypada przed",
    lessThanOrEqual: "przypada nie później niż",
  },
});

export const joinWords = catalogue({
  en: { all: "and", any: "or", not: "not", yes: "yes", no: "no", empty: "(empty)" },
  pl: { all: "i", any: "lub", not: "nieprawda, że", yes: "tak", no: "nie", empty: "(puste)" },
});
