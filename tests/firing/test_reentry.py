"""Re-entry: who is let in, who is kept out, and whom that ends. Decided by rows, whoever comes at the same moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.models import DataFields, Invocation, Occurrence, ScenarioEntry, ScenarioVersion
from saleor_custom_events.running import queue
from tests.firing.flows import fired, fired_at_once, fired_together, outcome, rows
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

STARTED = ("started", "")
AGAIN = ("skipped", "SKIPPED_REENTRY")


def end(status: str = "completed") -> None:
    """Let everything that is under way be over."""
    Invocation.objects.filter(due_at__isnull=False).update(due_at=None, status=status, ended_at=datetime.now(UTC))


def under_way() -> list[str]:
    return [str(one) for one in Invocation.objects.filter(due_at__isnull=False).values_list("occurrence_id", flat=True)]


def test_once_per_period_lets_a_customer_in_again_when_the_period_is_over() -> None:
    event = an_event()
    a_scenario(event, reentry="oncePerPeriod", period="P7D")
    assert [outcome(fired(event)) for _ in range(2)] == [STARTED, AGAIN]
    assert outcome(fired(event, customerEmail="bob@example.com")) == STARTED
    until = ScenarioEntry.objects.order_by("pk")[0].expires_at
    assert until is not None
    assert timedelta(days=6, hours=23) < until - datetime.now(UTC) <= timedelta(days=7)
    ScenarioEntry.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert [outcome(fired(event)) for _ in range(2)] == [STARTED, AGAIN]


def test_not_while_running_keeps_a_customer_out_until_the_one_before_has_ended() -> None:
    event = an_event()
    a_scenario(event, reentry="notWhileRunning")
    assert [outcome(fired(event)) for _ in range(2)] == [STARTED, AGAIN]
    assert outcome(fired(event, customerEmail="bob@example.com")) == STARTED
    for status in ("completed", "failed", "cancelled"):
        end(status)
        assert [outcome(fired(event)) for _ in range(2)] == [STARTED, AGAIN]


def test_whoever_was_cancelled_may_enter_again() -> None:
    event = an_event()
    a_scenario(event, reentry="notWhileRunning")
    fired(event)
    assert queue.cancel(Invocation.objects.get().pk, "no more")
    assert outcome(fired(event)) == STARTED


def test_restart_ends_the_one_before_and_lets_the_new_one_in() -> None:
    event = an_event()
    a_scenario(event, reentry="restart")
    first = fired(event)
    (claim,) = queue.claim(10, 30)
    others = fired(event, customerEmail="bob@example.com")
    second = fired(event)
    assert [outcome(receipt) for receipt in (first, others, second)] == [STARTED] * 3
    old = Invocation.objects.get(occurrence=first.occurrence_id)
    assert (old.status, old.reason, old.due_at) == ("cancelled", "CANCELLED_RESTARTED", None)
    assert str(old.superseded_by) == second.occurrence_id
    assert set(under_way()) == {others.occurrence_id, second.occurrence_id}
    settled = queue.settle([queue.quarantine(claim, "too late")], 30)
    assert settled == set(), "its lease is void"
    old.refresh_from_db()
    assert old.reason == "CANCELLED_RESTARTED"


def test_of_several_in_one_batch_the_last_one_runs() -> None:
    event = an_event()
    a_scenario(event, reentry="restart")
    before = fired(event)
    *_, last = fired_together(event, {}, {"customerEmail": "bob@example.com"}, {}, {})
    assert rows() == [
        ("cancelled", "CANCELLED_RESTARTED"),
        ("cancelled", "CANCELLED_RESTARTED"),
        ("running", ""),
        ("cancelled", "CANCELLED_RESTARTED"),
        ("running", ""),
    ]
    assert last.occurrence_id in under_way()
    first = Invocation.objects.get(occurrence=before.occurrence_id)
    assert str(first.superseded_by) == last.occurrence_id


def test_a_restart_forgets_whom_the_one_before_was_about_where_nothing_is_logged() -> None:
    event = an_event(logging=False)
    a_scenario(event, reentry="restart")
    first = fired(event, dataFields={"score": 1})
    second = fired(event, dataFields={"score": 2})
    emails = dict(Occurrence.objects.values_list("pk", "customer_email"))
    assert {str(key): email for key, email in emails.items()} == {
        first.occurrence_id: None,
        second.occurrence_id: "anna@example.com",
    }
    assert [str(row.pk) for row in DataFields.objects.all()] == [second.occurrence_id]


@pytest.mark.parametrize(
    ("rule", "started"),
    [
        ({"reentry": "once"}, 1),
        ({"reentry": "oncePerPeriod", "period": "P1D"}, 1),
        ({"reentry": "notWhileRunning"}, 1),
        ({"reentry": "restart"}, 40),
    ],
    ids=lambda value: str(value),
)
def test_reentry_makes_no_second_schedule_mautic_9797(rule: dict[str, Any], started: int) -> None:
    """However many fire for one customer at the same moment, one invocation is under way, and each has its row."""
    event = an_event()
    a_scenario(event, **rule)
    fired_at_once(event, [{} for _ in range(40)])
    assert len(under_way()) == 1
    reasons = [reason for _, reason in rows()]
    assert len(reasons) == 40
    assert reasons.count("SKIPPED_REENTRY") == 40 - started
    assert reasons.count("CANCELLED_RESTARTED") == started - 1
    assert ScenarioEntry.objects.count() == 1


def test_restarting_the_same_customers_in_opposite_orders_deadlocks_nobody() -> None:
    event = an_event()
    scenarios = [a_scenario(event, reentry=rule) for rule in ("restart", "notWhileRunning", "restart")]
    emails = [f"customer{number}@example.com" for number in range(5)]
    bodies = [{"customerEmail": email} for email in (*emails, *reversed(emails)) for _ in range(6)]
    fired_at_once(event, bodies)
    for scenario in scenarios:
        running = Invocation.objects.filter(scenario=scenario, due_at__isnull=False)
        assert sorted(running.values_list("customer_email", flat=True)) == emails


def test_each_rule_counts_its_own_entries() -> None:
    event = an_event()
    scenario = a_scenario(event, reentry="once")
    fired(event)
    end()
    assert scenario.published is not None
    definition = scenario.published.definition
    definition["starts"][0]["reentry"] = "notWhileRunning"
    scenario.published = ScenarioVersion.objects.create(scenario=scenario, number=2, definition=definition)
    scenario.save()
    assert outcome(fired(event)) == STARTED


@pytest.mark.parametrize("rule", ["once", "oncePerPeriod", "notWhileRunning", "restart"])
def test_a_repeated_firing_changes_nothing_whatever_the_rule(rule: str) -> None:
    event = an_event()
    a_scenario(event, reentry=rule, **({"period": "P1D"} if rule == "oncePerPeriod" else {}))
    first = fired(event, idempotencyKey="k1")
    before = rows()
    again = fired(event, idempotencyKey="k1")
    assert (again.duplicate, again.invocations) == (True, first.invocations)
    assert rows() == before == [("running", "")]


def test_a_start_point_without_reentry_and_flow_costs_no_statement_more() -> None:
    """Events, listeners, the time, then one transaction: who was erased, occurrence, data fields, invocations, the
    answer.
    """
    event = an_event()
    a_scenario(event)
    fired(event)
    with CaptureQueriesContext(connection) as queries:
        fired(event, dataFields={"score": 1})
    statements = [query["sql"] for query in queries if query["sql"] not in ("BEGIN", "COMMIT")]
    looked = ["customevent", "scenariostart"]
    written = ["occurrence", "datafields", "invocation"]
    assert [re.findall(r'FROM "saleor_custom_events_(\w+)"', sql)[0] for sql in statements[:2]] == looked
    assert statements[2] == "SELECT statement_timestamp()"
    assert [re.findall(r"INSERT INTO saleor_custom_events_(\w+)", sql)[0] for sql in statements[4:7]] == written
    assert "saleor_custom_events_tombstone" in statements[3]
    assert len(statements) == 8, "and the answer"
