"""The action "remove from customer group": in the step's own transaction."""

from __future__ import annotations

from saleor_custom_events.actions.base import Action, Effect, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.customer_group import GroupSettings, change_membership, foresee_group
from saleor_custom_events.scenarios.outcomes import Reason


class RemoveFromCustomerGroup(Action[GroupSettings]):
    """Takes the customer out of a group."""

    name = "remove_from_customer_group"
    label = Label("Remove from customer group", "Usuń z grupy klientów")
    help = Label(
        "Takes the customer out of a group.",
        "Usuwa klienta z grupy.",
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
        """Remove; skipped where the store knows no such customer (any more)."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        return change_membership(settings, services, member=False)
