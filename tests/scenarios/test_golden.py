"""Whole invocations as files: a definition, an occurrence, a clock, a store, and every decision that follows.

Between any two calls of the engine the state becomes JSON text and is read back, as it is between two rounds of
the worker. `golden/*.json`: `script` is a list of turns; `at` is the time since the occurrence, `acted` what the
action that was asked for gave; `asked` says whether the store was asked for the customer.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.host import Customer
from saleor_custom_events.scenarios.advance import Act, Acted, Ask, End, Known, Next, Passed, Wait, advance, begin
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Identity, StepStatus
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.values import fields_from_json

START = datetime(2026, 1, 5, 10, tzinfo=UTC)
FILES = sorted((Path(__file__).parent / "golden").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden(file: Path) -> None:
    golden = json.loads(file.read_text())
    definition = parse_definition(golden["definition"])
    occurrence = occurrence_of(golden["occurrence"])
    known = Known(customer_of(golden["customer"]))
    kept = json.dumps(state_to_json(begin(definition)))
    for number, turn in enumerate(golden["script"]):
        kept, seen = play(definition, occurrence, known, kept, turn)
        expected = turn["expect"]
        assert seen["then"] == expected["then"], f"turn {number}"
        assert seen["asked"] == expected["asked"], f"turn {number}"
        assert [shown(p, e) for p, e in zip(seen["passed"], expected["passed"], strict=True)] == expected["passed"]
        if "outputs" in expected:
            assert json.loads(kept)["outputs"] == expected["outputs"]


def test_there_are_many() -> None:
    assert len(FILES) >= 25


def play(
    definition: Definition, occurrence: OccurrenceFacts, known: Known, kept: str, turn: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Give the state after the turn, as text, and what was seen."""
    duration = read_duration(turn["at"])
    assert duration is not None
    now, asked = START + duration, False
    passed: list[Passed] = []
    acted = Acted(turn["acted"]) if "acted" in turn else None
    before = json.loads(kept)["visit"]
    progress = advance(definition, state_from_json(json.loads(kept)), occurrence, now, acted=acted)
    passed += progress.passed
    kept = json.dumps(state_to_json(progress.state))
    if isinstance(progress.then, Ask):
        asked = True
        progress = advance(definition, state_from_json(json.loads(kept)), occurrence, now, known=known)
        passed += progress.passed
        kept = json.dumps(state_to_json(progress.state))
    visits = [p.visit for p in passed]
    assert visits == sorted(set(visits)), "every visit has a number of its own"
    assert all(visit >= before for visit in visits)
    assert all(p.at == now and p.status is StepStatus.DONE for p in passed)
    return kept, {"then": outcome(progress.then), "asked": asked, "passed": passed}


def outcome(then: Next) -> dict[str, Any]:
    if isinstance(then, Act):
        return {"act": then.step.id}
    if isinstance(then, Wait):
        return {"wait": then.until.isoformat()}
    assert isinstance(then, End)
    return {"end": then.status.value, "reason": then.reason.value if then.reason else None}


def shown(passed: Passed, expected: dict[str, Any]) -> dict[str, Any]:
    """Give as much of a passed step as is expected of it."""
    return {"step": passed.step, "kind": passed.kind} | {
        name: passed.decision[name] for name in expected if name not in ("step", "kind")
    }


def occurrence_of(raw: dict[str, Any]) -> OccurrenceFacts:
    return OccurrenceFacts(
        id="01943e9a-0000-7000-8000-000000000000",
        event=EventFacts(number=7, slug="size-quiz", name="Finished the size quiz"),
        registered_at=START,
        occurred_at=START,
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
