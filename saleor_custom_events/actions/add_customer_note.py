"""The action "add customer note": for the staff, in the step's own transaction."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.outcomes import Reason

#: Notes pile up in one text: none of them may fill it.
_LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class NoteSettings:
    """`text` is rendered."""

    text: str = setting(
        Input.TEMPLATE_BLOCK,
        Label("Note", "Notatka"),
        help=Label(
            "What the staff is to know. Values can be put in.", "Co mają wiedzieć pracownicy. Można wstawiać wartości."
        ),
    )


class AddCustomerNote(Action[NoteSettings]):
    """Writes down something for the staff."""

    name = "add_customer_note"
    label = Label("Add customer note", "Dodaj notatkę o kliencie")
    help = Label(
        "Adds a note to the customer's account, which only the staff sees.",
        "Dodaje do konta klienta notatkę, którą widzą tylko pracownicy.",
    )
    effect = Effect.WITH_STEP
    Settings = NoteSettings
    permissions = frozenset({"MANAGE_USERS"})
    needs_verified = True
    needs_customer = True

    def foresee(self, settings: NoteSettings, invocation: InvocationFacts) -> Reason | None:
        """Without a customer there is nobody to write about. ActionError where the note came out empty."""
        if invocation.customer is None:
            return Reason.NO_CUSTOMER
        if not settings.text.strip():
            raise ActionError("The note came out empty.", code="EMPTY_NOTE", fault=Fault.AUTHOR)
        return None

    def perform(self, settings: NoteSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Add it, cut at 2,000 characters; skipped where the store knows no such customer (any more)."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        text = settings.text.strip().replace("\0", "")[:_LONGEST]
        if not services.add_customer_note(text):
            return Outcome(skipped=Reason.NO_CUSTOMER)
        return Outcome(result={"characters": len(text)})
