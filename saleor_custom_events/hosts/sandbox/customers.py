"""The sandbox's customers, found and changed as the Host protocol asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, F, JSONField, Q, TextField, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import MD5, Concat

from saleor_custom_events.conf import settings
from saleor_custom_events.hosts.groups import changed_groups, groups_in
from saleor_custom_events.hosts.hashes import Sha256
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_of
from saleor_custom_events.store.customers import Customer, CustomerHint, CustomerReference


def find(references: Sequence[CustomerReference]) -> dict[CustomerReference, Customer]:
    """See `Host.customers`: one query, however many references."""
    wanted = {reference: _lookup(reference) for reference in references}
    values: dict[str, set[Any]] = {}
    for name, value in wanted.values():
        values.setdefault(name, set()).add(value)
    values.pop("", None)
    if not values:
        return {}
    either = Q()
    for name, some in values.items():
        either |= Q(**{f"{name}__in": some})
    known = {(name, getattr(user, name)): _customer(user) for user in User.objects.filter(either) for name in values}
    return {reference: known[key] for reference, key in wanted.items() if key in known}


def find_hinted(hints: Sequence[CustomerHint]) -> dict[CustomerHint, tuple[Customer, ...]]:
    """See `Host.customers_hinted`: one query, which looks at every customer."""
    hashes = {hint.email_hash for hint in hints} - {None}
    phones = {hint.phone for hint in hints} - {None}
    if not hashes and not phones:
        return {}
    users = User.objects.annotate(md5=MD5("email"), sha256=Sha256("email")).filter(
        Q(md5__in=hashes) | Q(sha256__in=hashes) | Q(phone__in=phones)
    )
    rows = [((user.md5, user.sha256, user.phone), _customer(user)) for user in users.order_by("pk")]
    found = {hint: tuple(one for names, one in rows if (hint.email_hash or hint.phone) in names) for hint in hints}
    return {hint: some for hint, some in found.items() if some}


def _lookup(reference: CustomerReference) -> tuple[str, Any]:
    """Give the column that decides and its value; an empty name where nothing can be found."""
    if reference.customer_id is not None:
        return "id", key_of("User", reference.customer_id)
    if reference.external_reference is not None:
        return "external_reference", reference.external_reference
    if reference.email is not None:
        return "email", reference.email.lower()
    return "", None


def _customer(user: User) -> Customer:
    return Customer(
        id=global_id("User", user.pk),
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        is_active=user.is_active,
        language_code=user.language_code,
        external_reference=user.external_reference,
        joined_at=user.date_joined,
        metadata=user.metadata,
        groups=groups_in(user.private_metadata),
    )


def set_metadata(customer_id: str, entries: Mapping[str, str], *, private: bool) -> bool:
    """See `Host.set_customer_metadata`: one UPDATE that merges, so that no other writer is overwritten."""
    column = "private_metadata" if private else "metadata"
    merged = CombinedExpression(F(column), "||", Value(dict(entries), output_field=JSONField()))
    return bool(User.objects.filter(pk=key_of("User", customer_id)).update(**{column: merged}))


def change_group(customer_id: str, name: str, *, member: bool) -> bool | None:
    """See `Host.set_customer_group`."""
    user = User.objects.select_for_update().filter(pk=key_of("User", customer_id)).first()
    if user is None:
        return None
    key = settings.CUSTOMER_GROUPS_KEY
    changed = changed_groups(user.private_metadata.get(key), name, member=member)
    return changed is not None and set_metadata(customer_id, {key: changed}, private=True)


def add_note(customer_id: str, text: str) -> bool:
    """See `Host.add_customer_note`: one UPDATE, so that no other worker's note is lost."""
    pause = Case(When(note="", then=Value("")), default=Value("\n\n"), output_field=TextField())
    noted = Concat(F("note"), pause, Value(text), output_field=TextField())
    return bool(User.objects.filter(pk=key_of("User", customer_id)).update(note=noted))
