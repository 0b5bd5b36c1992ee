"""The log in words, in both languages: what stands in a file has no dashboard beside it that could say it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from saleor_custom_events.actions.base import Label
from saleor_custom_events.scenarios.outcomes import Reason, Status


class Language(StrEnum):
    """The languages of the dashboard."""

    EN = "en"
    PL = "pl"


#: Of an invocation: neuter in Polish (wywołanie).
STATUSES: Mapping[str, Label] = {
    Status.RUNNING: Label("Running", "Trwające"),
    Status.WAITING: Label("Waiting", "Oczekujące"),
    Status.COMPLETED: Label("Completed", "Zakończone"),
    Status.FAILED: Label("Failed", "Nieudane"),
    Status.SKIPPED: Label("Skipped", "Pominięte"),
    Status.CANCELLED: Label("Cancelled", "Anulowane"),
}

REASONS: Mapping[str, Label] = {
    Reason.NO_SCENARIO: Label(
        "No scenario listened to this event.", "Żaden scenariusz nie nasłuchiwał tego zdarzenia."
    ),
    Reason.FILTER: Label("The start point's filter did not hold.", "Filtr punktu startowego nie został spełniony."),
    Reason.REENTRY: Label(
        "The scenario's re-entry rule kept this customer out.",
        "Reguła ponownego wejścia nie wpuściła tego klienta do scenariusza.",
    ),
    Reason.DEBOUNCED: Label(
        "A later occurrence took its place before it began.",
        "Zanim się rozpoczęło, zastąpiło je późniejsze wystąpienie.",
    ),
    Reason.RATE_LIMIT: Label(
        "As many as the rate limit allows had begun.", "Rozpoczęło się już tyle, na ile pozwala limit."
    ),
    Reason.UNVERIFIED_CAP: Label(
        "This unverified e-mail address had started the scenario as often as a day allows.",
        "Ten niezweryfikowany adres e-mail uruchomił już scenariusz tyle razy, ile wolno w ciągu dnia.",
    ),
    Reason.PAUSED: Label("The scenario was paused.", "Scenariusz był wstrzymany."),
    Reason.UNVERIFIED: Label(
        "A step was left out: only a browser vouched for this e-mail address.",
        "Krok pominięto: adres e-mail podała tylko przeglądarka.",
    ),
    Reason.NO_IDENTITY: Label(
        "The start point counts by customer, and nobody was named.",
        "Punkt startowy liczy według klientów, a nie wskazano żadnego.",
    ),
    Reason.NO_CUSTOMER: Label(
        "A step was left out: the store knows no such customer.", "Krok pominięto: sklep nie zna takiego klienta."
    ),
    Reason.NO_EMAIL: Label("A mail was left out: there was no address.", "Wiadomość pominięto: nie było adresu."),
    Reason.CUSTOMER_NOT_FOUND: Label(
        "It ran as for nobody: the store knows no customer, or several, by this hash or phone number.",
        "Przebiegło jak dla nikogo: sklep nie zna klienta o tym skrócie adresu lub numerze telefonu, "
        "albo zna ich kilku.",
    ),
    Reason.NO_CONSENT: Label(
        "A mail was left out: the store knows of no consent to marketing.",
        "Wiadomość pominięto: sklep nie zna zgody na marketing.",
    ),
    Reason.UNSUBSCRIBED: Label(
        "A mail was left out: this address was unsubscribed from marketing.",
        "Wiadomość pominięto: ten adres wypisano z marketingu.",
    ),
    Reason.HOPS: Label(
        "Events fired events too often in a row.", "Zdarzenia wywoływały zdarzenia zbyt wiele razy z rzędu."
    ),
    Reason.NO_DATE: Label(
        "A wait was left out: there was no date to wait for.",
        "Oczekiwanie pominięto: nie było daty, na którą można czekać.",
    ),
    Reason.EXIT: Label("It ended at an exit step.", "Zakończono w kroku zakończenia."),
    Reason.EXIT_EARLY: Label(
        "It ended while it waited: an event of its exit rules happened.",
        "Zakończono podczas oczekiwania: zadziałała reguła wyjścia.",
    ),
    Reason.EXIT_PAST: Label(
        "It ended at a wait: the date had already passed.", "Zakończono w oczekiwaniu: data już minęła."
    ),
    Reason.ACTION: Label(
        "An action failed, and trying again would not help.", "Akcja się nie powiodła, a ponowienie nic by nie dało."
    ),
    Reason.RETRIES: Label(
        "An action failed as often as it may be tried.", "Akcja nie powiodła się tyle razy, ile wolno próbować."
    ),
    Reason.TEMPLATE: Label("A template could not be filled in.", "Nie udało się wypełnić szablonu."),
    Reason.DEFINITION: Label(
        "This release cannot run the scenario's version.", "To wydanie nie potrafi wykonać tej wersji scenariusza."
    ),
    Reason.LIMIT: Label("It went over a limit.", "Przekroczono limit."),
    Reason.QUARANTINED: Label(
        "It was put aside: several workers died while running it.",
        "Odłożono: kilka workerów padło podczas wykonywania.",
    ),
    Reason.UNKNOWN: Label(
        "Nobody can say whether an effect happened; it is not repeated.",
        "Nie wiadomo, czy efekt nastąpił; nie zostanie powtórzony.",
    ),
    Reason.CANCELLED: Label("A member of staff cancelled it.", "Anulował pracownik."),
    Reason.RESTARTED: Label(
        "The customer entered again, so it began anew.", "Klient wszedł ponownie, więc zaczęto od nowa."
    ),
    Reason.HELD_ALL: Label(
        "It is held: everything is paused. It goes on when that ends.",
        "Jest wstrzymane razem ze wszystkim. Ruszy po wznowieniu.",
    ),
    Reason.HELD_EVENT: Label(
        "It is held before its beginning: the event is paused. It starts when that ends.",
        "Jest wstrzymane przed rozpoczęciem, bo wstrzymano zdarzenie. Ruszy po wznowieniu.",
    ),
    Reason.HELD_ACTION: Label(
        "It is held before a step whose action is paused. It goes on when that ends.",
        "Jest wstrzymane przed krokiem, którego akcję wstrzymano. Ruszy po wznowieniu.",
    ),
    Reason.ERASED: Label(
        "It came late: the customer had been erased since it happened, so nothing of it was kept.",
        "Przyszło z opóźnieniem: klienta usunięto po tym, jak się wydarzyło, więc niczego nie zachowano.",
    ),
    Reason.CANCELLED_ERASED: Label("The customer was erased.", "Klienta usunięto."),
}


def in_words(words: Mapping[str, Label], code: str, language: Language) -> str:
    """Give a code in words; what a later release wrote and this one does not know stays as it is."""
    label = words.get(code)
    return code if label is None else getattr(label, language.value)
