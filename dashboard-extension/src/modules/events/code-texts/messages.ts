import { catalogue } from "@/lib/texts";

/** The tab with ready code. */
export const codeTexts = catalogue({
  en: {
    id: "ID",
    slug: "Slug",
    copyId: "Copy the ID",
    copySlug: "Copy the slug",
    either: "Calls name the event by either. The slug is the same in every environment; the ID may differ.",
    languages: "Language of the code",
    curl: "cURL",
    javascript: "JavaScript",
    graphql: "GraphQL",
    python: "Python",
    codeIn: "Code in {language}",
    serverNote:
      "With a server key (sce_sk_…), which fires any event for any customer: keep it out of browsers and repositories.",
    browserNote:
      "For the browser, with a storefront key (sce_pk_…), which may be seen by everybody. A guest's e-mail address is then unverified: scenarios do not send mail to it or change the customer, unless their start point allows unverified addresses. Or fire from a server instead.",
    nodeNote:
      "For a server (Node 18 or later): this event is not public, so no browser may fire it. Make it public under Settings to fire it from the storefront.",
    graphqlNote:
      "At the plugin's own address, and at the store's /graphql/. With a server key, or with the token of an app or of staff who may fire for any customer.",
    keys: "Get a key",
    next: "Send a test event",
  },
  pl: {
    id: "ID",
    slug: "Slug",
    copyId: "Kopiuj ID",
    copySlug: "Kopiuj slug",
    either:
      "W wywołaniach API można podać jedno albo drugie. Slug jest taki sam w każdym środowisku, ID może się różnić.",
    languages: "Język kodu",
    curl: "cURL",
    javascript: "JavaScript",
    graphql: "GraphQL",
    python: "Python",
    codeIn: "Kod: {language}",
    serverNote:
      "Z kluczem serwera (sce_sk_…), który wysyła dowolne zdarzenie dla dowolnego klienta: nie umieszczaj go w przeglądarce ani w repozytorium.",
    browserNote:
      "Dla przeglądarki, z kluczem sklepu internetowego (sce_pk_…), który każdy może zobaczyć. Adres e-mail gościa jest wtedy niezweryfikowany: scenariusze nie wysyłają na niego wiadomości i nie zmieniają klienta, chyba że ich punkt startowy dopuszcza niezweryfikowane adresy. Możesz też wysyłać zdarzenie z serwera.",
    nodeNote:
      "Dla serwera (Node 18 lub nowszy): to zdarzenie nie jest publiczne, więc nie może go wysłać przeglądarka. Aby wysyłać je z witryny, oznacz je w ustawieniach jako publiczne.",
    graphqlNote:
      "Pod własnym adresem wtyczki i pod /graphql/ sklepu. Z kluczem serwera albo z tokenem aplikacji lub pracownika, który może wysyłać zdarzenia dla dowolnego klienta.",
    keys: "Stwórz klucz",
    next: "Wyślij zdarzenie testowe",
  },
});

/** Comments inside the code. */
export const snippetComments = catalogue({
  en: {
    browserKey: "A storefront key may stand in a page: it fires public events and reads nothing.",
    browserCustomer:
      "For a logged-in customer add token: () => accessToken, their Saleor token, and leave out customerEmail.",
    browserConsent:
      "Add consent: () => true once the visitor lets you store something: then nothing is lost when the page is closed.",
    serverOnly: "On a server only: whoever has this key fires any event for any customer.",
    idempotency: "send the same one when you try again",
    graphqlToken: "Or the token of an app or of staff.",
  },
  pl: {
    browserKey: "Klucz sklepu internetowego może być na stronie: wysyła zdarzenia publiczne i niczego nie odczytuje.",
    browserCustomer:
      "Dla zalogowanego klienta dodaj token: () => accessToken, czyli jego token Saleora, i pomiń customerEmail.",
    browserConsent:
      "Dodaj consent: () => true, gdy odwiedzający zgodzi się na zapis w przeglądarce: wtedy nic nie ginie po zamknięciu strony.",
    serverOnly: "Tylko na serwerze: z tym kluczem można wysłać dowolne zdarzenie dla dowolnego klienta.",
    idempotency: "przy ponownej próbie wyślij ten sam",
    graphqlToken: "Albo token aplikacji lub pracownika.",
  },
});
