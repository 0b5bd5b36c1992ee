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
        "This customer has entered the scenario before, and it lets each in once.",
        "Ten klient był już w scenariuszu, a każdy może wejść tylko raz.",
    ),
    Reason.PAUSED: Label("The scenario was paused.", "Scenariusz był wstrzymany."),
    Reason.UNVERIFIED: Label(
        "A step was left out: only a browser vouched for this e-mail address.",
        "Krok pominięto: adres e-mail podała tylko przeglądarka.",
    ),
    Reason.NO_IDENTITY: Label(
        "The scenario lets each customer in once, and nobody was named.",
        "Każdy klient może wejść do scenariusza tylko raz, a nie wskazano żadnego.",
    ),
    Reason.NO_CUSTOMER: Label(
        "A step was left out: the store knows no such customer.", "Krok pominięto: sklep nie zna takiego klienta."
    ),
    Reason.NO_EMAIL: Label("A mail was left out: there was no address.", "Wiadomość pominięto: nie było adresu."),
    Reason.HOPS: Label(
        "Events fired events too often in a row.", "Zdarzenia wywoływały zdarzenia zbyt wiele razy z rzędu."
    ),
    Reason.EXIT: Label("It ended at an exit step.", "Zakończono w kroku zakończenia."),
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
}


def in_words(words: Mapping[str, Label], code: str, language: Language) -> str:
    """Give a code in words; what a later release wrote and this one does not know stays as it is."""
    label = words.get(code)
    return code if label is None else getattr(label, language.value)
