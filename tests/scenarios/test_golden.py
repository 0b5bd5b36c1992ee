"""Whole invocations as files: a definition, an occurrence, a clock, a store, and every decision that follows.

Between any two calls of the engine the state becomes JSON text and is read back, as it is between two rounds of
the worker. `golden/*.json`: `script` is a list of turns; `at` is the time since the occurrence, `acted` what the
action that was asked for gave, `happened` what had happened where somebody had to look; `asked` says whether the store
was asked for the customer, `looked` which events and `signs` which signs were looked for. `seen` is what was seen of
those (times since the occurrence). `clock` is when the occurrence was registered, where
that matters, `zone` the operator's time zone. `store` is what the store has where a step asks for more than the
customer (`shopping` null: nobody is named), `wanted` what each step asked for.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.scenarios.advance import (
    Act,
    Acted,
    Ask,
    End,
    Known,
    Live,
    Look,
    Next,
    Passed,
    Progress,
    ScenarioFacts,
    Seen,
    Wait,
    advance,
    begin,
)
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.signs import PlacedOrder
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.values import fields_from_json
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.shopping import Shopping

START = datetime(2026, 1, 5, 10, tzinfo=UTC)
FILES = sorted((Path(__file__).parent / "golden").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden(file: Path) -> None:
    golden = json.loads(file.read_text())
    invocation = Invocation(golden)
    for number, turn in enumerate(golden["script"]):
        seen = invocation.play(turn)
        expected = turn["expect"]
        assert seen["then"] == expected["then"], f"turn {number}"
        assert seen["asked"] == expected["asked"], f"turn {number}"
        assert seen["looked"] == expected.get("looked", []), f"turn {number}"
        assert seen["signs"] == expected.get("signs", []), f"turn {number}"
        assert seen["wanted"] == expected.get("wanted", []), f"turn {number}"
        assert [shown(p, e) for p, e in zip(seen["passed"], expected["passed"], strict=True)] == expected["passed"]
        kept = json.loads(invocation.kept)
        for member in ("outputs", "variables"):
            assert kept[member] == expected.get(member, kept[member]), f"turn {number}"


def test_there_are_many() -> None:
    assert len(FILES) >= 80


class Invocation:
    """One golden invocation: everything about it, and its state as the text that is kept."""

    def __init__(self, golden: dict[str, Any]) -> None:
        self.clock = clock_of(golden)
        self.definition: Definition = parse_definition(golden["definition"])
        self.occurrence = occurrence_of(golden["occurrence"], self.clock)
        self.scenario = scenario_of(golden)
        self.known = Known(customer_of(golden["customer"]))
        self.kept = json.dumps(state_to_json(begin(self.definition)))

    def play(self, turn: dict[str, Any]) -> dict[str, Any]:
        """Go through a turn, answering what the engine asks for, and give what was seen."""
        before = json.loads(self.kept)["visit"]
        now = self.clock + length(turn["at"])
        progress = self._advance(now, acted=Acted(turn["acted"]) if "acted" in turn else None)
        passed, asked, looked, wanted = [*progress.passed], False, list[int](), list[list[str]]()
        known, signs = None, set[str]()
        while isinstance(progress.then, Ask | Look):
            happened, live, noticed = None, None, None
            if isinstance(progress.then, Ask):
                asked, known = True, self.known
                if wish := progress.then.wanted:
                    wanted.append([*(["shopping"] if wish.shopping else []), *sorted(wish.stock)])
                    live = live_of(turn.get("store", {}), now)
            else:
                looked += [awaited.event for awaited in progress.then.awaits]
                signs |= progress.then.signs
                happened = [happening(raw, self.clock) for raw in turn.get("happened", [])]
                noticed = seen_of(turn.get("seen", {}), self.clock)
            progress = self._advance(now, known=known, happened=happened, live=live, seen=noticed)
            passed += progress.passed
        visits = [p.visit for p in passed]
        assert visits == sorted(set(visits)), "every visit has a number of its own"
        assert all(visit >= before for visit in visits)
        assert all(p.at == now for p in passed)
        told = {"then": outcome(progress.then), "asked": asked, "looked": looked, "signs": sorted(signs)}
        return {**told, "wanted": wanted, "passed": passed}

    def _advance(self, now: datetime, **answers: Any) -> Progress:
        state = state_from_json(json.loads(self.kept))
        progress = advance(self.definition, state, self.occurrence, now, scenario=self.scenario, **answers)
        self.kept = json.dumps(state_to_json(progress.state))
        return progress


def length(text: str) -> timedelta:
    duration = read_duration(text)
    assert duration is not None
    return duration


def clock_of(golden: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(golden["clock"]) if "clock" in golden else START


def scenario_of(golden: dict[str, Any]) -> ScenarioFacts:
    return ScenarioFacts(id=1, name="A scenario", version=1, zone=golden.get("zone", "UTC"))


def live_of(raw: dict[str, Any], now: datetime) -> Live:
    shopping = raw.get("shopping")
    if shopping is not None:
        moments = {name: shopping.get(name) for name in ("last_order_at", "checkout_changed_at")}
        times = {name: datetime.fromisoformat(text) if text else None for name, text in moments.items()}
        spent = {currency: Decimal(amount) for currency, amount in shopping.get("spent", {}).items()}
        shopping = Shopping(**{**shopping, **times, "spent": spent})
    return Live(asked_at=now, shopping=shopping, in_stock=raw.get("stock", {}))


def seen_of(raw: dict[str, Any], clock: datetime) -> Seen:
    order, unsubscribed = raw.get("order"), raw.get("unsubscribedAt")
    return Seen(
        order=PlacedOrder(**{**order, "at": clock + length(order["at"])}) if order else None,
        consents=raw.get("consents"),
        unsubscribed_at=clock + length(unsubscribed) if unsubscribed else None,
    )


def happening(raw: dict[str, Any], clock: datetime) -> OccurrenceFacts:
    """Give an occurrence of another event, `at` a time after the one that began all this."""
    at = clock + length(raw["at"])
    made = occurrence_of({"identity": "trusted", "fields": [], **raw}, at)
    event = EventFacts(number=raw["event"], slug="awaited", name="Awaited")
    return replace(made, id=f"01943e9a-0000-7000-8000-{int(at.timestamp()):012d}", event=event)


def outcome(then: Next) -> dict[str, Any]:
    if isinstance(then, Act):
        return {"act": then.step.id}
    if isinstance(then, Wait):
        return {"wait": then.until.isoformat()}
    assert isinstance(then, End)
    return {"end": then.status.value, "reason": then.reason.value if then.reason else None}


def shown(passed: Passed, expected: dict[str, Any]) -> dict[str, Any]:
    """Give as much of a passed step as is expected of it."""
    said = {"status": passed.status.value, "reason": passed.reason.value if passed.reason else None}
    assert "status" in expected or said["status"] == "done"
    return {"step": passed.step, "kind": passed.kind} | {
        name: said[name] if name in said else passed.decision[name] for name in expected if name not in ("step", "kind")
    }


def occurrence_of(raw: dict[str, Any], clock: datetime = START) -> OccurrenceFacts:
    return OccurrenceFacts(
        id="01943e9a-0000-7000-8000-000000000000",
        event=EventFacts(number=7, slug="size-quiz", name="Finished the size quiz"),
        registered_at=clock,
        occurred_at=clock,
        identity=Identity(raw["identity"]),
        customer_email=raw.get("email"),
        anonymous_id=raw.get("anonymousId"),
        channel=raw.get("channel"),
        url=raw.get("url"),
        fields=fields_from_json(raw["fields"]),
    )


def customer_of(raw: dict[str, Any] | None) -> Customer | None:
    if raw is None:
        return None
    return Customer(
        id=raw["id"],
        email=raw["email"],
        language_code=raw["languageCode"],
        metadata=raw["metadata"],
        groups=tuple(raw["groups"]),
        joined_at=datetime.fromisoformat(raw["joinedAt"]),
    )
