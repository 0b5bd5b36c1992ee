"""Invocations that wait for events, and what lets them go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.models import CustomEvent, Invocation
from saleor_custom_events.store.callers import Caller
from tests.shop import TRUSTED

END = {"id": "end", "type": "exit"}
LATE = {"id": "late", "type": "comment", "text": "It did not happen."}
ANNA = "anna@example.com"


def fired(event: CustomEvent, email: str | None = ANNA, *, by: Caller = TRUSTED, **members: Any) -> Receipt:
    return fire(read_firing({"customEventId": event.pk, "customerEmail": email, **members}), by)


def wait_for(event: CustomEvent, happened: str | None = "end", timed_out: str | None = None, **more: Any) -> Any:
    """Give a step that waits for `event`, a day at most."""
    step = {"id": "wait", "type": "waitForEvent", "event": event.pk, "timeout": "P1D"}
    return step | {"happened": happened, "timedOut": timed_out} | more


def row(receipt: Receipt) -> Invocation:
    (made,) = receipt.invocations
    return Invocation.objects.get(pk=made.id)


def stands(receipt: Receipt) -> str:
    return row(receipt).status


def branch(receipt: Receipt, step: str = "wait") -> Any:
    return row(receipt).step_runs.get(step=step).result.get("branch")


def time_passes() -> None:
    """Let every wait be over, as its rows would look then."""
    for one in Invocation.objects.filter(due_at__isnull=False):
        state = one.state
        if state.get("waitUntil"):
            state["waitUntil"] = datetime.now(UTC).isoformat()
        Invocation.objects.filter(pk=one.pk).update(due_at=datetime.now(UTC), state=state)
