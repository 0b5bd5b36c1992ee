"""Splits, variables, comments and waits for dates and times, as a worker runs them and the log shows them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from pytest_django.fixtures import Settings

from saleor_custom_events.firing.fire import Receipt
from saleor_custom_events.log.retention import remove_data_fields
from saleor_custom_events.models import Invocation, Occurrence
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.running.worker import run_due
from tests.receiver import Receiver
from tests.running.again import anybody, webhook
from tests.running.waiting import ANNA, END, branch, fired, row, stands, time_passes, wait_for
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def variable(value: str, after: str | None = None, **more: Any) -> dict[str, Any]:
    return {"id": "set", "type": "setVariable", "name": "greeting", "value": value, "next": after} | more


def ran(*steps: dict[str, Any], email: str | None = ANNA, **members: Any) -> Receipt:
    event = an_event()
    a_scenario(event, steps=steps)
    receipt = fired(event, email, **members)
    run_due()
    return receipt


def test_a_split_sends_the_same_customer_the_same_way_in_the_share_of_its_weights() -> None:
    event = an_event()
    split = {"id": "split", "type": "split", "branches": [{"weight": 25, "next": "end"}, {"weight": 75, "next": None}]}
    a_scenario(event, steps=[split, END])
    people = [f"somebody{i}@example.com" for i in range(120)]
    first = [fired(event, person) for person in people]
    second = [fired(event, person) for person in people]
    run_due(budget=60)
    ways = [branch(receipt, "split") for receipt in first]
    assert ways == [branch(receipt, "split") for receipt in second]
    assert 15 <= Counter(ways)[0] <= 48, "30 of 120, give or take four standard deviations"
    assert row(first[0]).step_runs.get(step="split").result["weights"] == [25, 75]


def test_a_variable_reaches_conditions_and_templates(hook: Receiver) -> None:
    get_user_model().objects.create(email=ANNA, first_name="Anna")
    look = {
        "id": "look",
        "type": "condition",
        "branches": [
            {"when": {"left": "variables.greeting", "operator": "equals", "right": "Hi Anna"}, "next": "hook"}
        ],
    }
    said = webhook(hook.url, after="end", message="{{ variables.greeting }}!")
    receipt = ran(variable("Hi {{ customer.firstName }}", "look"), look, said, END)
    assert row(receipt).reason == "EXITED"
    assert row(receipt).step_runs.get(step="hook").input["message"] == "Hi Anna!"


def test_a_template_that_fails_fails_the_step_and_can_be_retried() -> None:
    receipt = ran(variable("{{ 1 | divided_by: dataFields.zero }}", "end"), END, dataFields={"zero": 0})
    failed = row(receipt)
    assert (failed.status, failed.reason) == ("failed", "FAILED_TEMPLATE")
    assert failed.step_runs.get().status == "failed"
    retry(failed.pk, RetryVersion.ORIGINAL, RetryFrom.FAILED_STEP, by="boss", allow=anybody)
    run_due()
    assert [(s.visit, s.step, s.status) for s in failed.step_runs.order_by("visit")] == [
        (1, "set", "failed"),
        (2, "set", "failed"),
    ]


def test_a_variable_that_grows_too_long_fails_the_step() -> None:
    receipt = ran(variable("{% for i in (1..500) %}0123456789{% endfor %}"))
    assert (row(receipt).status, row(receipt).reason) == ("failed", "FAILED_LIMIT")
    assert "5000" in row(receipt).detail


def test_a_comment_is_passed_and_stands_in_the_timeline() -> None:
    receipt = ran({"id": "note", "type": "comment", "text": "Ask Ola before changing this.", "next": "end"}, END)
    assert [(s.step, s.kind, s.status) for s in row(receipt).step_runs.order_by("visit")] == [
        ("note", "comment", "done"),
        ("end", "exit", "done"),
    ]


def test_a_wait_until_a_date_holds_until_then(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TIME_ZONE_DEFAULT = "Europe/Warsaw"
    day = (datetime.now(UTC) + timedelta(days=10)).date()
    step = {"id": "wait", "type": "waitUntil", "date": "dataFields.visit", "offset": "-P1D", "next": "end"}
    receipt = ran(step, END, dataFields=[{"name": "visit", "type": "Date", "value": day.isoformat()}])
    due = row(receipt).due_at
    assert due is not None
    waiting = row(receipt).step_runs.get()
    assert (stands(receipt), waiting.kind, waiting.status) == ("waiting", "waitUntil", "waiting")
    local = due.astimezone(ZoneInfo("Europe/Warsaw"))
    assert (local.date(), local.time().isoformat()) == (day - timedelta(days=1), "00:00:00")
    time_passes()
    run_due()
    assert row(receipt).reason == "EXITED"
    assert row(receipt).step_runs.get(step="wait").result["resumedBy"]


@pytest.mark.parametrize(("past", "reason"), [("continue", "EXITED"), ("exit", "EXITED_PAST")])
def test_a_date_that_has_passed(past: str, reason: str) -> None:
    date = {"date": "2020-02-29"}
    receipt = ran({"id": "wait", "type": "waitUntil", "date": date, "past": past, "next": "end"}, END)
    assert (stands(receipt), row(receipt).reason) == ("completed", reason)


def test_no_date_to_wait_for_says_so_and_goes_on() -> None:
    receipt = ran({"id": "wait", "type": "waitUntil", "date": "dataFields.visit", "next": "end"}, END)
    assert (stands(receipt), row(receipt).reason) == ("completed", "SKIPPED_NO_DATE")
    assert [(s.step, s.status, s.reason) for s in row(receipt).step_runs.order_by("visit")] == [
        ("wait", "skipped", "SKIPPED_NO_DATE"),
        ("end", "done", ""),
    ]


def test_a_wait_for_a_time_takes_the_customers_zone() -> None:
    step = {"id": "wait", "type": "waitForTime", "time": "09:00", "zone": {"from": "dataFields.zone"}, "next": "end"}
    receipt = ran(step, END, dataFields={"zone": "Asia/Tokyo"})
    due = row(receipt).due_at
    assert due is not None
    assert (due.astimezone(UTC).hour, due.minute, due.second) == (0, 0, 0), "it is nine in Tokyo"
    assert row(receipt).step_runs.get().result["zone"] == "Asia/Tokyo"


def test_retention_takes_what_variables_and_awaited_events_quote_and_leaves_what_decided() -> None:
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "set"), variable("{{ steps.wait.size }}", "end"), END])
    receipt = fired(start, dataFields={"size": "M"})
    run_due()
    fired(awaited, dataFields={"size": "secret"})
    run_due()
    done = row(receipt)
    assert done.state["variables"] == {"greeting": "secret"}
    Occurrence.objects.update(registered_at=datetime.now(UTC))
    remove_data_fields(datetime.now(UTC) + timedelta(minutes=1), 5)
    done.refresh_from_db()
    assert "secret" not in str(done.state)
    results = {step.step: step.result for step in done.step_runs.all()}
    assert "secret" not in str(results)
    assert (results["wait"]["branch"], results["set"]["name"]) == ("happened", "greeting")


def test_n8n_3531_a_waiting_invocation_keeps_all_it_knew_over_days_and_new_versions() -> None:
    """What waits keeps its data fields, variables and version, however the scenario changes meanwhile."""
    event = an_event()
    day = {"id": "wait", "type": "wait", "duration": "P30D", "next": "late"}
    late = variable("{{ variables.greeting }}, {{ dataFields.size }}, {{ event.slug }}", id="late", name="late")
    scenario = a_scenario(event, steps=[variable("Hi", "wait"), day, late])
    receipt = fired(event, dataFields={"size": "M"})
    run_due()
    scenario.published = scenario.versions.create(number=2, definition={**scenario.draft, "steps": []})
    scenario.save()
    time_passes()
    run_due()
    assert row(receipt).step_runs.get(step="late").result["value"] == f"Hi, M, {event.slug}"


def test_activepieces_5549_removing_old_data_leaves_what_still_waits() -> None:
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited), END])
    receipt = fired(start, dataFields={"size": "M"})
    run_due()
    remove_data_fields(datetime.now(UTC) + timedelta(minutes=1), 5)
    assert stands(receipt) == "waiting"
    assert Occurrence.objects.get(pk=receipt.occurrence_id).data_fields_removed_at is None
    fired(awaited)
    run_due()
    assert branch(receipt) == "happened"
    assert Invocation.objects.filter(due_at__isnull=False).count() == 0
