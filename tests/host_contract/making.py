"""Making events, keys and scenarios as staff do, so that every test has its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from tests.host_contract.store import Store

CREATE_EVENT = """
mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) { customEvent { id number slug } errors { field code message } }
}
"""
ARCHIVE_EVENT = "mutation ($id: ID!) { customEventArchive(id: $id) { errors { field code message } } }"
CREATE_KEY = """
mutation ($input: CustomEventKeyCreateInput!) {
  customEventKeyCreate(input: $input) { key { id number } secret errors { field code message } }
}
"""
KEYS = "{ customEventKeys(first: 100) { edges { node { id prefix } } } }"
REVOKE_KEY = """
mutation ($id: ID!) { customEventKeyRevoke(id: $id) { errors { field code message } } }
"""
INVOCATION = "query ($number: String!) { customEventInvocation(number: $number) { id } }"
CREATE_SCENARIO = """
mutation ($input: CustomEventScenarioCreateInput!) {
  customEventScenarioCreate(input: $input) { scenario { id number } errors { field code message } }
}
"""
PUBLISH = """
mutation ($id: ID!) {
  customEventScenarioPublish(id: $id) { scenario { id number } errors { field code message } }
}
"""
LOG = """
query ($event: ID!) {
  customEventInvocations(first: 100, filter: {event: $event}) {
    edges { node {
      number status reason customerEmail scenarioName
      occurrence { occurrenceId identity channel dataFields { name type value } }
      steps { visit step kind status reason detail result }
    } }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Event:
    """A custom event that a test made."""

    id: str
    number: int
    slug: str


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes what a test needs, by the mutations of the plugin's own GraphQL."""

    store: Store

    def event(self, *, public: bool = False, logging: bool = True, **more: Any) -> Event:
        """Make an event."""
        name = more.pop("name", f"Contract {token_hex(4)}")
        made = self._done(CREATE_EVENT, {"input": {"name": name, "public": public, "logging": logging, **more}})
        return Event(**made["customEvent"])

    def archive(self, event: Event) -> None:
        """Archive an event: nothing fires it any more."""
        self._done(ARCHIVE_EVENT, {"id": event.id})

    def key(self, type: str = "SERVER", *, channels: Sequence[str] = (), origins: Sequence[str] = ()) -> str:
        """Make a key; `STOREFRONT` or `SERVER`."""
        bound = {"channels": list(channels), "origins": list(origins)}
        made = self._done(CREATE_KEY, {"input": {"name": "Contract", "type": type, **bound}})
        return str(made["secret"])

    def new_key_id(self) -> str:
        """Make a key of a test alone; give its global id."""
        made = self._done(CREATE_KEY, {"input": {"name": "Contract", "type": "SERVER"}})
        return str(made["key"]["id"])

    def revoke(self, secret: str) -> None:
        """Revoke a key, as whoever finds its first characters in the list."""
        page = self._ask(KEYS, {})["customEventKeys"]
        (found,) = (edge["node"]["id"] for edge in page["edges"] if secret.startswith(edge["node"]["prefix"]))
        self._done(REVOKE_KEY, {"id": found})

    def invocation_id(self, number: str) -> str:
        """Give an invocation's global id."""
        return str(self._ask(INVOCATION, {"number": number})["customEventInvocation"]["id"])

    def scenario(
        self, event: Event, steps: Sequence[dict[str, Any]], *, exits: Sequence[dict[str, Any]] = (), **start: Any
    ) -> str:
        """Make a scenario that starts from `event`, and publish it; give its global id."""
        begins = {"id": "start", "type": "customEvent", "event": event.number, **start}
        draft = {"spec": 1, "starts": [begins], "steps": list(steps), "exits": list(exits)}
        made = self._done(CREATE_SCENARIO, {"input": {"name": f"Contract {token_hex(4)}", "draft": draft}})
        self._done(PUBLISH, {"id": made["scenario"]["id"]})
        return str(made["scenario"]["id"])

    def log(self, event: Event) -> list[dict[str, Any]]:
        """Give the event's log rows, newest first."""
        page = self._ask(LOG, {"event": event.id})["customEventInvocations"]
        return [edge["node"] for edge in page["edges"]]

    def _done(self, mutation: str, variables: dict[str, Any]) -> dict[str, Any]:
        (payload,) = self._ask(mutation, variables).values()
        assert payload["errors"] == [], payload
        return dict(payload)

    def _ask(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        return self.store.ask(query, variables, by="staff_all", url=self.store.plugin_url + "graphql/")
