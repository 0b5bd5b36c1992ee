"""Saleor's customers: finding them, and writing into their metadata."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import graphene
from django.db.models import Case, F, JSONField, Q, TextField, Value, When
from django.db.models.functions import MD5, Concat, Lower
from django.utils import timezone
from saleor.account import CustomerEvents
from saleor.account.models import Address, CustomerEvent, User
from saleor.core.db.connection import allow_writer
from saleor.core.db.expressions import PostgresJsonConcatenate

from saleor_custom_events.conf import settings
from saleor_custom_events.hosts.groups import changed_groups, groups_in
from saleor_custom_events.hosts.hashes import Sha256
from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.customers import Customer, CustomerHint, CustomerReference


def find_customers(references: Sequence[CustomerReference]) -> Mapping[CustomerReference, Customer]:
    """Find customers with one query, however many are asked for; who is not found is not in the answer."""
    if not references:
        return {}
    found: dict[CustomerReference, Customer] = {}
    with allow_writer():
        users = list(User.objects.filter(_any_of(references)))
    customers = [(user, _customer(user)) for user in users]
    by_number = {user.pk: customer for user, customer in customers}
    by_reference = {user.external_reference: customer for user, customer in customers}
    by_email = {user.email.lower(): customer for user, customer in customers}
    for reference in references:
        if reference.customer_id is not None:
            number = number_in(reference.customer_id, "User")
            customer = None if number is None else by_number.get(number)
        elif reference.external_reference is not None:
            customer = by_reference.get(reference.external_reference)
        else:
            customer = by_email.get((reference.email or "").lower())
        if customer is not None:
            found[reference] = customer
    return found


def find_hinted_customers(hints: Sequence[CustomerHint]) -> Mapping[CustomerHint, tuple[Customer, ...]]:
    """Find whom each hint fits, with a query for hashes and two for phone numbers.

    No index of Saleor's has hashes: that query reads every customer, about a second for a million of them. A phone
    number is one of a default address, whose numbers Saleor has an index of.
    """
    hashes = {hint.email_hash for hint in hints if hint.email_hash}
    phones = {hint.phone for hint in hints if hint.phone}
    found: dict[CustomerHint, list[Customer]] = {hint: [] for hint in hints}
    with allow_writer():
        hashed = _hashed(hashes) if hashes else []
        called = _called(phones) if phones else []
    for user, names in (*hashed, *called):
        customer = _customer(user)
        for hint in hints:
            if (hint.email_hash or hint.phone) in names:
                found[hint].append(customer)
    return {hint: tuple(some) for hint, some in found.items() if some}


def _hashed(hashes: Collection[str]) -> list[tuple[User, set[str]]]:
    written = Lower("email")
    users = User.objects.annotate(email_md5=MD5(written), email_sha256=Sha256(written)).filter(
        Q(email_md5__in=hashes) | Q(email_sha256__in=hashes)
    )
    return [(user, {user.email_md5, user.email_sha256}) for user in users.order_by("pk")]


def _called(phones: Collection[str]) -> list[tuple[User, set[str]]]:
    addresses = dict(Address.objects.filter(phone__in=phones).values_list("pk", "phone"))
    ids = list(addresses)
    users = User.objects.filter(Q(default_billing_address__in=ids) | Q(default_shipping_address__in=ids))
    return [(user, _phones(user, addresses)) for user in users.order_by("pk")]


def _phones(user: User, addresses: Mapping[int, Any]) -> set[str]:
    mine = {user.default_billing_address_id, user.default_shipping_address_id}
    return {str(number.as_e164) for address, number in addresses.items() if address in mine}


def merge_metadata(customer_id: str, entries: Mapping[str, str], *, private: bool) -> bool:
    """Merge `entries` into a customer's metadata in one statement, within the transaction that is open.

    What Saleor's `update_metadata` does, without its second query. False where there is no such customer.
    """
    column = "private_metadata" if private else "metadata"
    merged = PostgresJsonConcatenate(F(column), Value(dict(entries), output_field=JSONField()))
    with allow_writer():
        users = User.objects.filter(pk=number_in(customer_id, "User"))
        return bool(users.update(**{column: merged}, updated_at=timezone.now()))


def change_group(customer_id: str, name: str, *, member: bool) -> bool | None:
    """See `Host.set_customer_group`. Merges the one key, as Saleor's own API does."""
    with allow_writer():
        user = User.objects.select_for_update(of=("self",)).filter(pk=number_in(customer_id, "User")).first()
    if user is None:
        return None
    key = settings.CUSTOMER_GROUPS_KEY
    changed = changed_groups((user.private_metadata or {}).get(key), name, member=member)
    return changed is not None and merge_metadata(customer_id, {key: changed}, private=True)


def add_note(customer_id: str, text: str) -> bool:
    """Add a paragraph to `User.note`, which the dashboard shows beside the customer, and to the customer's history.

    In one statement, so that no other worker's note is lost. False where there is no such customer.
    """
    number = number_in(customer_id, "User")
    empty = Q(note__isnull=True) | Q(note="")
    pause = Case(When(empty, then=Value("")), default=Value("\n\n"), output_field=TextField())
    # Concat takes what is NULL for an empty text.
    noted = Concat(F("note"), pause, Value(text), output_field=TextField())
    with allow_writer():
        users = User.objects.filter(pk=number)
        if not users.update(note=noted, updated_at=timezone.now()):
            return False
        CustomerEvent.objects.create(user_id=number, type=CustomerEvents.NOTE_ADDED, parameters={"message": text})
    return True


def _any_of(references: Iterable[CustomerReference]) -> Q:
    numbers, external, emails = set(), set(), set()
    for reference in references:
        if reference.customer_id is not None:
            numbers.add(number_in(reference.customer_id, "User"))
        elif reference.external_reference is not None:
            external.add(reference.external_reference)
        elif reference.email:
            # Saleor writes addresses in lower case; older rows may be as they were typed.
            emails |= {reference.email, reference.email.lower()}
    return Q(pk__in=numbers - {None}) | Q(external_reference__in=external - {None}) | Q(email__in=emails)


def _customer(user: User) -> Customer:
    return Customer(
        id=graphene.Node.to_global_id("User", user.pk),
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        is_active=user.is_active,
        language_code=user.language_code,
        external_reference=user.external_reference,
        joined_at=user.date_joined,
        metadata=user.metadata or {},
        groups=groups_in(user.private_metadata),
    )
