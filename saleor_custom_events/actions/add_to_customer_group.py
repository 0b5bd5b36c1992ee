"""The action "add to customer group": in the step's own transaction."""

from __future__ import annotations

from saleor_custom_events.actions.base import Action, Effect, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.customer_group import GroupSettings, change_membership, foresee_group
from saleor_custom_events.scenarios.outcomes import Reason


class AddToCustomerGroup(Action[GroupSettings]):
    """Puts the customer into a group."""

    name = "add_to_customer_group"
    label = Label("Add to customer group", "Dodaj do grupy klientów")
    help = Label(
        "Puts the customer into a group, which conditions and the staff can see.",
        "Dodaje klienta do grupy, którą widzą warunki i pracownicy.",
    )
    effect = Effect.WITH_STEP
    Settings = GroupSettings
    permissions = frozenset({"MANAGE_USERS"})
    needs_verified = True
    needs_customer = True

    def foresee(self, settings: GroupSettings, invocation: InvocationFacts) -> Reason | None:
        """See `customer_group.foresee_group`."""
        return foresee_group(settings, invocation)

    def perform(self, settings: GroupSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Add; skipped where the store knows no such customer (any more)."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        return change_membership(settings, services, member=True)
