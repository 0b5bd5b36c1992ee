"""Definitions in a running store, made as a merchant makes them: over GraphQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from tests.host_contract.store import Store
from tests.live.store import LiveStore

_names = count(1)

EVENT = """mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) { customEvent { number } errors { field message code } } }"""
SCENARIO = """mutation ($name: String!, $draft: CustomEventJSON!) {
  customEventScenarioCreate(input: {name: $name, draft: $draft}) {
    scenario { id number } errors { field message code } } }"""
PUBLISH = """mutation ($id: ID!) { customEventScenarioPublish(id: $id) { errors { field message code } } }"""


def _done(answered: dict[str, Any]) -> dict[str, Any]:
    (result,) = answered.values()
    assert not result["errors"], result["errors"]
    return dict(result)


def an_event(store: Store, **values: Any) -> int:
    """Make an event; gives its number."""
    made = {"name": f"Live event {next(_names)}", **values}
    answered = _done(store.ask(EVENT, {"input": made}, by="staff_all"))
    return int(answered["customEvent"]["number"])


def a_scenario(
    store: Store, event: int, steps: Sequence[Mapping[str, Any]], exits: Sequence[Mapping[str, Any]] = (), **start: Any
) -> int:
    """Make and publish a scenario that starts from `event`; gives its number."""
    begin = {"id": "start", "type": "customEvent", "event": event, "reentry": "every", **start}
    draft = {"spec": 1, "starts": [begin], "steps": list(steps), "exits": list(exits)}
    made = {"name": f"Live scenario {next(_names)}", "draft": draft}
    scenario = _done(store.ask(SCENARIO, made, by="staff_all"))["scenario"]
    _done(store.ask(PUBLISH, {"id": scenario["id"]}, by="staff_all"))
    return int(scenario["number"])


def a_listening_webhook(live: LiveStore, path: str) -> int:
    """Make an event whose only listener sends a webhook to `path` of the receiver; gives the event's number."""
    event = an_event(live)
    tell = {"id": "tell", "type": "action", "action": "send_webhook", "config": {"url": live.receiver.url + path}}
    a_scenario(live, event, [{**tell, "next": None}])
    return event
