import { type Language, useSurroundings } from "@/lib/bridge";
import { catalogue, say } from "@/lib/texts";

/**
 * A sentence for every reason code (`scenarios/outcomes.py: Reason`) and for the actions' own codes. A code never stands
 * alone: the sentence first, the code small beside it. `test/reasons.test.ts` compares with docs/reference.md.
 */
export const reasons = catalogue({
  en: {
    SKIPPED_NO_SCENARIO: "No scenario listened to this event.",
    SKIPPED_FILTER: "The start point's filter did not hold.",
    SKIPPED_REENTRY: "This customer has entered the scenario before, and it lets each in once.",
    SKIPPED_PAUSED: "The scenario was paused.",
    SKIPPED_UNVERIFIED: "A step was left out: only a browser vouched for this e-mail address.",
    SKIPPED_NO_IDENTITY: "The scenario lets each customer in once, and nobody was named.",
    SKIPPED_NO_CUSTOMER: "A step was left out: the store knows no such customer.",
    SKIPPED_NO_EMAIL: "A mail was left out: there was no address.",
    SKIPPED_HOPS: "Events fired events too often in a row.",
    EXITED: "It ended at an exit step.",
    FAILED_ACTION: "An action failed, and trying again would not help.",
    FAILED_RETRIES: "An action failed as often as it may be tried.",
    FAILED_TEMPLATE: "A template could not be filled in.",
    FAILED_DEFINITION: "This release cannot run the scenario's version.",
    FAILED_LIMIT: "It went over a limit.",
    FAILED_QUARANTINED: "It was put aside: several workers died while running it.",
    UNKNOWN_OUTCOME: "Nobody can say whether an effect happened; it is not repeated.",
    CANCELLED_BY_STAFF: "A member of staff cancelled it.",
    NO_ANSWER: "The receiver did not answer.",
    MAIL_REFUSED: "The mail server refused the message.",
    EMPTY_SUBJECT: "The subject came out empty.",
    OURSELVES: "Something went wrong on our side.",
  },
  pl: {
    SKIPPED_NO_SCENARIO: "Żaden scenariusz nie nasłuchiwał tego zdarzenia.",
    SKIPPED_FILTER: "Filtr punktu startowego nie został spełniony.",
    SKIPPED_REENTRY: "Ten klient był już w scenariuszu, a każdy może wejść tylko raz.",
    SKIPPED_PAUSED: "Scenariusz był wstrzymany.",
    SKIPPED_UNVERIFIED: "Krok pominięto: adres e-mail podała tylko przeglądarka.",
    SKIPPED_NO_IDENTITY: "Każdy klient może wejść do scenariusza tylko raz, a nie wskazano żadnego.",
    SKIPPED_NO_CUSTOMER: "Krok pominięto: sklep nie zna takiego klienta.",
    SKIPPED_NO_EMAIL: "Wiadomość pominięto: nie było adresu.",
    SKIPPED_HOPS: "Zdarzenia wywoływały zdarzenia zbyt wiele razy z rzędu.",
    EXITED: "Zakończono w kroku zakończenia.",
    FAILED_ACTION: "Akcja się nie powiodła, a ponowienie nic by nie dało.",
    FAILED_RETRIES: "Akcja nie powiodła się tyle razy, ile wolno próbować.",
    FAILED_TEMPLATE: "Nie udało się wypełnić szablonu.",
    FAILED_DEFINITION: "To wydanie nie potrafi wykonać tej wersji scenariusza.",
    FAILED_LIMIT: "Przekroczono limit.",
    FAILED_QUARANTINED: "Odłożono: kilka workerów padło podczas wykonywania.",
    UNKNOWN_OUTCOME: "Nie wiadomo, czy efekt nastąpił; nie zostanie powtórzony.",
    CANCELLED_BY_STAFF: "Anulował pracownik.",
    NO_ANSWER: "Odbiorca nie odpowiedział.",
    MAIL_REFUSED: "Serwer poczty odrzucił wiadomość.",
    EMPTY_SUBJECT: "Temat okazał się pusty.",
    OURSELVES: "Coś poszło nie tak po naszej stronie.",
  },
});

/** Codes with which firings are refused. */
export const refusals = catalogue({
  en: {
    CREDENTIALS_REQUIRED: "Sent without a key or token.",
    INVALID_KEY: "The key is unknown or revoked.",
    INVALID_TOKEN: "The token is not valid.",
    STOREFRONT_TRAFFIC_NOT_ALLOWED: "The shop is closed to storefronts.",
    PERMISSION_DENIED: "The caller lacks a permission.",
    EVENT_NOT_PUBLIC: "The event is not public, and a storefront fired it.",
    IDENTITY_MISMATCH: "The customer's login names somebody else than the call.",
    CHANNEL_NOT_ALLOWED: "The key is not bound to this channel.",
    ORIGIN_NOT_ALLOWED: "The key is not bound to this website.",
    BATCH_NOT_ALLOWED: "A storefront sent a batch.",
    EVENT_NOT_FOUND: "There is no event with this ID or slug.",
    EVENT_ARCHIVED: "The event is archived.",
    IDEMPOTENCY_CONFLICT: "The same idempotency key came with something else.",
    BODY_TOO_LARGE: "The body was too large.",
    FIELDS_REJECTED: "Data fields broke the event's declarations.",
    INVALID_JSON: "The body was not JSON.",
    INVALID_CHARACTER: "The body had a character that cannot be stored.",
    BODY_TOO_DEEP: "The body was nested too deeply.",
    INVALID_BODY: "The body was not right.",
    REQUIRED: "Something required was missing.",
    IN_THE_FUTURE: "It was said to occur in the future.",
    TOO_OLD: "It occurred too long ago.",
    SKIPPED_HOPS: "Events fired events too often in a row.",
    BUSY: "The store was busy.",
  },
  pl: {
    CREDENTIALS_REQUIRED: "Wysłano bez klucza i tokena.",
    INVALID_KEY: "Klucz jest nieznany lub unieważniony.",
    INVALID_TOKEN: "Token jest nieprawidłowy.",
    STOREFRONT_TRAFFIC_NOT_ALLOWED: "Sklep jest zamknięty dla witryn.",
    PERMISSION_DENIED: "Wysyłającemu brakuje uprawnienia.",
    EVENT_NOT_PUBLIC: "Zdarzenie nie jest publiczne, a wysłała je witryna.",
    IDENTITY_MISMATCH: "Logowanie klienta wskazuje kogoś innego niż wywołanie.",
    CHANNEL_NOT_ALLOWED: "Klucz nie jest powiązany z tym kanałem.",
    ORIGIN_NOT_ALLOWED: "Klucz nie jest powiązany z tą witryną.",
    BATCH_NOT_ALLOWED: "Witryna wysłała paczkę zdarzeń.",
    EVENT_NOT_FOUND: "Nie ma zdarzenia o tym ID lub slugu.",
    EVENT_ARCHIVED: "Zdarzenie jest zarchiwizowane.",
    IDEMPOTENCY_CONFLICT: "Ten sam klucz idempotencji przyszedł z inną treścią.",
    BODY_TOO_LARGE: "Treść była za duża.",
    FIELDS_REJECTED: "Pola danych nie zgadzają się z deklaracjami zdarzenia.",
    INVALID_JSON: "Treść nie była poprawnym JSON-em.",
    INVALID_CHARACTER: "Treść zawierała znak, którego nie można zapisać.",
    BODY_TOO_DEEP: "Treść była zbyt głęboko zagnieżdżona.",
    INVALID_BODY: "Treść była nieprawidłowa.",
    REQUIRED: "Brakowało czegoś wymaganego.",
    IN_THE_FUTURE: "Podany czas jest w przyszłości.",
    TOO_OLD: "Zdarzenie było zbyt dawno.",
    SKIPPED_HOPS: "Zdarzenia wywoływały zdarzenia zbyt wiele razy z rzędu.",
    BUSY: "Sklep był zajęty.",
  },
});

/** A receiver's answer: `HTTP_503`. */
export const answers = catalogue({
  en: { HTTP: "The receiver answered {status}." },
  pl: { HTTP: "Odbiorca odpowiedział kodem {status}." },
});

/** Give the sentence of a reason or refusal; undefined for a code of an action of another package. */
export function sentenceOf(code: string, language: Language): string | undefined {
  if (code in reasons.en) return say(reasons, language, code as keyof typeof reasons.en);
  if (code in refusals.en) return say(refusals, language, code as keyof typeof refusals.en);
  const status = code.match(/^HTTP_(\d{3})$/)?.[1];
  return status && say(answers, language, "HTTP", { status });
}

export function useSentence(): (code: string) => string | undefined {
  const { language } = useSurroundings();
  return (code) => sentenceOf(code, language);
}
