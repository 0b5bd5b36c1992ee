"""The judge of `make chaos` finds what is wrong: a store is made, spoilt in one way, and judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Received, Receiver, until
from tests.chaos.load import Ledger
from tests.chaos.scenarios import Events, build
from tests.chaos.verdict import UNDER_WAY, faults
from tests.faults.shop import PATIENCE
from tests.faults.test_killed_workers import RECORD_ENDS
from tests.host_contract.making import Maker
from tests.live.store import LiveStore, running

ROWS, STEPS = "saleor_custom_events_invocation", "saleor_custom_events_steprun"
#: What is done to the store, and how the judge calls it.
SPOILT = {
    f"DELETE FROM {STEPS} WHERE step = 'end'": "a completed invocation without its last step",
    f"UPDATE {STEPS} SET visit = visit + 1 WHERE step = 'end'": "a gap in the visits",
    f"UPDATE {STEPS} SET result = result WHERE step = 'end'": "a step that was settled twice",
    f"UPDATE {ROWS} SET detail = '' WHERE status = 'completed'": "an invocation that ended twice",
    f"UPDATE {ROWS} SET status = 'failed' WHERE status = 'completed'": "an invocation that failed",
    f"UPDATE {ROWS} SET ended_at = NULL": "has neither ended nor waits",
    f"UPDATE {ROWS} SET parked = true, due_at = now(), status = 'waiting', ended_at = NULL": "neither ended nor waits",
    f"DELETE FROM {STEPS}; DELETE FROM {ROWS}": "an occurrence without the invocation",
    f"UPDATE {STEPS} SET kind = 'fire_event'": "a step that fired an event that is not there",
    f"UPDATE {STEPS} SET ended_at = NULL": "a step that is not",
    f"UPDATE {ROWS} SET status = 'skipped'": "a debounced customer whose newest was skipped",
    f"UPDATE {STEPS} SET result = '{{\"messageId\": \"<x@y>\"}}', kind = 'send_email'": "never came",
    f"UPDATE {STEPS} SET ended_at = started_at WHERE kind = 'wait'": "a wait that ended before its time",
    f"UPDATE {STEPS} SET started_at = started_at - interval '3 s'": "a debounce that began before its time",
    f"UPDATE {STEPS} SET ended_at = ended_at + interval '3 days'": "a step from another time",
    "UPDATE saleor_custom_events_occurrence SET registered_at = registered_at - interval '2 days'": "from another time",
    "UPDATE saleor_custom_events_scenario SET status = 'paused'": "a scenario that was paused",
    "DELETE FROM saleor_custom_events_scenariostart": "of a scenario that does not listen",
    "UPDATE saleor_custom_events_occurrence SET caused_by = 1": "an event fired twice by one invocation",
    f"UPDATE {ROWS} SET status = 'skipped', reason = ''": "a step of an invocation that was skipped",
    f"UPDATE {ROWS} SET (scenario_id, version_id) = (SELECT scenario_id, id FROM saleor_custom_events_scenarioversion "
    "WHERE definition->'starts'->0->>'reentry' = 'once')": "let in twice where once is the rule",
    f"UPDATE {ROWS} SET lane = 1, ended_at = ended_at + interval '1 day'": "two of one lane at the same time",
    "INSERT INTO saleor_custom_events_awaiting (invocation_id, event_id, identity) "
    f"SELECT id, event_id, 'x' FROM {ROWS}": "somebody still listening who has ended",
    "UPDATE saleor_custom_events_happening SET pending = true": "were never told",
    "UPDATE saleor_custom_events_occurrence SET customer_email = id::text": "ended by another's event",
    f"UPDATE {STEPS} SET result = result || jsonb_build_object('branch', 'timedOut', 'until', "
    "(result->>'until')::timestamptz - interval '5 s') WHERE kind = 'waitForEvent'": "although its event had happened",
}


class Spoilt:
    """A store within a transaction that is rolled back."""

    def __init__(self, live: LiveStore, connection: psycopg.Connection) -> None:
        self.receiver, self.mailbox = live.receiver, live.mailbox
        self._connection = connection

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database as it would be."""
        cursor = self._connection.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True, slots=True)
class Judged:
    """A store in which everything ran once, and what its client knows."""

    live: LiveStore
    ledger: Ledger
    events: Events


@pytest.fixture(scope="module")
def judged(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judged]:
    """Let every scenario run to its end."""
    with running(servers, tmp_path_factory.mktemp("judged")) as live:
        make, ledger = Maker(live), Ledger()
        events = build(make, live.receiver.url)
        live.sql(RECORD_ENDS)
        key = make.key("SERVER")
        for event in events.fired:
            body = {"customEventId": event.number, "customerEmail": "anna@example.com"}
            fields = {"n": "1", "kind": "even", "lane": "lane1"}
            answer = live.fire({**body, "dataFields": fields}, credential=key)
            ledger.accept(event, [answer.json()["occurrenceId"]], again=False)
        assert until(lambda: live.sql(UNDER_WAY) == [(0,)], PATIENCE)
        yield Judged(live, ledger, events)


@pytest.fixture
def spoilt(judged: Judged) -> Iterator[Spoilt]:
    """Give the store to do harm to."""
    with psycopg.connect(judged.live.database_url) as connection:
        yield Spoilt(judged.live, connection)
        connection.rollback()


def test_a_store_that_was_left_alone_is_as_it_should_be(judged: Judged) -> None:
    assert list(faults(judged.live, judged.ledger, judged.events)) == []


@pytest.mark.parametrize(("harm", "called"), SPOILT.items(), ids=SPOILT.values())
def test_what_is_wrong_is_found(judged: Judged, spoilt: Spoilt, harm: str, called: str) -> None:
    spoilt.sql(harm)
    assert any(called in fault for fault in faults(spoilt, judged.ledger, judged.events))


def test_what_was_accepted_and_is_not_there_is_found(judged: Judged) -> None:
    lost = Ledger()
    for event in judged.events.fired:
        lost.accept(event, [*judged.ledger.accepted[event.number], "lost"], again=False)
    assert any("accepted and not there" in fault for fault in faults(judged.live, lost, judged.events))


def test_what_came_twice_or_changed_is_found(judged: Judged, spoilt: Spoilt) -> None:
    received, mails = list(judged.live.receiver.received), list(judged.live.mailbox.received)
    other = Received("/order", received[0].headers, b"another body", 0)
    spoilt.receiver, spoilt.mailbox = Receiver(received=[*received, other]), Mailbox(received=[*mails, mails[0]])
    found = list(faults(spoilt, judged.ledger, judged.events))
    assert len(found) == 3
    assert "a webhook's key with two bodies" in found[0]
    assert "a mail that came twice" in found[1]
    assert "three mails of one order" in found[2]
