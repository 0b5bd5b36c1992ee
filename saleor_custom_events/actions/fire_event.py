"""The action "fire another event": a custom event for the same customer, in the step's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.limits import MAX_HOPS
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import DataField, FieldType

#: A String has 255 characters at most; what is longer is a Text.
_MAX_STRING = 255


@dataclass(frozen=True, kw_only=True)
class FireSettings:
    """`fields`: names as they are, values rendered."""

    event: int = setting(Input.EVENT, Label("Event", "Zdarzenie"))
    fields: Mapping[str, str] = setting(
        Input.TEMPLATE_MAP,
        Label("Data fields", "Pola danych"),
        help=Label("Sent as text. Values can be put in.", "Wysyłane jako tekst. Można wstawiać wartości."),
        default={},
    )
    copy_fields: bool = setting(
        Input.BOOLEAN,
        Label("Copy data fields", "Kopiuj pola danych"),
        help=Label(
            "Also sends the data fields of the event that started the scenario, with their types.",
            "Wysyła też pola danych zdarzenia, które uruchomiło scenariusz, wraz z ich typami.",
        ),
        default=False,
    )


class FireEvent(Action[FireSettings]):
    """Fires a custom event as if it had come from outside, for the same customer and with the same trust."""

    name = "fire_event"
    label = Label("Fire another event", "Wyślij inne zdarzenie")
    help = Label(
        "Fires another custom event for the same customer, which may start further scenarios.",
        "Wysyła inne zdarzenie niestandardowe dla tego samego klienta; może ono uruchomić kolejne scenariusze.",
    )
    effect = Effect.WITH_STEP
    Settings = FireSettings
    # By hand, firing for any customer needs it.
    permissions = frozenset({"MANAGE_USERS"})

    def foresee(self, settings: FireSettings, invocation: InvocationFacts) -> Reason | None:
        """ActionError where events would have fired events too often."""
        if invocation.occurrence.hops >= MAX_HOPS:
            message = f"Events fired events more than {MAX_HOPS} times in a row."
            raise ActionError(message, code=Reason.HOPS.value, fault=Fault.AUTHOR)
        return None

    def perform(self, settings: FireSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Fire it. ActionError where events fire events too often or (from the services) the event is gone."""
        self.foresee(settings, invocation)
        fields = {field.name: field for field in invocation.occurrence.fields} if settings.copy_fields else {}
        for name, value in settings.fields.items():
            kind = FieldType.STRING if len(value) <= _MAX_STRING else FieldType.TEXT
            fields[name] = DataField(name, kind, value)
        occurrence_id = services.fire(settings.event, tuple(fields.values()))
        return Outcome(
            result={"event": settings.event, "occurrenceId": occurrence_id},
            output={"occurrenceId": occurrence_id},
        )
