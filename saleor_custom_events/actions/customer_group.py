"""What the actions "add to customer group" and "remove from customer group" share."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Input, InvocationFacts, Label, Outcome, Services
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


def foresee_group(settings: GroupSettings, invocation: InvocationFacts) -> Reason | None:
    """Without a customer nobody is in a group. ActionError where the name came out empty or too long."""
    if invocation.customer is None:
        return Reason.NO_CUSTOMER
    name = name_of(settings)
    if not name:
        raise ActionError("The group's name came out empty.", code="EMPTY_GROUP", fault=Fault.AUTHOR)
    if len(name) > LONGEST:
        message = f"The group's name came out {len(name)} characters long; it has {LONGEST} at most."
        raise ActionError(message, code="GROUP_TOO_LONG", fault=Fault.AUTHOR)
    return None


def name_of(settings: GroupSettings) -> str:
    """Give the name without what stands around it."""
    return settings.group.strip()


def change_membership(settings: GroupSettings, services: Services, *, member: bool) -> Outcome:
    """Add or remove the customer; skipped where the store no longer knows them. ActionError as the services raise."""
    name = name_of(settings)
    changed = services.set_customer_group(name, member=member)
    if changed is None:
        return Outcome(skipped=Reason.NO_CUSTOMER)
    return Outcome(result={"group": name, "changed": changed})
