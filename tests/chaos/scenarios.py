"""What the store runs while it is tormented: all that scenarios can do that could be lost, or happen twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.host_contract.making import Event, Maker

#: Of a wait for an event: long enough to be overtaken by the answer, short enough to run out within the run.
TIMEOUT_SECONDS = 15
LANES = 12
END: dict[str, Any] = {"id": "end", "type": "exit"}


@dataclass(frozen=True, slots=True)
class Events:
    """The events that the load fires, and `followed`, which a scenario fires."""

    order: Event
    question: Event
    answer: Event
    browse: Event
    stock: Event
    followed: Event

    @property
    def fired(self) -> tuple[Event, ...]:
        """Give those that come from outside."""
        return (self.order, self.question, self.answer, self.browse, self.stock)


@dataclass(frozen=True, slots=True)
class _Builder:
    make: Maker
    receiver: str

    def hook(self, path: str, after: str = "end") -> dict[str, Any]:
        config = {"url": f"{self.receiver}/{path}"}
        return {"id": "hook", "type": "action", "action": "send_webhook", "config": config, "next": after}

    def mail(self, after: str = "end") -> dict[str, Any]:
        config = {"subject": "Number {{ dataFields.n }}", "text": "Hello"}
        return {"id": "mail", "type": "action", "action": "send_email", "config": config, "next": after}

    def listens(self, event: Event, *steps: dict[str, Any], **start: Any) -> None:
        self.make.scenario(event, [*steps, END], **start)


def build(make: Maker, receiver: str) -> Events:
    """Make all events and publish all scenarios; webhooks go to `receiver`."""
    events = Events(*(make.event() for _ in range(6)))
    builder = _Builder(make, receiver)
    _orders(builder, events)
    _questions(builder, events)
    _flows(builder, events)
    return events


def _orders(build: _Builder, events: Events) -> None:
    """Three scenarios listen: one with a condition and a split, one with a mail, one that lets everybody in once."""
    odd = {"left": "dataFields.kind", "operator": "equals", "right": "odd"}
    halves = [{"weight": 1, "next": "hook", "label": "a"}, {"weight": 1, "next": "nap", "label": "b"}]
    build.listens(
        events.order,
        {"id": "kind", "type": "condition", "branches": [{"when": odd, "next": "split"}], "otherwise": "nap"},
        {"id": "split", "type": "split", "branches": halves},
        {"id": "nap", "type": "wait", "duration": "PT2S", "next": "hook"},
        build.hook("order", "fire"),
        {
            "id": "fire",
            "type": "action",
            "action": "fire_event",
            "config": {"event": events.followed.number, "copyFields": True},
            "next": "end",
        },
    )
    build.listens(
        events.order, {"id": "nap", "type": "wait", "duration": "PT1S", "next": "mail"}, build.mail("hook"),
        build.hook("after-mail"),
    )  # fmt: skip
    build.listens(events.order, build.mail("hook"), build.hook("once"), reentry="once")


def _questions(build: _Builder, events: Events) -> None:
    wait = {"id": "wait", "type": "waitForEvent", "event": events.answer.number, "timeout": f"PT{TIMEOUT_SECONDS}S"}
    build.listens(
        events.question, {**wait, "happened": "hook", "timedOut": "mail"}, build.hook("answered"), build.mail()
    )


def _flows(build: _Builder, events: Events) -> None:
    quiet = {"type": "debounce", "quiet": "PT2S", "atMost": "PT6S", "key": "customer"}
    build.listens(events.browse, build.hook("browsed"), flow=quiet)
    alone = {"type": "oneAtATime", "key": "dataFields.lane"}
    nap = {"id": "nap", "type": "wait", "duration": "PT1S", "next": "end"}
    build.listens(events.stock, build.hook("stock", "nap"), nap, flow=alone)
