"""Start points: what is read of re-entry, filters and flow control, and that every fault is named with its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.definition import EventStart, Reentry
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.flows import Debounce, OneAtATime, RateLimit, Throttle, lane_of
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.values import DataField, FieldType, Value
from tests.scenarios.making import SCORE, START, definition, leaf

CUSTOMER = {"left": "customer.exists", "operator": "equals", "right": True}


def start(**members: Any) -> EventStart:
    return parse_definition(definition(leaf(), starts=[{**START, **members}])).starts[0]


def faults(**members: Any) -> dict[str, str]:
    """Give the codes of what is wrong with a start point, by place within it."""
    with pytest.raises(DefinitionError) as refused:
        start(**members)
    return {problem.field.removeprefix("starts[0]."): problem.code for problem in refused.value.problems}


def flow(kind: str, **members: Any) -> dict[str, Any]:
    return {"type": kind, **members}


@pytest.mark.parametrize("rule", list(Reentry))
def test_every_rule_of_reentry_is_read(rule: Reentry) -> None:
    period = {"period": "P7D"} if rule is Reentry.ONCE_PER_PERIOD else {}
    read = start(reentry=rule.value, **period)
    assert (read.reentry, read.period) == (rule, timedelta(days=7) if period else None)


def test_once_per_period_needs_its_period_and_no_other_rule_has_one() -> None:
    assert faults(reentry="oncePerPeriod") == {"period": "REQUIRED"}
    assert faults(reentry="oncePerPeriod", period="P401D") == {"period": "INVALID"}
    assert faults(reentry="once", period="P7D") == {"period": "INVALID"}
    assert faults(reentry="twice") == {"reentry": "INVALID"}


def test_flows_are_read() -> None:
    hour = timedelta(hours=1)
    read = [
        start(flow=flow("debounce", quiet="PT10M", atMost="PT1H", key="customer")).flow,
        start(flow=flow("throttle", count=100, per="PT1H", key="dataFields.size quiz.v2")).flow,
        start(flow=flow("rateLimit", count=1, per="P1D")).flow,
        start(flow=flow("oneAtATime", key=None)).flow,
        start(flow=None).flow,
    ]
    assert read == [
        Debounce(quiet=timedelta(minutes=10), at_most=hour, key="customer"),
        Throttle(count=100, per=hour, key="dataFields.size quiz.v2"),
        RateLimit(count=1, per=timedelta(days=1)),
        OneAtATime(),
        None,
    ]


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        (7, {"flow": "INVALID"}),
        ({}, {"flow.type": "INVALID"}),
        (flow("queue"), {"flow.type": "INVALID"}),
        (flow("debounce", quiet="PT10M"), {"flow.atMost": "REQUIRED"}),
        (flow("debounce", quiet="PT10M", atMost="PT5M"), {"flow.atMost": "INVALID"}),
        (flow("debounce", quiet="soon", atMost="PT5M"), {"flow.quiet": "INVALID"}),
        (flow("throttle", per="PT1H"), {"flow.count": "REQUIRED"}),
        (flow("throttle", count=0, per="PT1H"), {"flow.count": "INVALID"}),
        (flow("throttle", count=True, per="PT1H"), {"flow.count": "INVALID"}),
        (flow("rateLimit", count=1_000_001, per="P1D"), {"flow.count": "INVALID"}),
        (flow("rateLimit", count=1), {"flow.per": "REQUIRED"}),
        (flow("rateLimit", count=1, per="PT0S"), {"flow.per": "INVALID"}),
        (flow("oneAtATime", key="customers"), {"flow.key": "INVALID"}),
        (flow("oneAtATime", key="dataFields."), {"flow.key": "INVALID"}),
        (flow("oneAtATime", key=["customer"]), {"flow.key": "INVALID"}),
        (flow("oneAtATime", count=1), {"flow.count": "UNKNOWN_MEMBER"}),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_flow_is_named(written: Any, wrong: dict[str, str]) -> None:
    assert faults(flow=written) == wrong


def test_restart_and_one_at_a_time_contradict_each_other() -> None:
    assert faults(reentry="restart", flow=flow("oneAtATime")) == {"flow.type": "CONTRADICTION"}


def test_a_customer_filter_sees_the_customer_and_no_steps() -> None:
    assert start(customerFilter={"all": [CUSTOMER, SCORE]}).customer_filter is not None
    of_step = {"left": "steps.x.id", "operator": "isSet"}
    of_variable = {"left": "variables.name", "operator": "isSet"}
    assert faults(customerFilter={"any": [CUSTOMER, of_step, of_variable]}) == {
        "customerFilter.any[1].left": "NOT_IN_FILTER",
        "customerFilter.any[2].left": "NOT_IN_FILTER",
    }
    assert faults(filter=CUSTOMER) == {"filter.left": "NOT_IN_FILTER"}


def occurrence(*fields: tuple[str, FieldType, Value], **members: Any) -> OccurrenceFacts:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return OccurrenceFacts(
        id="01943e9a-0000-7000-8000-000000000000",
        event=EventFacts(number=7, slug="quiz", name="Quiz"),
        registered_at=now,
        occurred_at=now,
        identity=Identity.TRUSTED,
        fields=tuple(DataField(*field) for field in fields),
        **members,
    )


def test_what_a_lane_keeps_apart() -> None:
    by_size = OneAtATime(key="dataFields.size")
    small = occurrence(("size", FieldType.STRING, "S"))
    lanes = [
        lane_of(by_size, small),
        lane_of(by_size, occurrence(("size", FieldType.STRING, "s"), customer_email="a@example.com")),
        lane_of(by_size, occurrence(("size", FieldType.STRING, "M"))),
        lane_of(by_size, occurrence(("size", FieldType.NUMBER, Decimal(1)))),
        lane_of(by_size, occurrence()),
        lane_of(OneAtATime(), small),
        lane_of(RateLimit(count=1, per=timedelta(days=1), key="dataFields.size"), small),
    ]
    assert lanes[0] == lanes[1]
    assert len(set(lanes)) == 6


def test_customers_have_lanes_of_their_own_and_nobody_has_none() -> None:
    by_customer = OneAtATime(key="customer")
    anna, bob = (occurrence(customer_email=email) for email in ("anna@example.com", "bob@example.com"))
    assert lane_of(by_customer, anna) != lane_of(by_customer, bob)
    assert lane_of(by_customer, occurrence()) is None
