"""Defines the merchant's events, scenarios and keys over GraphQL, once; a second start finds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from saleor_custom_events.hosts.sandbox.demo.client import Client
from saleor_custom_events.hosts.sandbox.demo.definitions import ScenarioToMake

EVENT = "query ($slug: String!) { customEvent(slug: $slug) { number } }"
EVENT_CREATE = """mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) { customEvent { number } errors { field message code } }
}"""
SCENARIOS = """query ($name: String!) { customEventScenarios(first: 100, filter: {search: $name, archived: false}) {
  edges { node { id name draft revision status hasUnpublishedChanges } }
} }"""
SCENARIO_CREATE = """mutation ($name: String!, $draft: CustomEventJSON!) {
  customEventScenarioCreate(input: {name: $name, draft: $draft}) {
    scenario { id name draft revision status hasUnpublishedChanges } errors { field message code } }
}"""
SCENARIO_UPDATE = """mutation ($id: ID!, $revision: Int!, $draft: CustomEventJSON!) {
  customEventScenarioUpdate(id: $id, revision: $revision, input: {draft: $draft}) {
    scenario { id name draft revision status hasUnpublishedChanges } errors { field message code } }
}"""
SCENARIO_PUBLISH = """mutation ($id: ID!) {
  customEventScenarioPublish(id: $id) { errors { field message code } }
}"""
SCENARIO_PAUSE = """mutation ($id: ID!) {
  customEventScenarioPause(id: $id) { errors { field message code } }
}"""
KEY_CREATE = """mutation ($input: CustomEventKeyCreateInput!) {
  customEventKeyCreate(input: $input) { secret errors { field message code } }
}"""


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets, which the store itself does not know any more."""

    storefront: str
    server: str


def define_events(client: Client, events: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Make the events that are missing; gives all their numbers by slug."""
    numbers: dict[str, int] = {}
    for event in events:
        found = client.ask(EVENT, slug=event["slug"])["customEvent"]
        if found is None:
            found = client.ask(EVENT_CREATE, input=event)["customEventCreate"]["customEvent"]
        numbers[event["slug"]] = found["number"]
    return numbers


def define_scenario(client: Client, wanted: ScenarioToMake, numbers: Mapping[str, int]) -> None:
    """Make a scenario, or change it to what is wanted, and publish or pause it where that is wanted and not so yet."""
    draft = wanted.draft(numbers)
    scenario = _scenario(client, wanted.name)
    if scenario is None:
        scenario = client.ask(SCENARIO_CREATE, name=wanted.name, draft=draft)["customEventScenarioCreate"]["scenario"]
    elif scenario["draft"] != draft:
        changed = client.ask(SCENARIO_UPDATE, id=scenario["id"], revision=scenario["revision"], draft=draft)
        scenario = changed["customEventScenarioUpdate"]["scenario"]
    if wanted.published and scenario["hasUnpublishedChanges"]:
        client.ask(SCENARIO_PUBLISH, id=scenario["id"])
    if wanted.paused and scenario["status"] != "PAUSED":
        client.ask(SCENARIO_PAUSE, id=scenario["id"])


def _scenario(client: Client, name: str) -> dict[str, Any] | None:
    edges = client.ask(SCENARIOS, name=name)["customEventScenarios"]["edges"]
    return next((edge["node"] for edge in edges if edge["node"]["name"] == name), None)


def keys(client: Client, file: Path) -> Keys:
    """Give the keys that `file` remembers, or make new ones and remember them there, readable by us alone."""
    if file.exists():
        return Keys(**json.loads(file.read_text()))
    made = Keys(
        storefront=_key(client, {"name": "Demo storefront", "type": "STOREFRONT"}),
        server=_key(client, {"name": "Demo server", "type": "SERVER"}),
    )
    file.touch(mode=0o600)
    file.write_text(json.dumps(asdict(made)))
    return made


def _key(client: Client, wanted: Mapping[str, Any]) -> str:
    return str(client.ask(KEY_CREATE, input=wanted)["customEventKeyCreate"]["secret"])
