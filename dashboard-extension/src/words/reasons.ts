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
    SKIPPED_REENTRY: "The scenario's re-entry rule kept this customer out.",
    SKIPPED_DEBOUNCED: "A later occurrence took its place before it began.",
    SKIPPED_RATE_LIMIT: "As many as the rate limit allows had begun.",
    SKIPPED_UNVERIFIED_CAP: "This unverified e-mail address had started the scenario as often as a day allows.",
    SKIPPED_PAUSED: "The scenario was paused.",
    SKIPPED_UNVERIFIED: "A step was left out: only a browser vouched for this e-mail address.",
    SKIPPED_NO_IDENTITY: "The start point counts by customer, and nobody was named.",
    SKIPPED_NO_CUSTOMER: "A step was left out: the store knows no such customer.",
    SKIPPED_NO_EMAIL: "A mail was left out: there was no address.",
    CUSTOMER_NOT_FOUND: "It ran as for nobody: the store knows no customer, or several, by this hash or phone number.",
    SKIPPED_NO_CONSENT: "A mail was left out: the store knows of no consent to marketing.",
    SKIPPED_UNSUBSCRIBED: "A mail was left out: this address was unsubscribed from marketing.",
    SKIPPED_HOPS: "Events fired events too often in a row.",
    SKIPPED_NO_DATE: "A wait was left out: there was no date to wait for.",
    EXITED: "It ended at an exit step.",
    EXITED_EARLY: "It ended while it waited: an event of its exit rules happened.",
    EXITED_PAST: "It ended at a wait: the date had already passed.",
    FAILED_ACTION: "An action failed, and trying again would not help.",
    FAILED_RETRIES: "An action failed as often as it may be tried.",
    FAILED_TEMPLATE: "A template could not be filled in.",
    FAILED_DEFINITION: "This release cannot run the scenario's version.",
    FAILED_LIMIT: "It went over a limit.",
    FAILED_QUARANTINED: "It was put aside: several workers died while running it.",
    UNKNOWN_OUTCOME: "Nobody can say whether an effect happened; it is not repeated.",
    CANCELLED_BY_STAFF: "A member of staff cancelled it.",
    CANCELLED_RESTARTED: "The customer entered again, so it began anew.",
    HELD_ALL: "It is held: everything is paused. It goes on when that ends.",
    HELD_EVENT: "It is held before its beginning: the event is paused. It starts when that ends.",
    HELD_ACTION: "It is held before a step whose action is paused. It goes on when that ends.",
    NO_ANSWER: "The receiver did not answer.",
    MAIL_REFUSED: "The mail server refused the message.",
    EMPTY_SUBJECT: "The subject came out empty.",
    EMPTY_MESSAGE: "The message came out empty.",
    EMPTY_NOTE: "The note came out empty.",
    EMPTY_GROUP: "The group's name came out empty.",
    GROUP_TOO_LONG: "The group's name came out longer than 100 characters.",
    GROUPS_UNUSABLE: "The customer's groups could not be changed; nothing was overwritten.",
    BODY_NO_JSON: "The body came out as something else than JSON.",
    VOUCHER_GONE: "The store has no such voucher, or it has ended.",
    RECEIVER_HELD_BACK: "The receiver has failed too often lately; it is left alone for a while.",
    OURSELVES: "Something went wrong on our side.",
  },
  pl: {
    SKIPPED_NO_SCENARIO: "Żaden scenariusz nie nasłuchiwał tego zdarzenia.",
    SKIPPED_FILTER: "Filtr punktu startowego nie został spełniony.",
    SKIPPED_REENTRY: "Reguła ponownego wejścia nie wpuściła tego klienta do scenariusza.",
    SKIPPED_DEBOUNCED: "Zanim się rozpoczęło, zastąpiło je późniejsze wystąpienie.",
    SKIPPED_RATE_LIMIT: "Rozpoczęło się już tyle, na ile pozwala limit.",
    SKIPPED_UNVERIFIED_CAP:
      "Ten niezweryfikowany adres e-mail uruchomił już scenariusz tyle razy, ile wolno w ciągu dnia.",
    SKIPPED_PAUSED: "Scenariusz był wstrzymany.",
    SKIPPED_UNVERIFIED: "Krok pominięto: adres e-mail podała tylko przeglądarka.",
    SKIPPED_NO_IDENTITY: "Punkt startowy liczy według klientów, a nie wskazano żadnego.",
    SKIPPED_NO_CUSTOMER: "Krok pominięto: sklep nie zna takiego klienta.",
    SKIPPED_NO_EMAIL: "Wiadomość pominięto: nie było adresu.",
    CUSTOMER_NOT_FOUND:
      "Przebiegło jak dla nikogo: sklep nie zna klienta o tym skrócie adresu lub numerze telefonu, albo zna ich kilku.",
    SKIPPED_NO_CONSENT: "Wiadomość pominięto: sklep nie zna zgody na marketing.",
    SKIPPED_UNSUBSCRIBED: "Wiadomość pominięto: ten adres wypisano z marketingu.",
    SKIPPED_HOPS: "Zdarzenia wywoływały zdarzenia zbyt wiele razy z rzędu.",
    SKIPPED_NO_DATE: "Oczekiwanie pominięto: nie było daty, na którą można czekać.",
    EXITED: "Zakończono w kroku zakończenia.",
    EXITED_EARLY: "Zakończono podczas oczekiwania: zadziałała reguła wyjścia.",
    EXITED_PAST: "Zakończono w oczekiwaniu: data już minęła.",
    FAILED_ACTION: "Akcja się nie powiodła, a ponowienie nic by nie dało.",
    FAILED_RETRIES: "Akcja nie powiodła się tyle razy, ile wolno próbować.",
    FAILED_TEMPLATE: "Nie udało się wypełnić szablonu.",
    FAILED_DEFINITION: "To wydanie nie potrafi wykonać tej wersji scenariusza.",
    FAILED_LIMIT: "Przekroczono limit.",
    FAILED_QUARANTINED: "Odłożono: kilka workerów padło podczas wykonywania.",
    UNKNOWN_OUTCOME: "Nie wiadomo, czy efekt nastąpił; nie zostanie powtórzony.",
    CANCELLED_BY_STAFF: "Anulował pracownik.",
    CANCELLED_RESTARTED: "Klient wszedł ponownie, więc zaczęto od nowa.",
    HELD_ALL: "Jest wstrzymane razem ze wszystkim. Ruszy po wznowieniu.",
    HELD_EVENT: "Jest wstrzymane przed rozpoczęciem, bo wstrzymano zdarzenie. Ruszy po wznowieniu.",
    HELD_ACTION: "Jest wstrzymane przed krokiem, którego akcję wstrzymano. Ruszy po wznowieniu.",
    NO_ANSWER: "Odbiorca nie odpowiedział.",
    MAIL_REFUSED: "Serwer poczty odrzucił wiadomość.",
    EMPTY_SUBJECT: "Temat okazał się pusty.",
    EMPTY_MESSAGE: "Treść wiadomości okazała się pusta.",
    EMPTY_NOTE: "Notatka okazała się pusta.",
    EMPTY_GROUP: "Nazwa grupy okazała się pusta.",
    GROUP_TOO_LONG: "Nazwa grupy okazała się dłuższa niż 100 znaków.",
    GROUPS_UNUSABLE: "Nie udało się zmienić grup klienta; niczego nie nadpisano.",
    BODY_NO_JSON: "Treść żądania nie wyszła jako JSON.",
    VOUCHER_GONE: "Sklep nie ma takiego kuponu albo kupon się skończył.",
    RECEIVER_HELD_BACK: "Odbiorca zbyt często zawodził; przez chwilę nikt go nie pyta.",
    OURSELVES: "Coś poszło nie tak po naszej stronie.",
  },
});

/** Codes with which firings are refused. */
export const refusals = catalogue({
  en: {
    CREDENTIALS_REQUIRED: "Sent without a key or token.",
    INVALID_KEY: "The key is unknown or revoked.",
    INVALID_TOKEN: "The token is not valid.",
    INVALID_SIGNATURE: "A webhook was not signed by this store.",
    NOBODY_NAMED: "An abandoned checkout has no e-mail address and belongs to no account.",
    STOREFRONT_TRAFFIC_NOT_ALLOWED: "The shop is closed to storefronts.",
    PERMISSION_DENIED: "The caller lacks a permission.",
    EVENT_NOT_PUBLIC: "The event is not public, and a storefront fired it.",
    IDENTITY_MISMATCH: "The customer's login names somebody else than the call.",
    CHANNEL_NOT_ALLOWED: "The key is not bound to this channel.",
    ORIGIN_NOT_ALLOWED: "The key is not bound to this website.",
    BATCH_NOT_ALLOWED: "A storefront sent a batch.",
    SEGMENTS_NOT_SUPPORTED: "A call in ECDP's form named a segment: events happen to one customer here.",
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
    RATE_LIMITED: "Fired more often than a limit allows.",
  },
  pl: {
    CREDENTIALS_REQUIRED: "Wysłano bez klucza i tokena.",
    INVALID_KEY: "Klucz jest nieznany lub unieważniony.",
    INVALID_TOKEN: "Token jest nieprawidłowy.",
    INVALID_SIGNATURE: "Webhook nie został podpisany przez ten sklep.",
    NOBODY_NAMED: "Porzucony koszyk nie ma adresu e-mail i nie należy do żadnego konta.",
    STOREFRONT_TRAFFIC_NOT_ALLOWED: "Sklep jest zamknięty dla witryn.",
    PERMISSION_DENIED: "Wysyłającemu brakuje uprawnienia.",
    EVENT_NOT_PUBLIC: "Zdarzenie nie jest publiczne, a wysłała je witryna.",
    IDENTITY_MISMATCH: "Logowanie klienta wskazuje kogoś innego niż wywołanie.",
    CHANNEL_NOT_ALLOWED: "Klucz nie jest powiązany z tym kanałem.",
    ORIGIN_NOT_ALLOWED: "Klucz nie jest powiązany z tą witryną.",
    BATCH_NOT_ALLOWED: "Witryna wysłała paczkę zdarzeń.",
    SEGMENTS_NOT_SUPPORTED: "Wywołanie w postaci ECDP wskazało segment: tu zdarzenie dotyczy jednego klienta.",
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
    RATE_LIMITED: "Wysłano częściej, niż pozwala limit.",
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
