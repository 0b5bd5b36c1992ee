"""The action "add to customer group": in the step's own transaction."""

from __future__ import annotations

from saleor_custom_events.actions.base import Label
from saleor_custom_events.actions.customer_group import ChangeCustomerGroup


class AddToCustomerGroup(ChangeCustomerGroup):
    """Puts the customer into a group."""

    name = "add_to_customer_group"
    label = Label("Add to customer group", "Dodaj do grupy klientów")
    help = Label(
        "Puts the customer into a group, which conditions and the staff can see.",
        "Dodaje klienta do grupy, którą widzą warunki i pracownicy.",
    )
    member = True
