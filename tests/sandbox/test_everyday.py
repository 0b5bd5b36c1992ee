"""The demo's ordinary day leaves in the log what a merchant of a busy shop sees."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.demo import everyday
from saleor_custom_events.hosts.sandbox.demo.client import Client, Unexpected
from saleor_custom_events.hosts.sandbox.demo.definitions import EVENTS
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys, define_events, keys
from tests.live.store import LiveStore

STATES = """query ($name: String!) { customEventScenarios(first: 5, filter: {search: $name, archived: false}) {
  edges { node { status } } } }"""


@pytest.fixture
def staff(live_store: LiveStore) -> Client:
    person = live_store.cast["staff_all"]
    return Client(live_store.base_url, person["email"], person["password"])


@pytest.fixture
def known(staff: Client, live_store: LiveStore, tmp_path: Path) -> Keys:
    """What the demo has defined before; twice, as at its second start."""
    for _ in range(2):
        numbers = define_events(staff, EVENTS)
        everyday.define(staff, live_store.receiver.url, numbers)
    return keys(staff, tmp_path / "keys.json")


def test_a_day_leaves_what_waits_what_failed_and_what_was_refused(staff: Client, known: Keys, live_store: LiveStore):
    live_store.receiver.answer = everyday.answer_of_receivers
    begun = datetime.now(UTC)
    everyday.spend_a_day(staff, known)
    shown = list(everyday.claims(staff, begun))
    assert len(shown) == 3
    assert [claim.title for claim in shown if claim.found is None] == []


def test_scenarios_of_every_kind_are_there_once(staff: Client, known: Keys):
    def states(name: str) -> list[str]:
        return [edge["node"]["status"] for edge in staff.ask(STATES, name=name)["customEventScenarios"]["edges"]]

    assert {wanted.name: states(wanted.name) for wanted in everyday.scenarios("")} == {
        "Ask what went wrong": ["PAUSED"],
        "Back in stock": ["ACTIVE"],
        "Tell the warehouse": ["ACTIVE"],
        "Welcome after the quiz": ["DRAFT"],
    }


def test_a_store_that_takes_what_it_should_refuse_is_noticed(staff: Client, known: Keys):
    mistaken = Keys(storefront=known.server, server=known.server)
    with pytest.raises(Unexpected, match="not 403"):
        everyday.spend_a_day(staff, mistaken)


def test_a_row_that_is_not_there_is_missed(staff: Client, known: Keys):
    later = datetime(2099, 1, 1, tzinfo=UTC)
    waiting, failed, _ = everyday.claims(staff, later, patience=0.2)
    assert (waiting.found, failed.found) == (None, None)
