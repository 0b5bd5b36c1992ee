"""A store with something to see in it: the demo's events, scenarios and firings, and where to find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from saleor_custom_events.hosts.sandbox.demo import everyday
from saleor_custom_events.hosts.sandbox.demo.client import Client
from saleor_custom_events.hosts.sandbox.demo.definitions import (
    EVENTS,
    FOLLOW_UP,
    PAGE,
    QUIZ,
    TABLE,
    ScenarioToMake,
    scenarios,
)
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys, define_events, define_scenario, keys
from saleor_custom_events.hosts.sandbox.receivers import until
from tests.live.store import LiveStore

PATIENCE = 90.0
#: Whoever waits for no longer than a moment has gone on by the time when it is looked at.
UNDER_WAY = """
    SELECT count(*) FROM saleor_custom_events_invocation
    WHERE status = 'running' OR due_at < now() + interval '1 minute'
"""
NUMBERS = "SELECT slug, id FROM saleor_custom_events_customevent"
SCENARIOS = "SELECT name, id FROM saleor_custom_events_scenario"
LAST = "SELECT status, max(id)::text FROM saleor_custom_events_invocation WHERE logged GROUP BY status"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Numbers of what is in the store, as the pages' addresses have them."""

    #: By slug.
    events: Mapping[str, int]
    #: By name.
    scenarios: Mapping[str, int]
    #: The newest of each status, in the log's words: `failed`, `waiting`, `completed`, `skipped`.
    invocations: Mapping[str, str]


def fill(live: LiveStore, folder: Path) -> Shown:
    """Define and fire; gives numbers once nothing runs any more (somebody always waits)."""
    person, customer = live.cast["staff_all"], live.cast["customer"]
    staff = Client(live.base_url, person["email"], person["password"])
    numbers = define_events(staff, EVENTS)
    for wanted in scenarios(live.receiver.url, "PT1S"):
        if wanted.name == FOLLOW_UP:
            define_scenario(staff, _as_it_was_at_first(wanted), numbers)
        define_scenario(staff, wanted, numbers)
    everyday.define(staff, live.receiver.url, numbers)
    known = keys(staff, folder / "keys.json")
    live.receiver.answer = everyday.answer_of_receivers
    everyday.spend_a_day(staff, known)
    _visit(staff, Client(live.base_url, customer["email"], customer["password"]), known)
    until(lambda: live.sql(UNDER_WAY) == [(0,)], PATIENCE)
    return Shown(events=dict(live.sql(NUMBERS)), scenarios=dict(live.sql(SCENARIOS)), invocations=dict(live.sql(LAST)))


def _as_it_was_at_first(wanted: ScenarioToMake) -> ScenarioToMake:
    """Give a first version from which today's differs: a step, a text, a time and an exit rule."""
    sleep, mail = wanted.steps
    config = {"subject": "Your size", "text": "Hello,\n\nthe quiz says {{ dataFields.size }}.\n"}
    again = {"id": "again", "type": "wait", "duration": "P1D", "next": "mail"}
    steps = ({**sleep, "duration": "PT2H", "next": "again"}, again, {**mail, "config": config})
    return replace(wanted, steps=steps, exits=wanted.exits[:1], start={"reentry": "once"})


def _visit(staff: Client, customer: Client, known: Keys) -> None:
    url = "https://shop.example/size-quiz"
    quiz = {"customEvent": QUIZ, "url": url}
    customer.fire(known.storefront, {**quiz, "dataFields": {"score": 82, "size": "M"}}, token=customer.token())
    for email, score, size in (("ben@example.com", 31, "XL"), ("olga.lis@example.com", 64, "S")):
        staff.fire(known.server, {**quiz, "customerEmail": email, "dataFields": {"score": score, "size": size}})
    staff.fire(known.server, {"customEvent": TABLE, "customerEmail": "ben@example.com"})
    staff.fire(known.server, {"customEvent": PAGE, "anonymousId": "visitor-1"})
