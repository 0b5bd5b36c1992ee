"""What tests put into a shop: events, scenarios that listen, keys. Real rows, as publishing leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.utils import timezone

from saleor_custom_events.firing.keys import caller_of_key, new_key
from saleor_custom_events.models import (
    CustomEvent,
    Heartbeat,
    Key,
    KeyType,
    Scenario,
    ScenarioStart,
    ScenarioStatus,
    ScenarioVersion,
)
from saleor_custom_events.store.callers import Caller, CallerKind

_names = count(1)
TRUSTED = Caller(kind=CallerKind.SERVER_KEY, id="0", name="Backend")


def an_event(name: str = "", **values: Any) -> CustomEvent:
    """Make an event that is logged and not public."""
    number = next(_names)
    return CustomEvent.objects.create(name=name or f"Event {number}", slug=f"event-{number}", **values)


def a_scenario(
    *events: CustomEvent,
    steps: Sequence[dict[str, Any]] = (),
    exits: Sequence[dict[str, Any]] = (),
    name: str = "",
    paused: bool = False,
    **start: Any,
) -> Scenario:
    """Make a scenario with one start point for each event, published once."""
    starts = [{"id": f"start{i}", "type": "customEvent", "event": event.pk, **start} for i, event in enumerate(events)]
    definition = {"spec": 1, "starts": starts, "steps": list(steps), **({"exits": list(exits)} if exits else {})}
    scenario = Scenario.objects.create(
        name=name or f"Scenario {next(_names)}",
        draft=definition,
        status=ScenarioStatus.PAUSED if paused else ScenarioStatus.ACTIVE,
    )
    scenario.published = ScenarioVersion.objects.create(scenario=scenario, number=1, definition=definition)
    scenario.save()
    for event in set(events):
        ScenarioStart.objects.create(scenario=scenario, event=event, published=True)
    awaited = [member["event"] for member in (*steps, *exits) if isinstance(member.get("event"), int)]
    CustomEvent.objects.filter(pk__in=awaited).update(awaited=True)
    return scenario


def all_is_alive() -> None:
    """Let beat and a worker have been seen just now."""
    for name in ("beat", "worker"):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def a_key(kind: KeyType = KeyType.STOREFRONT, **values: Any) -> tuple[str, Caller]:
    """Make a key, and give it with the caller that it is."""
    secret, prefix, digest = new_key(kind)
    Key.objects.create(name="A key", type=kind, prefix=prefix, digest=digest, **values)
    return secret, caller_of_key(secret)
