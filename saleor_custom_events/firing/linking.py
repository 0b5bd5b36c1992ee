"""What a login makes of an anonymous id: whose it is, once and for all that came before. Pure: statements.

An occurrence that proves its customer (by their token, or by a trusted caller's word) and carries an anonymous id links
the two, if the id was not this customer's already. Nothing runs again. What the id entered without a name counts as the
customer's, and who waits under the id looks again, now by the customer's names. Only events with logging link: of
others no name is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from saleor_custom_events.firing.entering import entry_names
from saleor_custom_events.firing.statements import ACCEPTED, Rows, Statement
from saleor_custom_events.scenarios.awaiting import digests_of
from saleor_custom_events.scenarios.facts import OccurrenceFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Linking:
    """An occurrence that proves whose its anonymous id is."""

    occurrence: OccurrenceFacts
    anonymous_id: str
    #: Until when those who wait may still learn of it; aware.
    heard_until: datetime


def linking_of(occurrence: OccurrenceFacts, *, logged: bool, heard_for: timedelta) -> Linking | None:
    """Give what an occurrence proves of its anonymous id; None where it proves nothing."""
    anonymous_id = occurrence.proven_anonymous_id
    if anonymous_id is None or not logged:
        return None
    return Linking(occurrence=occurrence, anonymous_id=anonymous_id, heard_until=occurrence.registered_at + heard_for)


#: One statement, which does nothing behind the link where there is none to make. Of two that link the same at the same
#: moment both may leave a link: they say the same. Entries are found by scenario, for their index.
LINK = """
WITH linked AS (
  INSERT INTO saleor_custom_events_anonymouslink (anonymous_id, customer_id, customer_email, linked_at, occurrence_id)
  SELECT n.anonymous_id, n.customer_id, n.customer_email, n.registered_at, n.occurrence_id FROM {links}
  WHERE {accepted} AND NOT COALESCE((
    SELECT (l.customer_id = n.customer_id) IS TRUE OR (l.customer_email = n.customer_email) IS TRUE
    FROM saleor_custom_events_anonymouslink l WHERE l.anonymous_id = n.anonymous_id
    ORDER BY l.linked_at DESC, l.id DESC LIMIT 1), false)
  RETURNING occurrence_id, linked_at
), entered AS (
  INSERT INTO saleor_custom_events_scenarioentry (scenario_id, identity, occurrence_id, entered_at, expires_at)
  SELECT e.scenario_id, n.identity, e.occurrence_id, e.entered_at, e.expires_at
  FROM linked JOIN {entries} ON n.occurrence_id = linked.occurrence_id CROSS JOIN saleor_custom_events_scenario s
  JOIN saleor_custom_events_scenarioentry e ON e.scenario_id = s.id AND e.identity = n.was
  ORDER BY 1, 2 ON CONFLICT DO NOTHING
)
INSERT INTO saleor_custom_events_happening (occurrence_id, event_id, identity, registered_at, pending, expires_at)
SELECT n.occurrence_id, e.id, n.identity, linked.linked_at, true, n.expires_at
FROM linked JOIN {waits} ON n.occurrence_id = linked.occurrence_id
CROSS JOIN saleor_custom_events_customevent e WHERE e.awaited"""


def link(linking: Sequence[Linking]) -> Iterator[Statement]:
    """Give the statement that links, for occurrences that were just committed. Before anybody enters."""
    if not linking:
        return
    first: dict[tuple[str, str | None, str | None], Linking] = {}
    for one in linking:
        known = one.occurrence
        first.setdefault((one.anonymous_id, known.customer_id, known.customer_email), one)
    linking = list(first.values())
    links, entries, waits = _links(linking), _entries(linking), _waits(linking)
    sql = LINK.format(links=links.source, accepted=ACCEPTED, entries=entries.source, waits=waits.source)
    yield Statement(sql, (*links.parameters, *entries.parameters, *waits.parameters))


def _links(linking: Sequence[Linking]) -> Rows:
    return Rows(
        (
            ("occurrence_id", "uuid"),
            ("anonymous_id", "text"),
            ("customer_id", "text"),
            ("customer_email", "text"),
            ("registered_at", "timestamptz"),
        ),
        tuple(
            (
                one.occurrence.id,
                one.anonymous_id,
                one.occurrence.customer_id,
                one.occurrence.customer_email,
                one.occurrence.registered_at,
            )
            for one in linking
        ),
    )


def _entries(linking: Sequence[Linking]) -> Rows:
    return Rows(
        (("occurrence_id", "uuid"), ("was", "text"), ("identity", "text")),
        tuple((one.occurrence.id, was, identity) for one in linking for was, identity in _renamed(one)),
    )


def _renamed(linking: Linking) -> Iterator[tuple[str, str]]:
    before, after = f"anonymous:{linking.anonymous_id}", linking.occurrence.identity_key or ""
    return zip(entry_names(before), entry_names(after), strict=True)


def _waits(linking: Sequence[Linking]) -> Rows:
    return Rows(
        (("occurrence_id", "uuid"), ("identity", "text"), ("expires_at", "timestamptz")),
        tuple(
            (one.occurrence.id, identity, one.heard_until)
            for one in linking
            for identity in digests_of([f"anonymous:{one.anonymous_id}"])
        ),
    )
