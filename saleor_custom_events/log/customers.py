"""What the log has of one customer of the store, whatever their rows were told of them: the id, or an address."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from saleor_custom_events.defining.checking import is_storable
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.firing.body import normal_email
from saleor_custom_events.host import current_host
from saleor_custom_events.log.merging import merged_occurrences
from saleor_custom_events.models import Occurrence
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import Customer, CustomerReference

#: Occurrences that were told the id and not today's address, the newest: a changed address leaves old ones behind.
MOST = 1000


def find_customer(caller: Caller, customer_id: str) -> Customer | None:
    """Find a customer of the store by their global id; None where there is none. Refused 403."""
    demand(caller, Operation.SEE_CUSTOMERS)
    return _customer(customer_id)


def rows_of_customer(customer_id: str) -> Q:
    """Say which rows of the log are this customer's (global id).

    Those with the address that the store has of them now, those that were told their id, and what they did before they
    logged in. Of somebody whom the store no longer has, those that were told the id.
    """
    customer = _customer(customer_id)
    email = _normal(customer.email) if customer else None
    occurrences = _told_the_id(customer_id, email) if is_storable(customer_id) else []
    if email is None:
        return Q(occurrence__in=occurrences)
    occurrences += merged_occurrences(email)
    # By the address alone it is one look into its index, in the order of the log.
    return Q(customer_email=email) | Q(occurrence__in=occurrences) if occurrences else Q(customer_email=email)


def _customer(customer_id: str) -> Customer | None:
    reference = CustomerReference(customer_id=customer_id)
    return current_host().customers([reference]).get(reference) if is_storable(customer_id) else None


def _normal(email: str) -> str | None:
    try:
        return normal_email(email)
    except ValueError:
        return None


def _told_the_id(customer_id: str, email: str | None) -> list[UUID]:
    found = Occurrence.objects.filter(customer_id=customer_id, logged=True)
    if email is not None:
        found = found.exclude(customer_email=email)
    return list(found.order_by("-registered_at").values_list("pk", flat=True)[:MOST])
