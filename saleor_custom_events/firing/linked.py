"""Whose an anonymous occurrence is, by the links that logins made (`firing.linking`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.db import connection

from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.store.customers import CustomerReference

#: An occurrence's id as its caller has it.
Key = TypeVar("Key", str, UUID)

#: `o` is an anonymous occurrence; joined as `l`: the latest link before it, else the first one after. That is two looks
#: into the index, however many people share a browser.
OWNER = """CROSS JOIN LATERAL (
  (SELECT customer_id, customer_email, 0 AS place FROM saleor_custom_events_anonymouslink
   WHERE anonymous_id = o.anonymous_id AND linked_at <= o.registered_at ORDER BY linked_at DESC, id DESC LIMIT 1)
  UNION ALL
  (SELECT customer_id, customer_email, 1 AS place FROM saleor_custom_events_anonymouslink
   WHERE anonymous_id = o.anonymous_id AND linked_at > o.registered_at ORDER BY linked_at, id LIMIT 1)
  ORDER BY place LIMIT 1) l"""
OWNERS = f"""
SELECT o.id, l.customer_id, l.customer_email FROM saleor_custom_events_occurrence o {OWNER}
WHERE o.id = ANY(%s::uuid[]) AND o.identity = %s AND o.anonymous_id IS NOT NULL"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Owner:
    """The customer whose browser it was."""

    customer_id: str | None
    customer_email: str | None


def owners_of(occurrences: Collection[Key]) -> Mapping[str, Owner]:
    """Give whose those occurrences are that are anonymous and somebody's, by id, with one query for all."""
    if not occurrences:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OWNERS, (sorted(map(str, occurrences)), Identity.ANONYMOUS.value))
        return {str(key): Owner(customer_id, email) for key, customer_id, email in cursor.fetchall()}


def with_owners(facts: Mapping[Key, OccurrenceFacts]) -> Mapping[Key, OccurrenceFacts]:
    """Let anonymous occurrences know whose they are. Asks only if there are any."""
    anonymous = [key for key, one in facts.items() if one.identity is Identity.ANONYMOUS and one.anonymous_id]
    owners = owners_of(anonymous)
    found = {key: owners[str(key)] for key in anonymous if str(key) in owners}
    return {key: replace(one, merged=_reference(found[key])) if key in found else one for key, one in facts.items()}


def _reference(owner: Owner) -> CustomerReference:
    return CustomerReference(customer_id=owner.customer_id, email=owner.customer_email)
