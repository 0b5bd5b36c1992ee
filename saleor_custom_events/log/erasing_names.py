"""What is kept of a customer apart from occurrences: digests of their names, whose browser it was, codes, the store's
ids. Short statements, all in one transaction, before and after which nothing else is locked.

A lane goes only while nobody is in it; of one that a data field names nothing is known but a digest: it goes by itself
when its time is over. Whoever unsubscribed stays unsubscribed: that is what they asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.utils import CursorWrapper

from saleor_custom_events.firing.entering import entry_names
from saleor_custom_events.log.persons import Person
from saleor_custom_events.scenarios.awaiting import digests_of
from saleor_custom_events.scenarios.flows import CUSTOMER, NAMES, digest
from saleor_custom_events.scenarios.signs import Sign, address_digest, names_of

ENTRIES = """
DELETE FROM saleor_custom_events_scenarioentry e USING saleor_custom_events_scenario s
WHERE e.scenario_id = s.id AND e.identity = ANY(%s)"""
LANES = """
DELETE FROM saleor_custom_events_lane l USING saleor_custom_events_scenario s
WHERE l.scenario_id = s.id AND l.key = ANY(%s) AND NOT EXISTS (
  SELECT 1 FROM saleor_custom_events_invocation i WHERE i.lane = l.id AND i.due_at IS NOT NULL)"""
HAPPENINGS = """
DELETE FROM saleor_custom_events_happening h USING (
  SELECT id FROM saleor_custom_events_customevent WHERE awaited UNION SELECT unnest(%s::bigint[])) e
WHERE h.event_id = e.id AND h.identity = ANY(%s)"""
LINKS = """
DELETE FROM saleor_custom_events_anonymouslink WHERE customer_email = ANY(%s) OR customer_id = ANY(%s)"""
CODES = """
UPDATE saleor_custom_events_issuedcode SET code = '', email_digest = '', customer_id = ''
WHERE email_digest = ANY(%s) OR customer_id <> '' AND customer_id = ANY(%s)"""
METADATA = """
DELETE FROM saleor_custom_events_seenmetadata m USING saleor_custom_events_customevent e
WHERE m.event_id = e.id AND m.object_id = ANY(%s)"""
STORE = """
DELETE FROM saleor_custom_events_storehappening
WHERE object_id = ANY(%s) OR remembered ->> 'email' <> '' AND lower(remembered ->> 'email') = ANY(%s)"""
MAIL_TRIALS = 'DELETE FROM saleor_custom_events_mailtrial WHERE "user" = ANY(%s)'
WEBHOOK_TRIALS = 'DELETE FROM saleor_custom_events_webhooktrial WHERE "user" = ANY(%s)'


def erase(cursor: CursorWrapper, person: Person) -> Iterator[tuple[str, int]]:
    """Erase it, in the transaction that is open; give how many rows of what."""
    ids, emails = list(person.ids), list(person.emails)
    signs = names_of(customer_ids=frozenset(ids), emails=frozenset(emails))
    statements: tuple[tuple[str, str, tuple[list[Any], ...]], ...] = (
        ("entries", ENTRIES, ([name for one in person.names for name in entry_names(one)],)),
        ("lanes", LANES, (_lanes(person),)),
        ("happenings", HAPPENINGS, ([sign.topic for sign in Sign], sorted({*digests_of(person.names), *signs}))),
        ("links", LINKS, (emails, ids)),
        ("voucherCodes", CODES, ([address_digest(one).hex() for one in emails], ids)),
        ("metadataSeen", METADATA, (ids,)),
        ("storeHappenings", STORE, (ids, emails)),
        ("trials", MAIL_TRIALS, (ids,)),
        ("trials", WEBHOOK_TRIALS, (ids,)),
    )
    for what, sql, parameters in statements:
        cursor.execute(sql, parameters)
        yield what, cursor.rowcount


def _lanes(person: Person) -> list[str]:
    kinds = [digest(kind, CUSTOMER, name) for kind in NAMES for name in person.names]
    return [*kinds, *(digest("unverified", name) for name in person.names)]
