"""Dates by how long ago they are, and how soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.durations import read_duration, written_duration
from saleor_custom_events.scenarios.live import Live
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.values import DataField, FieldType, Value
from saleor_custom_events.store.shopping import Shopping
from tests.scenarios.making import condition, definition
from tests.scenarios.test_conditions import ANN, NOW, OCCURRENCE_FACTS, parsed

WEEK = {"duration": "P7D"}
SECOND = timedelta(seconds=1)


def asked(actual: Value, operator: str, *, now: datetime | None = NOW, right: Any = WEEK) -> tuple[bool, Any]:
    kind = FieldType.STRING if isinstance(actual, str) else FieldType.DATETIME
    occurrence = replace(OCCURRENCE_FACTS, fields=(DataField("x", kind, actual),))
    when = parsed({"left": "dataFields.x", "operator": operator, "right": right})
    result, (entry,) = holds(when, Scope(occurrence=occurrence, now=now))
    return result, entry


@pytest.mark.parametrize(
    ("moment", "last", "following"),
    [
        (NOW - timedelta(days=7) - SECOND, False, False),
        (NOW - timedelta(days=7), True, False),
        (NOW - SECOND, True, False),
        (NOW, True, True),
        (NOW + SECOND, False, True),
        (NOW + timedelta(days=7), False, True),
        (NOW + timedelta(days=7) + SECOND, False, False),
        # The same moments, as people write them elsewhere, and days alone.
        (date(2025, 12, 28), False, False),
        (date(2025, 12, 29), True, False),
        (date(2026, 1, 5), True, True),
        (date(2026, 1, 12), False, True),
        (date(2026, 1, 13), False, False),
    ],
)
def test_what_is_within_the_last_and_the_next_days(moment: date, last: bool, following: bool) -> None:
    assert asked(moment, "withinLast")[0] is last
    assert asked(moment, "notWithinLast")[0] is not last
    assert asked(moment, "withinNext")[0] is following


def test_it_counts_from_the_moment_at_which_it_is_asked() -> None:
    assert asked(NOW, "withinLast", now=NOW + timedelta(days=7))[0]
    assert not asked(NOW, "withinLast", now=NOW + timedelta(days=8))[0]
    assert asked(NOW, "withinLast", now=None)[0], "without one, from when the occurrence was registered"


def test_what_is_not_set_was_not_in_the_last_days() -> None:
    when = {"left": "orders.lastAt", "operator": "notWithinLast", "right": {"duration": "P30D"}}
    never = Live(asked_at=NOW, shopping=Shopping(orders=0, orders_since=0, spent={}, last_order_at=None))
    lately = Live(asked_at=NOW, shopping=Shopping(orders=1, orders_since=0, spent={}, last_order_at=NOW))
    assert holds(parsed(when), Scope(occurrence=OCCURRENCE_FACTS, live=never, now=NOW))[0]
    assert not holds(parsed(when), Scope(occurrence=OCCURRENCE_FACTS, live=lately, now=NOW))[0]
    assert not holds(parsed({**when, "operator": "withinLast"}), Scope(occurrence=OCCURRENCE_FACTS, live=never))[0]


def test_metadata_is_read_as_a_date_where_it_is_one() -> None:
    when = parsed({"left": "customer.metadata.seen", "operator": "withinLast", "right": WEEK})

    def found(text: str) -> bool:
        return holds(when, Scope(occurrence=OCCURRENCE_FACTS, customer=replace(ANN, metadata={"seen": text}), now=NOW))[
            0
        ]

    assert (found("2026-01-03"), found("2026-01-03T10:00:00+01:00"), found("2025-01-03")) == (True, True, False)
    assert not found("long ago")


@pytest.mark.parametrize("operator", ["withinLast", "notWithinLast", "withinNext"])
def test_what_is_no_date_is_never_within_days_and_the_log_says_why(operator: str) -> None:
    result, entry = asked("yesterday", operator)
    assert (result, entry["note"]) == (False, "String is no date.")


def test_the_log_has_the_time_as_it_was_written() -> None:
    _, entry = asked(NOW, "withinLast", right={"duration": "P1DT2H"})
    assert entry["value"] == {"duration": "P1DT2H"}


@pytest.mark.parametrize(
    "right",
    [7, "P7D", {"duration": "7"}, {"duration": "PT0S"}, {"duration": "P3661D"}, {"duration": "-P7D"}, WEEK | {"x": 1}],
)
def test_anything_but_a_length_of_time_is_refused(right: Any) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_definition(definition(condition({"left": "customer.joinedAt", "operator": "withinLast", "right": right})))
    assert [problem.code for problem in refused.value.problems] == ["INVALID_DURATION"]


@pytest.mark.parametrize("left", ["customer.firstName", "orders.count", "orders.total", "customer.exists"])
def test_only_dates_and_times_are_asked_so(left: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_definition(definition(condition({"left": left, "operator": "withinLast", "right": WEEK})))
    assert [problem.field.rpartition(".")[2] for problem in refused.value.problems] == ["operator"]


@pytest.mark.parametrize("text", ["P1D", "PT1H", "P1DT1H1M1S", "PT59M", "PT0S"])
def test_a_time_is_written_as_it_was_read(text: str) -> None:
    span = read_duration(text)
    assert span is not None
    assert written_duration(span) == text


def test_times_of_other_zones_are_the_same_moments() -> None:
    assert asked(datetime(2026, 1, 5, 10, tzinfo=UTC), "withinNext", right={"duration": "PT1S"})[0]
