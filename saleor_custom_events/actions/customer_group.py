"""What the actions "add to customer group" and "remove from customer group" share: all but which of the two it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.outcomes import Reason

#: Characters of a group's name.
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class GroupSettings:
    """`group` is rendered."""

    group: str = setting(
        Input.TEMPLATE,
        Label("Group", "Grupa"),
        help=Label(
            "The group's name, at most 100 characters. Liquid works here.",
            "Nazwa grupy, najwyżej 100 znaków. Można użyć Liquid.",
        ),
    )


class ChangeCustomerGroup(Action[GroupSettings]):
    """Says whether the customer is in a group."""

    effect = Effect.WITH_STEP
    Settings = GroupSettings
    permissions = frozenset({"MANAGE_USERS"})
    needs_verified = True
    needs_customer = True
    #: Whether the customer is in the group afterwards.
    member: ClassVar[bool]

    def foresee(self, settings: GroupSettings, invocation: InvocationFacts) -> Reason | None:
        """Without a customer nobody is in a group. ActionError where the name came out empty or too long."""
        if invocation.customer is None:
            return Reason.NO_CUSTOMER
        name = settings.group.strip()
        if not name:
            raise ActionError("The group's name came out empty.", code="EMPTY_GROUP", fault=Fault.AUTHOR)
        if len(name) > LONGEST:
            message = f"The group's name came out {len(name)} characters long; it has {LONGEST} at most."
            raise ActionError(message, code="GROUP_TOO_LONG", fault=Fault.AUTHOR)
        return None

    def perform(self, settings: GroupSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Change it; skipped where the store knows no such customer (any more). ActionError as the services raise."""
        if (reason := self.foresee(settings, invocation)) is not None:
            return Outcome(skipped=reason)
        name = settings.group.strip()
        changed = services.set_customer_group(name, member=self.member)
        if changed is None:
            return Outcome(skipped=Reason.NO_CUSTOMER)
        return Outcome(result={"group": name, "changed": changed})
