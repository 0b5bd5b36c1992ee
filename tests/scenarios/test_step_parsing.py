"""Steps and exit rules beyond conditions, waits for a time and actions: what is read, and every fault in its place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.definition import (
    CommentStep,
    Comparison,
    EventExit,
    Offset,
    Operand,
    Operator,
    Past,
    SetVariableStep,
    SignExit,
    Source,
    SplitBranch,
    SplitStep,
    WaitForEventStep,
    WaitForTimeStep,
    WaitUntilStep,
)
from saleor_custom_events.scenarios.durations import read_offset
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.signs import Sign
from tests.scenarios.making import FULL, condition, definition, leaf

FIELD = Operand(Source.DATA_FIELD, ("visit",))


def step_of(**members: Any) -> Any:
    return parse_definition(definition({"id": "s", **members})).steps[0]


def faults(*steps: Any, **more: Any) -> dict[str, str]:
    with pytest.raises(DefinitionError) as caught:
        parse_definition(definition(*steps) | more)
    return {problem.field: problem.code for problem in caught.value.problems}


def fault_of(**members: Any) -> dict[str, str]:
    return {place.removeprefix("steps[0]."): code for place, code in faults({"id": "s", **members}).items()}


def test_a_definition_with_every_step_is_read() -> None:
    read = parse_definition(FULL)
    assert read.steps[5:] == (
        SplitStep(
            id="s6",
            branches=(SplitBranch(weight=30, next="s7", label="A"), SplitBranch(weight=70, next="s8")),
        ),
        WaitUntilStep(
            id="s7",
            date=FIELD,
            offset=Offset(days=-1, time=timedelta(hours=-2)),
            past=Past.EXIT,
            next="s9",
        ),
        WaitForTimeStep(
            id="s8",
            time=time(9),
            weekdays=frozenset({0, 6}),
            zone=Operand(Source.DATA_FIELD, ("zone",)),
            next="s9",
        ),
        WaitForEventStep(
            id="s9",
            event=8,
            filter=Comparison(Operand(Source.DATA_FIELD, ("total",)), Operator.IS_SET, None),
            timeout=timedelta(days=3),
            happened="s10",
            timed_out="s11",
        ),
        SetVariableStep(id="s10", name="total", value="{{ steps.s9.total }}", next="s11"),
        CommentStep(id="s11", text="Ask Ola.", next=None),
    )
    assert read.exits == (
        EventExit(event=9, filter=Comparison(Operand(Source.OCCURRENCE, ("channel",)), Operator.IS_SET, None)),
        SignExit(sign=Sign.ORDER_PLACED),
        SignExit(sign=Sign.CONSENT_WITHDRAWN),
    )


def test_what_may_be_left_out() -> None:
    assert step_of(type="waitUntil", date="dataFields.visit") == WaitUntilStep(
        id="s", date=FIELD, offset=Offset(), past=Past.CONTINUE, next=None
    )
    assert step_of(type="waitForTime", time="23:59") == WaitForTimeStep(
        id="s", time=time(23, 59), weekdays=frozenset(range(7)), zone=None, next=None
    )
    waiting = step_of(type="waitForEvent", event=8, timeout="PT1S")
    assert (waiting.filter, waiting.happened, waiting.timed_out) == (None, None, None)
    assert parse_definition(definition()).exits == ()


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ({"date": "2028-02-29"}, date(2028, 2, 29)),
        ({"dateTime": "2026-01-02T10:00:00+01:00"}, datetime(2026, 1, 2, 9, tzinfo=UTC)),
        ("occurrence.occurredAt", Operand(Source.OCCURRENCE, ("occurredAt",))),
        ("dataFields.day of visit", Operand(Source.DATA_FIELD, ("day of visit",))),
    ],
)
def test_where_a_date_may_stand(raw: Any, read: Any) -> None:
    assert step_of(type="waitUntil", date=raw).date == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("P1D", Offset(days=1)),
        ("-P1DT2H", Offset(days=-1, time=timedelta(hours=-2))),
        ("+PT24H", Offset(time=timedelta(hours=24))),
        ("-PT30M", Offset(time=timedelta(minutes=-30))),
        ("P999999999D", Offset(days=999999999)),
        ("--P1D", None),
        ("P", None),
        ("-", None),
        ("1D", None),
        ("P-1D", None),
    ],
)
def test_offsets(text: str, read: Offset | None) -> None:
    assert read_offset(text) == read


BRANCHES = [{"weight": 1}, {"weight": 1}]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"type": "split"}, {"branches": "REQUIRED"}),
        ({"type": "split", "branches": BRANCHES[:1]}, {"branches": "REQUIRED"}),
        ({"type": "split", "branches": BRANCHES * 11}, {"branches": "LIMIT"}),
        ({"type": "split", "branches": BRANCHES, "otherwise": None}, {"otherwise": "UNKNOWN_MEMBER"}),
        ({"type": "split", "branches": [{"weight": 0}, {}]}, {"branches[0].weight": "INVALID"}),
        ({"type": "split", "branches": [{"weight": True}, {"weight": 1001}]}, {"branches[0].weight": "INVALID"}),
        (
            {"type": "split", "branches": [{"weight": 1, "next": "gone"}, {"weight": 1}]},
            {"branches[0].next": "UNKNOWN_STEP"},
        ),
        ({"type": "waitUntil"}, {"date": "REQUIRED"}),
        ({"type": "waitUntil", "date": "visit"}, {"date": "UNKNOWN_OPERAND"}),
        ({"type": "waitUntil", "date": "customer.joinedAt"}, {"date": "UNKNOWN_OPERAND"}),
        ({"type": "waitUntil", "date": "occurrence.url"}, {"date": "UNKNOWN_OPERAND"}),
        ({"type": "waitUntil", "date": 5}, {"date": "INVALID"}),
        ({"type": "waitUntil", "date": {"date": "2026-02-30"}}, {"date": "INVALID"}),
        ({"type": "waitUntil", "date": {"dateTime": "2026-01-02T10:00:00"}}, {"date": "INVALID"}),
        ({"type": "waitUntil", "date": "steps.gone.x"}, {"date": "UNKNOWN_STEP"}),
        ({"type": "waitUntil", "date": "variables.gone"}, {"date": "UNKNOWN_VARIABLE"}),
        ({"type": "waitUntil", "date": "dataFields.x", "offset": "1 day"}, {"offset": "INVALID"}),
        ({"type": "waitUntil", "date": "dataFields.x", "offset": "P401D"}, {"offset": "INVALID"}),
        ({"type": "waitUntil", "date": "dataFields.x", "offset": "-PT999999999H"}, {"offset": "INVALID"}),
        ({"type": "waitUntil", "date": "dataFields.x", "past": "wait"}, {"past": "INVALID"}),
        ({"type": "waitForTime"}, {"time": "REQUIRED"}),
        ({"type": "waitForTime", "time": "9:00"}, {"time": "INVALID"}),
        ({"type": "waitForTime", "time": "24:00"}, {"time": "INVALID"}),
        ({"type": "waitForTime", "time": "٠٩:٠٠"}, {"time": "INVALID"}),
        ({"type": "waitForTime", "time": "09:00", "weekdays": []}, {"weekdays": "REQUIRED"}),
        ({"type": "waitForTime", "time": "09:00", "weekdays": ["mon", "someday"]}, {"weekdays[1]": "INVALID"}),
        ({"type": "waitForTime", "time": "09:00", "zone": "Europe/Krakow"}, {"zone": "INVALID"}),
        ({"type": "waitForTime", "time": "09:00", "zone": "Europe"}, {"zone": "INVALID"}),
        ({"type": "waitForTime", "time": "09:00", "zone": "../../etc/passwd"}, {"zone": "INVALID"}),
        (
            {"type": "waitForTime", "time": "09:00", "zone": {"from": "occurrence.url"}},
            {"zone.from": "UNKNOWN_OPERAND"},
        ),
        ({"type": "waitForTime", "time": "09:00", "zone": {"of": "x"}}, {"zone.of": "UNKNOWN_MEMBER"}),
        ({"type": "waitForEvent"}, {"event": "REQUIRED"}),
        ({"type": "waitForEvent", "event": "quiz", "timeout": "PT1H"}, {"event": "INVALID"}),
        ({"type": "waitForEvent", "event": 8, "timeout": "P401D"}, {"timeout": "INVALID"}),
        ({"type": "waitForEvent", "event": 8, "timeout": "PT1H", "next": None}, {"next": "UNKNOWN_MEMBER"}),
        ({"type": "waitForEvent", "event": 8, "timeout": "PT1H", "timedOut": "gone"}, {"timedOut": "UNKNOWN_STEP"}),
        ({"type": "setVariable"}, {"name": "REQUIRED"}),
        ({"type": "setVariable", "name": "a b", "value": ""}, {"name": "INVALID"}),
        ({"type": "setVariable", "name": "a", "value": 5}, {"value": "INVALID"}),
        ({"type": "setVariable", "name": "a", "value": "{{ custmer.email }}"}, {"value": "UNKNOWN_NAME"}),
        ({"type": "setVariable", "name": "a", "value": "{% if %}"}, {"value": "INVALID_TEMPLATE"}),
        ({"type": "comment"}, {"text": "REQUIRED"}),
        ({"type": "comment", "text": "x" * 2001}, {"text": "LIMIT"}),
    ],
)
def test_every_fault_has_its_place(members: dict[str, Any], expected: dict[str, str]) -> None:
    found = fault_of(**members)
    assert {place: found.get(place) for place in expected} == expected


@pytest.mark.parametrize(
    ("exits", "expected"),
    [
        ({}, {"exits": "INVALID"}),
        (None, {"exits": "INVALID"}),
        ([{"type": "event", "event": 9}] * 11, {"exits": "LIMIT"}),
        ([{}], {"exits[0].type": "REQUIRED", "exits[0].event": "REQUIRED"}),
        ([{"type": "orderCancelled", "event": 9}], {"exits[0].type": "INVALID"}),
        ([{"type": "orderPlaced", "event": 9}], {"exits[0].event": "UNKNOWN_MEMBER"}),
        ([{"type": "consentWithdrawn", "filter": None}], {"exits[0].filter": "UNKNOWN_MEMBER"}),
        ([{"type": "event", "event": 9, "next": "x"}], {"exits[0].next": "UNKNOWN_MEMBER"}),
        (
            [{"type": "event", "event": 9, "filter": {"left": "customer.email", "operator": "isSet"}}],
            {"exits[0].filter.left": "NOT_IN_FILTER"},
        ),
    ],
)
def test_every_fault_of_an_exit_rule_has_its_place(exits: Any, expected: dict[str, str]) -> None:
    found = faults(exits=exits)
    assert {place: found.get(place) for place in expected} == expected


def test_an_awaited_events_filter_sees_that_event_only() -> None:
    for left in ("customer.email", "steps.s.x", "variables.v"):
        filter = {"left": left, "operator": "isSet"}
        assert fault_of(type="waitForEvent", event=8, timeout="PT1H", filter=filter) == {"filter.left": "NOT_IN_FILTER"}


def test_a_condition_may_look_at_what_an_awaited_event_brought_and_at_variables() -> None:
    waits = {"id": "w", "type": "waitForEvent", "event": 8, "timeout": "PT1H", "happened": "v", "timedOut": "v"}
    sets = {"id": "v", "type": "setVariable", "name": "n", "value": "", "next": "c"}
    both = [{"left": "steps.w.total", "operator": "isSet"}, {"left": "variables.n", "operator": "isSet"}]
    parse_definition(definition(waits, sets, condition({"all": both})))


def test_a_condition_that_looks_at_a_variable_that_nobody_sets_is_wrong() -> None:
    found = faults(condition({"left": "variables.n", "operator": "isSet"}))
    assert found == {"steps[0].branches[0].when.left": "UNKNOWN_VARIABLE"}


def test_circles_and_reach_go_through_every_way_out() -> None:
    waits = {"id": "w", "type": "waitForEvent", "event": 8, "timeout": "PT1H", "happened": None, "timedOut": "s"}
    split = {"id": "s", "type": "split", "branches": [{"weight": 1, "next": "x"}, {"weight": 1, "next": "w"}]}
    assert faults(waits, split, leaf()) == {"steps[1].branches[1].next": "LOOP"}
    assert faults(waits | {"timedOut": None}, split | {"branches": BRANCHES}) == {"steps[1]": "UNREACHABLE"}
