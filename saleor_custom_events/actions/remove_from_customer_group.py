"""The action "remove from customer group": in the step's own transaction."""

from __future__ import annotations

from saleor_custom_events.actions.base import Label
from saleor_custom_events.actions.customer_group import ChangeCustomerGroup


class RemoveFromCustomerGroup(ChangeCustomerGroup):
    """Takes the customer out of a group."""

    name = "remove_from_customer_group"
    label = Label("Remove from customer group", "Usuń z grupy klientów")
    help = Label(
        "Takes the customer out of a group.",
        "Usuwa klienta z grupy.",
    )
    member = False
