"""Reading the log: what is found, what is masked, and by which index."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.errors import Refused
from saleor_custom_events.log.masking import masked_email
from saleor_custom_events.log.reading import (
    LogFilter,
    find_invocation,
    occurrences_by_id,
    read_log,
    rows_of_occurrences,
    steps_of,
)
from saleor_custom_events.scenarios.outcomes import Status
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.log.making import NOON, a_step, at, ended, fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db
ALL = Slice(first=100)


def numbers(wanted: LogFilter) -> set[int]:
    return {row.number for row in read_log(BOSS, wanted, ALL).rows}


def test_one_firing_that_starts_three_scenarios_is_three_rows() -> None:
    event = an_event()
    names = [a_scenario(event).name for _ in range(3)]
    made = fired(event)

    rows = read_log(BOSS, LogFilter(), ALL).rows

    assert {row.number for row in rows} == {invocation.pk for invocation in made}
    assert sorted(row.scenario_name for row in rows) == sorted(names)
    assert len({row.occurrence for row in rows}) == 1


def test_a_firing_that_nobody_listens_to_is_a_row_without_scenario() -> None:
    fired(an_event())

    (row,) = read_log(BOSS, LogFilter(), ALL).rows

    assert (row.scenario, row.scenario_name, row.version) == (None, "", None)
    assert (row.status, row.reason) == ("skipped", "SKIPPED_NO_SCENARIO")


def test_the_scenarios_name_stays_as_it_was() -> None:
    event = an_event()
    scenario = a_scenario(event, name="Before")
    fired(event)
    scenario.name = "After"
    scenario.save()

    assert [row.scenario_name for row in read_log(BOSS, LogFilter(), ALL).rows] == ["Before"]


def test_rows_come_newest_first() -> None:
    event = an_event()
    made = [at(fired(event)[0], minute).pk for minute in (3, 1, 2)]

    assert [row.number for row in read_log(BOSS, LogFilter(), ALL).rows] == [made[0], made[2], made[1]]


def test_every_filter_finds_its_rows() -> None:
    one, two = an_event(), an_event()
    scenario = a_scenario(one)
    first = ended(at(fired(one, "anna@example.com")[0], 1), Status.FAILED, "FAILED_ACTION")
    second = at(fired(one, "ewa@example.com")[0], 2)
    third = at(fired(two, "anna@example.com")[0], 3)

    assert numbers(LogFilter(event=one.pk)) == {first.pk, second.pk}
    assert numbers(LogFilter(scenario=scenario.pk)) == {first.pk, second.pk}
    assert numbers(LogFilter(email=" EWA@example.COM ")) == {second.pk}
    assert numbers(LogFilter(statuses=("failed", "skipped"))) == {first.pk, third.pk}
    assert numbers(LogFilter(statuses=())) == set()
    assert numbers(LogFilter(reasons=("FAILED_ACTION",))) == {first.pk}
    assert numbers(LogFilter(reasons=("a\0",))) == set()
    assert numbers(LogFilter(created_from=NOON + timedelta(minutes=2))) == {second.pk, third.pk}
    assert numbers(LogFilter(created_to=NOON + timedelta(minutes=2))) == {first.pk, second.pk}
    assert numbers(LogFilter(event=one.pk, email="anna@example.com")) == {first.pk}


def test_an_email_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_log(BOSS, LogFilter(email="nobody\0"), ALL)

    assert (refused.value.status, refused.value.code) == (400, "INVALID_EMAIL")


def test_filtering_by_email_needs_the_permission_to_see_customers() -> None:
    fired(an_event())

    with pytest.raises(Refused) as refused:
        read_log(MARKETER, LogFilter(email="anna@example.com"), ALL)

    assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")
    assert "MANAGE_USERS" in refused.value.message


def test_rows_of_events_without_logging_never_appear() -> None:
    event = an_event(logging=False)
    a_scenario(event)
    (invocation,) = fired(event)
    a_step(invocation)

    assert read_log(BOSS, LogFilter(), ALL).rows == ()
    assert find_invocation(BOSS, invocation.pk) is None
    assert occurrences_by_id(BOSS, [str(invocation.occurrence_id)]) == {}
    assert steps_of(BOSS, [invocation.pk]) == {}
    assert rows_of_occurrences(BOSS, [str(invocation.occurrence_id)]) == {}


def test_rows_from_before_logging_was_switched_on_do_not_appear() -> None:
    event = an_event(logging=False)
    fired(event)
    event.logging = True
    event.save()
    after = fired(event)

    assert numbers(LogFilter()) == {after[0].pk}


def test_details_are_whole_for_whoever_may_see_customers() -> None:
    event = an_event()
    a_scenario(event)
    (invocation,) = fired(event, url="https://shop.example/quiz")
    a_step(invocation)

    row = find_invocation(BOSS, invocation.pk)
    occurrence = occurrences_by_id(BOSS, [str(invocation.occurrence_id)])[str(invocation.occurrence_id)]
    (step,) = steps_of(BOSS, [invocation.pk])[invocation.pk]

    assert row is not None
    assert (row.customer_email, row.masked) == ("anna@example.com", False)
    assert [(f.name, f.type, f.value) for f in occurrence.data_fields] == [
        ("score", "Number", "31337.25"),
        ("url", "String", "https://shop.example/quiz"),
    ]
    assert (occurrence.customer_email, occurrence.url) == ("anna@example.com", "https://shop.example/quiz")
    assert (step.input, step.result, step.milliseconds) == (
        {"url": "https://x.example/anna@example.com"},
        {"status": 200, "response": "Hello, you!"},
        250,
    )


def test_nothing_that_names_a_customer_leaves_without_the_permission() -> None:
    """Everything is looked through as text: no field of any value tells who it was or what was sent."""
    event = an_event(violations="warn", declared_fields=[{"name": "score", "type": "Date", "required": False}])
    a_scenario(event)
    (invocation,) = fired(
        event, url="https://shop.example/quiz", customer_external_reference="CRM-77", anonymous_id="device-9"
    )
    ended(invocation, Status.FAILED, "FAILED_ACTION", "The server refused anna@example.com")
    a_step(invocation)

    row = find_invocation(MARKETER, invocation.pk)
    occurrence = occurrences_by_id(MARKETER, [str(invocation.occurrence_id)])[str(invocation.occurrence_id)]
    (step,) = steps_of(MARKETER, [invocation.pk])[invocation.pk]

    assert row is not None
    assert (row.customer_email, row.masked, row.reason) == ("a•••@e•••.com", True, "FAILED_ACTION")
    assert [(f.name, f.type, f.value) for f in occurrence.data_fields] == [
        ("score", "Number", None),
        ("url", "String", None),
    ]
    assert [(v.field, v.code) for v in occurrence.violations] == [
        ("dataFields.score", "WRONG_TYPE"),
        ("dataFields.url", "UNDECLARED"),
    ]
    told = str([dataclasses.asdict(value) for value in (row, occurrence, step)])
    for secret in ("anna", "example.com", "shop.example", "CRM-77", "device-9", "31337.25", "Hello"):
        assert secret not in told


def test_a_callers_own_name_is_masked_where_it_is_a_persons() -> None:
    (invocation,) = fired(an_event())
    occurrence = invocation.occurrence
    occurrence.caller_kind, occurrence.caller_name = "customer", "anna@example.com"
    occurrence.save()

    seen = occurrences_by_id(MARKETER, [str(occurrence.pk)])[str(occurrence.pk)]

    assert (seen.caller_kind, seen.caller_name) == ("customer", "a•••@e•••.com")


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("anna@example.com", "a•••@e•••.com"),
        ("a@b.co.uk", "a•••@b•••.uk"),
        ("x@localhost", "x•••@l•••"),
        ("", ""),
        (None, None),
    ],
)
def test_how_an_email_is_masked(email: str | None, masked: str | None) -> None:
    assert masked_email(email) == masked


def test_every_reader_asks_for_permission() -> None:
    for read in (
        lambda: read_log(NOBODY, LogFilter(), ALL),
        lambda: find_invocation(NOBODY, 1),
        lambda: occurrences_by_id(NOBODY, []),
        lambda: steps_of(NOBODY, []),
        lambda: rows_of_occurrences(NOBODY, []),
    ):
        with pytest.raises(Refused) as refused:
            read()
        assert refused.value.code == "PERMISSION_DENIED"


def test_paging_is_stable_while_rows_arrive() -> None:
    event = an_event()
    before = [at(fired(event)[0], minute).pk for minute in range(6)]

    seen: list[int] = []
    cursor = None
    for arriving in range(3):
        page = read_log(BOSS, LogFilter(event=event.pk), Slice(first=2, after=cursor))
        seen += [row.number for row in page.rows]
        cursor = page.cursors[-1]
        at(fired(event)[0], 100 + arriving)

    assert seen == before[::-1]


def _plan(wanted: LogFilter) -> str:
    """Give the plan of the query that reads a page, where reading the whole table is out of the question."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        first = read_log(BOSS, wanted, Slice(first=1))
        read_log(BOSS, wanted, Slice(first=1, after=first.cursors[-1]))
    # A filter by e-mail asks first for what the customer did before they logged in.
    pages = [query["sql"] for query in captured if 'FROM "saleor_custom_events_invocation"' in query["sql"]]
    assert len(pages) == 2
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {pages[1]}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ({}, "sce_invocation_log"),
        ({"event": 1}, "sce_invocation_event"),
        ({"scenario": 1}, "sce_invocation_scenario"),
        ({"email": "anna@example.com"}, "sce_invocation_email"),
        ({"statuses": ("running",)}, "sce_invocation_status"),
        ({"reasons": ("FAILED_ACTION",)}, "sce_invocation_reason"),
    ],
)
def test_every_filter_has_an_index_in_the_order_of_the_log(wanted: dict[str, Any], index: str) -> None:
    event = an_event()
    scenario = a_scenario(event)
    (invocation,) = fired(event)
    (failed,) = fired(event)
    if "reasons" in wanted:
        ended(failed, Status.FAILED, "FAILED_ACTION")
    own = {"event": event.pk, "scenario": scenario.pk}
    plan = _plan(LogFilter(**{name: own.get(name, value) for name, value in wanted.items()}))

    assert f"Index Scan using {index}" in plan
    assert "Sort" not in plan
    assert invocation.pk
