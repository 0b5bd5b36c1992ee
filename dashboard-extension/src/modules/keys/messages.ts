import { catalogue } from "@/lib/texts";

/** The list of keys. */
export const keyListTexts = catalogue({
  en: {
    title: "Keys",
    subtitle: "With what storefronts and servers fire custom events",
    caption: "Keys",
    create: "Create a key",
    emptyTitle: "No keys yet",
    emptyText:
      "A storefront fires public events with a key that everybody may see; your server fires any event with a key that nobody may see. Create one for each place that fires, so that each can be revoked by itself.",
    missingTitle: "You may not see keys",
    name: "Name",
    type: "Type",
    STOREFRONT: "Storefront key",
    SERVER: "Server key",
    channels: "Channels",
    origins: "Websites",
    any: "Any",
    lastUsed: "Last used",
    never: "Never",
    refused: "Refused",
    refusedHelp: "Refused firings of the last 30 days",
    refusedTitle: "Refused: {name}",
    refusedIntro:
      "Firings with this key that were refused in the last 30 days. They left no occurrence; of the last 50 a day it is known when, and which members were wrong, without values or identity.",
    showRefused: {
      one: "{count} refused firing with {name}: show why",
      other: "{count} refused firings with {name}: show why",
    },
    actions: "Actions",
    edit: "Edit {name}",
    revoke: "Revoke {name}",
    revokeTitle: "Revoke {name}?",
    revokeText:
      "Whoever fires with this key is refused from this moment on. This cannot be taken back: make a new key first where it is still in use.",
    revokeYes: "Revoke",
    revoked: "{name} was revoked",
    revokedPill: "Revoked",
    total: { one: "{count} key", other: "{count} keys" },
  },
  pl: {
    title: "Klucze",
    subtitle: "Czym witryny i serwery wysyłają zdarzenia niestandardowe",
    caption: "Klucze",
    create: "Stwórz klucz",
    emptyTitle: "Nie ma jeszcze kluczy",
    emptyText:
      "Witryna wysyła zdarzenia publiczne z kluczem, który każdy może zobaczyć; Twój serwer wysyła dowolne zdarzenia z kluczem, którego nikt nie może zobaczyć. Stwórz osobny klucz dla każdego miejsca, które wysyła zdarzenia, aby każdy można było unieważnić z osobna.",
    missingTitle: "Nie możesz zobaczyć kluczy",
    name: "Nazwa",
    type: "Typ",
    STOREFRONT: "Klucz sklepu internetowego",
    SERVER: "Klucz serwera",
    channels: "Kanały",
    origins: "Witryny",
    any: "Dowolne",
    lastUsed: "Ostatnio użyty",
    never: "Nigdy",
    refused: "Odrzucone",
    refusedHelp: "Odrzucone wysłania z ostatnich 30 dni",
    refusedTitle: "Odrzucone: {name}",
    refusedIntro:
      "Wysłania z tym kluczem z ostatnich 30 dni, które zostały odrzucone. Nie pozostawiły wystąpienia; o 50 ostatnich z każdego dnia wiadomo, kiedy to było i które elementy były błędne, bez wartości i tożsamości.",
    showRefused: {
      one: "{count} odrzucone wysłanie z kluczem {name}: pokaż dlaczego",
      few: "{count} odrzucone wysłania z kluczem {name}: pokaż dlaczego",
      many: "{count} odrzuconych wysłań z kluczem {name}: pokaż dlaczego",
      other: "{count} odrzuconego wysłania z kluczem {name}: pokaż dlaczego",
    },
    actions: "Działania",
    edit: "Edytuj {name}",
    revoke: "Unieważnij {name}",
    revokeTitle: "Unieważnić {name}?",
    revokeText:
      "Od tej chwili wysłania z tym kluczem będą odrzucane. Nie można tego cofnąć: jeśli klucz jest jeszcze używany, najpierw stwórz nowy.",
    revokeYes: "Unieważnij",
    revoked: "Unieważniono {name}",
    revokedPill: "Unieważniony",
    total: { one: "{count} klucz", few: "{count} klucze", many: "{count} kluczy", other: "{count} klucza" },
  },
});

/** The window in which a key is made and changed. */
export const keyWindowTexts = catalogue({
  en: {
    newTitle: "New key",
    name: "Name",
    nameHelp: "Where it is used: the shop's website, the app, the loyalty server.",
    storefrontHelp: "For browsers and apps; everybody may see it. It fires public events only, and reads nothing.",
    serverHelp:
      "For your own server; nobody else may see it. It fires any event for any customer, in batches, and in the past.",
    channels: "Channels",
    channelsHelp: "Slugs, one a line. Empty: any channel.",
    origins: "Websites",
    originsHelp: "From which browsers may fire with it, one a line, such as https://shop.example. Empty: any website.",
    allowedFields: "Further data fields",
    allowedFieldsHelp:
      "Names, one a line. Of an event that declares its data fields a storefront sends those alone; these may come beside them. Whatever else is sent is left out, and the log says so.",
    saved: "{name} was saved",
    created: "{name} was created",
    notSaved: "This could not be saved",
    onceTitle: "Copy the key now",
    onceText: "It is shown this once and kept nowhere. If it is lost, revoke it and make a new one.",
    copyKey: "Copy the key",
  },
  pl: {
    newTitle: "Nowy klucz",
    name: "Nazwa",
    nameHelp: "Gdzie jest używany: strona sklepu, aplikacja, serwer programu lojalnościowego.",
    storefrontHelp:
      "Dla przeglądarek i aplikacji; każdy może go zobaczyć. Wysyła tylko zdarzenia publiczne i niczego nie odczytuje.",
    serverHelp:
      "Dla Twojego serwera; nikt inny nie może go zobaczyć. Wysyła dowolne zdarzenia dla dowolnych klientów, także w paczkach i z czasem w przeszłości.",
    channels: "Kanały",
    channelsHelp: "Slugi, po jednym w wierszu. Puste: dowolny kanał.",
    origins: "Witryny",
    originsHelp:
      "Z których przeglądarki mogą wysyłać z tym kluczem, po jednej w wierszu, na przykład https://sklep.example. Puste: dowolna witryna.",
    allowedFields: "Dodatkowe pola danych",
    allowedFieldsHelp:
      "Nazwy, po jednej w wierszu. Do zdarzenia, które ma zadeklarowane pola danych, witryna wysyła tylko te pola; obok nich mogą przyjść te. Wszystko inne jest pomijane, co widać w logu.",
    saved: "Zapisano {name}",
    created: "Utworzono {name}",
    notSaved: "Nie udało się zapisać",
    onceTitle: "Skopiuj klucz teraz",
    onceText: "Jest pokazywany tylko raz i nigdzie nie jest przechowywany. Jeśli zginie, unieważnij go i stwórz nowy.",
    copyKey: "Kopiuj klucz",
  },
});

/** What is wrong with a member of a key: by member and code, or by code alone. */
export const keyProblemTexts = catalogue({
  en: {
    "name REQUIRED": "Give the key a name.",
    TOO_LONG: "This is too long.",
    TOO_MANY: "A key names 50 at most.",
    INVALID: "This contains something that cannot be stored.",
    "channels INVALID": "this is no channel's slug.",
    "origins INVALID": "a website is written https://shop.example, without a path.",
    REVOKED: "This key was revoked meanwhile.",
    NOT_FOUND: "This key no longer exists.",
  },
  pl: {
    "name REQUIRED": "Podaj nazwę klucza.",
    TOO_LONG: "To jest za długie.",
    TOO_MANY: "Klucz może mieć najwyżej 50 wpisów.",
    INVALID: "Jest tu coś, czego nie można zapisać.",
    "channels INVALID": "to nie jest slug kanału.",
    "origins INVALID": "witrynę zapisuje się jako https://sklep.example, bez ścieżki.",
    REVOKED: "Ten klucz został w międzyczasie unieważniony.",
    NOT_FOUND: "Tego klucza już nie ma.",
  },
});
