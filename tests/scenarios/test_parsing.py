"""From JSON to a definition: what is read, and that every fault is named with its place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios import limits
from saleor_custom_events.scenarios.condition_parsing import read_value
from saleor_custom_events.scenarios.definition import (
    SPEC_VERSION,
    ActionStep,
    AllOf,
    Comparison,
    ConditionStep,
    Operand,
    Operator,
    Reentry,
    Source,
    WaitStep,
)
from saleor_custom_events.scenarios.durations import read_duration
from saleor_custom_events.scenarios.parsing import UPGRADES, Upgrades, parse_definition, upgrade
from saleor_custom_events.scenarios.values import Json, Money
from tests.scenarios.making import FULL, SCORE, START, condition, definition, leaf, wait


def faults(raw: Any) -> dict[str, str]:
    """Give the codes of what is wrong, by place."""
    with pytest.raises(DefinitionError) as refused:
        parse_definition(raw)
    return {problem.field: problem.code for problem in refused.value.problems}


def deep(levels: int) -> Any:
    nested: Any = SCORE
    for _ in range(levels):
        nested = {"not": nested}
    return nested


def test_a_definition_with_everything_is_read() -> None:
    read = parse_definition(FULL)
    first, second, *_ = read.starts
    assert (first.id, first.event, first.reentry, first.allow_unverified) == ("start", 7, Reentry.ONCE, True)
    assert isinstance(first.filter, AllOf)
    score, channel = first.filter.conditions
    assert score == Comparison(Operand(Source.DATA_FIELD, ("score",)), Operator.GREATER, Decimal(50))
    assert channel == Comparison(Operand(Source.OCCURRENCE, ("channel",)), Operator.ONE_OF, ("pl", "us"))
    assert (second.filter, second.reentry, second.allow_unverified) == (None, Reentry.EVERY, False)
    choose, hold, hook, look, *_ = read.steps
    assert isinstance(choose, ConditionStep)
    assert [(branch.next, branch.label) for branch in choose.branches] == [("s2", "New"), ("s3", "")]
    assert isinstance(hold, WaitStep)
    assert hold.duration == timedelta(days=1, hours=2, minutes=3, seconds=4)
    assert isinstance(hook, ActionStep)
    assert (hook.action, dict(hook.config), hook.next) == ("send_webhook", {"url": "https://x.example/"}, "s4")
    assert isinstance(look, ConditionStep)
    assert (look.otherwise, look.label) == ("s5", "")
    assert read.first == "s1"


def test_all_faults_are_found_at_once() -> None:
    broken = {
        "spec": 1,
        "starts": [
            {"id": "a b", "type": "order", "event": -1, "reentry": "twice", "allowUnverified": 1, "color": "red"}
        ],
        "steps": [
            {"id": "s1", "type": "condition", "branches": [{"next": 5, "when": {}}, {}, 3], "otherwise": []},
            {"id": "s2", "type": "wait", "duration": "1 hour", "next": {}, "label": 7},
            {"id": "", "type": "action", "action": "Send Webhook", "config": []},
            {"id": None, "type": "exit", "next": "s1"},
            {"type": "dance"},
            "exit",
        ],
    }
    assert faults(broken) == {
        "starts[0].color": "UNKNOWN_MEMBER",
        "starts[0].type": "INVALID",
        "starts[0].reentry": "INVALID",
        "starts[0].allowUnverified": "INVALID",
        "starts[0].id": "INVALID",
        "starts[0].event": "INVALID",
        "steps[0].branches[0].when": "INVALID",
        "steps[0].branches[1].when": "REQUIRED",
        "steps[0].branches[2]": "INVALID",
        "steps[0].otherwise": "INVALID",
        "steps[1].duration": "INVALID",
        "steps[1].next": "INVALID",
        "steps[1].label": "INVALID",
        "steps[2].action": "INVALID",
        "steps[2].config": "INVALID",
        "steps[2].id": "INVALID",
        "steps[3].next": "UNKNOWN_MEMBER",
        "steps[3].id": "INVALID",
        "steps[4].type": "INVALID",
        "steps[5]": "INVALID",
    }


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, {"": "INVALID"}),
        ([], {"": "INVALID"}),
        ({}, {"spec": "REQUIRED"}),
        ({"spec": 2}, {"spec": "INVALID"}),
        ({"spec": 0}, {"spec": "INVALID"}),
        ({"spec": True}, {"spec": "INVALID"}),
        ({"spec": "1"}, {"spec": "INVALID"}),
        ({"spec": 1}, {"starts": "REQUIRED", "steps": "REQUIRED"}),
        ({"spec": 1, "starts": [], "steps": []}, {"starts": "REQUIRED"}),
        ({"spec": 1, "starts": {}, "steps": None}, {"starts": "INVALID", "steps": "INVALID"}),
        ({"spec": 1, "starts": [START], "steps": [], "x": 1}, {"x": "UNKNOWN_MEMBER"}),
        ({"spec": 1, "starts": [{}], "steps": []}, {f"starts[0].{m}": "REQUIRED" for m in ("id", "type", "event")}),
    ],
)
def test_the_outermost_members(raw: Any, expected: dict[str, str]) -> None:
    assert faults(raw) == expected


@pytest.mark.parametrize(
    ("when", "place", "code"),
    [
        (5, "", "INVALID"),
        ({}, "", "INVALID"),
        ({"all": [SCORE], "any": [SCORE]}, "", "INVALID"),
        ({"all": []}, ".all", "REQUIRED"),
        ({"all": {}}, ".all", "INVALID"),
        ({"any": [SCORE, {"not": [SCORE]}]}, ".any[1].not", "INVALID"),
        ({"none": [SCORE], "all": [SCORE]}, ".none", "UNKNOWN_MEMBER"),
        ({**SCORE, "all": [SCORE]}, ".all", "UNKNOWN_MEMBER"),
        ({"left": "dataFields.score"}, ".operator", "REQUIRED"),
        ({**SCORE, "operator": "like"}, ".operator", "INVALID"),
        ({**SCORE, "operator": []}, ".operator", "INVALID"),
        ({**SCORE, "left": 5}, ".left", "INVALID"),
        ({**SCORE, "left": "score"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "dataFields."}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "occurrence.colour"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "customer.password"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "customer.metadata."}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "customer.privateMetadata.x"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "steps.s1"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "steps..x"}, ".left", "UNKNOWN_OPERAND"),
        ({**SCORE, "left": "steps.nobody.x"}, ".left", "UNKNOWN_STEP"),
        ({**SCORE, "left": "steps.c.x"}, ".left", "UNKNOWN_STEP"),
        ({"left": "dataFields.score", "operator": "equals"}, ".right", "REQUIRED"),
        ({"left": "dataFields.score", "operator": "isSet", "right": 5}, ".right", "UNKNOWN_MEMBER"),
        ({**SCORE, "right": None}, ".right", "INVALID"),
        ({**SCORE, "right": [5]}, ".right", "INVALID"),
        ({**SCORE, "right": {"date": "2026-13-01"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"date": "20260101"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"dateTime": "2026-01-01T10:00:00"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"dateTime": "0001-01-01T00:00:00+14:00"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"amount": "ten", "currency": "PLN"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"amount": "NaN", "currency": "PLN"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"amount": "10", "currency": "zł"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"amount": 10}}, ".right", "INVALID"),
        ({**SCORE, "right": {"number": "Infinity"}}, ".right", "INVALID"),
        ({**SCORE, "right": {"number": True}}, ".right", "INVALID"),
        ({**SCORE, "right": 10**30}, ".right", "INVALID"),
        ({**SCORE, "right": 1e-40}, ".right", "INVALID"),
        ({**SCORE, "right": "many"}, ".right", "INVALID"),
        ({**SCORE, "right": True}, ".right", "INVALID"),
        ({**SCORE, "operator": "contains"}, ".right", "INVALID"),
        ({**SCORE, "operator": "oneOf", "right": 5}, ".right", "INVALID"),
        ({**SCORE, "operator": "oneOf", "right": []}, ".right", "REQUIRED"),
        ({**SCORE, "operator": "oneOf", "right": [1, {}]}, ".right[1]", "INVALID"),
        ({**SCORE, "operator": "oneOf", "right": [1] * (limits.MAX_VALUES + 1)}, ".right", "LIMIT"),
        ({**SCORE, "operator": "equals", "right": "x" * (limits.MAX_TEXT + 1)}, ".right", "INVALID"),
        ({"left": "occurrence.channel", "operator": "greaterThan", "right": 5}, ".operator", "INVALID"),
        ({"left": "occurrence.channel", "operator": "equals", "right": 5}, ".right", "INVALID"),
        ({"left": "occurrence.isVerified", "operator": "contains", "right": "x"}, ".operator", "INVALID"),
        ({"left": "occurrence.isVerified", "operator": "equals", "right": "true"}, ".right", "INVALID"),
        ({"left": "customer.joinedAt", "operator": "lessThan", "right": 5}, ".right", "INVALID"),
        ({"left": "customer.joinedAt", "operator": "startsWith", "right": "2026"}, ".operator", "INVALID"),
        ({"left": "customer.groups", "operator": "equals", "right": "VIP"}, ".operator", "INVALID"),
        ({"all": [SCORE] * (limits.MAX_COMPARISONS + 1)}, ".all", "LIMIT"),
        ({"all": [{"all": [SCORE] * 60}, {"all": [SCORE] * 60}]}, ".all[1].all[40]", "LIMIT"),
        (deep(limits.MAX_CONDITION_DEPTH), ".not" * limits.MAX_CONDITION_DEPTH, "LIMIT"),
    ],
)
def test_what_is_wrong_with_a_condition(when: Any, place: str, code: str) -> None:
    assert faults(definition(condition(when))).get(f"steps[0].branches[0].when{place}") == code


def test_a_condition_may_be_as_deep_and_as_long_as_the_limits_say() -> None:
    parse_definition(definition(condition(deep(limits.MAX_CONDITION_DEPTH - 1))))
    parse_definition(definition(condition({"all": [SCORE] * limits.MAX_COMPARISONS})))


@pytest.mark.parametrize("left", ["customer.email", "customer.exists", "steps.a.status", "customer.metadata.tier"])
def test_a_filter_sees_the_occurrence_only(left: str) -> None:
    start = {**START, "filter": {"not": {"left": left, "operator": "isSet"}}}
    assert faults(definition(starts=[start])) == {"starts[0].filter.not.left": "NOT_IN_FILTER"}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("text", "text"),
        ("50", "50"),
        (True, True),
        (50, Decimal(50)),
        (0.1, Decimal("0.1")),
        (1e22, Decimal("1E+22")),
        (Decimal("1.50"), Decimal("1.50")),
        ({"number": "1.50"}, Decimal("1.50")),
        ({"amount": 10.5, "currency": "PLN"}, Money(Decimal("10.5"), "PLN")),
        ({"date": "2026-01-02"}, date(2026, 1, 2)),
        ({"dateTime": "2026-01-02T10:00:00+01:00"}, datetime(2026, 1, 2, 9, tzinfo=UTC)),
    ],
)
def test_values_have_the_type_they_are_written_with(raw: Json, value: object) -> None:
    read = read_value(raw)
    assert read == value
    assert type(read) is type(value)


def test_a_decomposed_text_is_composed() -> None:
    assert read_value("Lo\u0301dz\u0301") == "Lódź"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT1S", 1), ("PT90M", 5400), ("P1D", 86400), ("P1DT1H1M1S", 90061), ("PT0S", 0), ("P007D", 604800)],
)
def test_durations(text: str, seconds: int) -> None:
    assert read_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "duration",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1H",
        "PT1H ",
        "P1W",
        "P1M",
        "PT1.5S",
        "PT-1S",
        "PT1S1M",
        "PT٣S",
        "pt1h",
        3600,
        None,
        True,
        "PT0S",
        "P401D",
        "P400DT1S",
        "P999999999D",
        "PT" + "9" * 5000 + "S",
    ],
)
def test_durations_that_are_none_or_out_of_bounds(duration: Any) -> None:
    assert faults(definition(wait(duration=duration))) == {"steps[0].duration": "INVALID"}


@pytest.mark.parametrize("duration", ["PT1S", "P400D"])
def test_the_shortest_and_the_longest_wait(duration: str) -> None:
    parse_definition(definition(wait(duration=duration)))


def test_ids_are_unique_over_start_points_and_steps() -> None:
    assert faults(definition(wait("a", next="b"), wait("b", next="start"), leaf("b"), leaf("start"))) == {
        "steps[2].id": "DUPLICATE",
        "steps[3].id": "DUPLICATE",
    }


def test_every_next_exists() -> None:
    steps = [condition(SCORE, "gone", otherwise="lost"), wait(next="away"), {**wait("v"), "next": ""}]
    assert faults(definition(*steps)) == {
        "steps[0].branches[0].next": "UNKNOWN_STEP",
        "steps[0].otherwise": "UNKNOWN_STEP",
        "steps[1].next": "UNKNOWN_STEP",
        "steps[2].next": "UNKNOWN_STEP",
    }


def test_circles_are_refused_where_they_close() -> None:
    assert faults(definition(wait("a", next="a"))) == {"steps[0].next": "LOOP"}
    circle = [wait("a", next="c"), condition(SCORE, "b", otherwise="x"), wait("b", next="a"), leaf()]
    assert faults(definition(*circle)) == {"steps[2].next": "LOOP"}
    apart = [leaf(), wait("a", next="b"), wait("b", next="a")]
    assert faults(definition(*apart)) == {
        "steps[2].next": "LOOP",
        "steps[1]": "UNREACHABLE",
        "steps[2]": "UNREACHABLE",
    }


def test_ways_that_meet_are_no_circle() -> None:
    parse_definition(definition(condition(SCORE, "a", otherwise="x"), wait("a", next="x"), leaf()))


def test_ways_that_part_and_meet_sixty_times_are_walked_once() -> None:
    steps: list[dict[str, Any]] = []
    for i in range(60):
        steps.append(condition(SCORE, f"a{i}", id=f"c{i}", otherwise=f"b{i}"))
        steps += [wait(f"{way}{i}", next=f"c{i + 1}") for way in "ab"]
    assert len(parse_definition(definition(*steps, leaf("c60"))).steps) == 181


def test_a_long_chain_is_no_problem_and_a_longer_one_is_refused() -> None:
    def chain(length: int) -> dict[str, Any]:
        return definition(*(wait(f"w{i}", next=f"w{i + 1}") for i in range(length - 1)), leaf(f"w{length - 1}"))

    assert len(parse_definition(chain(limits.MAX_STEPS)).steps) == limits.MAX_STEPS
    assert faults(chain(limits.MAX_STEPS + 1)) == {"steps": "LIMIT"}


def test_steps_out_of_reach_are_refused() -> None:
    assert faults(definition(leaf(), leaf("y"))) == {"steps[1]": "UNREACHABLE"}


@pytest.mark.parametrize(
    ("config", "place", "code"),
    [
        ({"x": "a\0b"}, "steps[0].config.x", "INVALID_CHARACTER"),
        ({"x": ["\ud800"]}, "steps[0].config.x[0]", "INVALID_CHARACTER"),
        ({"a\0b": 1}, "steps[0].config", "INVALID_CHARACTER"),
        ({"x": 10**5000}, "steps[0].config.x", "LIMIT"),
        ({"x": float("inf")}, "steps[0].config.x", "INVALID"),
        ({"x": {1: 2}}, "steps[0].config.x", "INVALID"),
        ({"x": object()}, "steps[0].config.x", "INVALID"),
        ({"x": "x" * limits.MAX_DEFINITION}, "", "LIMIT"),
    ],
)
def test_what_cannot_be_stored_is_refused_wherever_it_stands(config: Any, place: str, code: str) -> None:
    step = {"id": "a", "type": "action", "action": "a", "config": config}
    assert faults(definition(step)) == {place: code}


def test_nesting_without_end_is_refused() -> None:
    nested = json.loads('{"x":' * 900 + "1" + "}" * 900)
    for _ in range(10_000):
        nested = [nested]
    step = {"id": "a", "type": "action", "action": "a", "config": {"x": nested}}
    ((place, code),) = faults(definition(step)).items()
    assert place.startswith("steps[0].config.x[0][0]")
    assert code == "LIMIT"


def test_a_definition_full_of_faults_names_a_hundred() -> None:
    assert len(faults(definition(*({"type": "wait"} for _ in range(150))))) == 100


def test_an_old_definition_goes_through_one_upgrade_a_version() -> None:
    upgrades: Upgrades = {1: lambda old: {**old, "spec": 2, "two": 2}, 2: lambda old: {**old, "spec": 3, "three": 3}}
    assert upgrade({"spec": 1}, upgrades, 3) == {"spec": 3, "two": 2, "three": 3}
    assert upgrade({"spec": 2}, upgrades, 3) == {"spec": 3, "three": 3}
    assert upgrade({"spec": 3}, upgrades, 3) == {"spec": 3}


def test_every_spec_version_before_todays_has_its_upgrade() -> None:
    assert set(UPGRADES) == set(range(1, SPEC_VERSION))
