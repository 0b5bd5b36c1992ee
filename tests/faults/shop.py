"""What the fault tests ask of a running store: to fire, and to wait for what must come true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

#: Seconds after which something is not late but broken, also on a busy machine.
PATIENCE = 90.0
UNDER_WAY = "SELECT count(*) FROM saleor_custom_events_invocation WHERE event_id = %s AND due_at IS NOT NULL"
OUTCOMES = """
SELECT status, count(*) FROM saleor_custom_events_invocation WHERE event_id = %s GROUP BY status ORDER BY status"""


@dataclass(frozen=True, kw_only=True)
class Shop:
    """A running store, with a server key to fire with."""

    live: LiveStore
    make: Maker
    key: str

    def listened_event(self, *steps: dict[str, Any]) -> Event:
        """Make an event and a scenario of `steps` that listens to it."""
        event = self.make.event()
        self.make.scenario(event, steps or [{"id": "end", "type": "exit"}])
        return event

    def body(self, event: Event, **members: Any) -> dict[str, Any]:
        """Give the body of one firing for the store's customer."""
        return {"customEventId": event.number, "customerEmail": self.live.cast["customer"]["email"], **members}

    def fire(self, event: Event, **members: Any) -> requests.Response:
        """Fire once over HTTP."""
        return self.live.fire(self.body(event, **members), credential=self.key)

    def fire_batch(self, event: Event, fields: Sequence[dict[str, Any]]) -> None:
        """Fire once for each of `fields`, in one call; all must be accepted."""
        bodies = [self.body(event, dataFields=given) for given in fields]
        answer = self.live.post("fire/batch", {"events": bodies}, credential=self.key)
        assert answer.status_code == 202, answer.text

    def count(self, query: str, *values: Any) -> int:
        """Give the one number that a query asks for."""
        ((number,),) = self.live.sql(query, *values)
        return int(number)

    def outcomes(self, event: Event) -> dict[str, int]:
        """Give how many invocations of an event have each status."""
        return dict(self.live.sql(OUTCOMES, event.number))

    def wait_for_the_end(self, event: Event) -> None:
        """Wait until no invocation of `event` is under way; AssertionError where that never happens."""
        assert until(lambda: self.count(UNDER_WAY, event.number) == 0, PATIENCE), self.outcomes(event)
