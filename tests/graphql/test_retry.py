"""Retrying over GraphQL: what the log offers, what comes of it, and who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.doors.graphql.ids import INVOCATION, global_id
from saleor_custom_events.models import Invocation, Scenario
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.outcomes import Status
from tests.graphql.conftest import Asker, staff
from tests.log.making import ended, fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

ROW = "number retryOf retriedBy canResume canRetry status reason detail scenarioName createdAt"
RETRY = f"""
mutation ($id: ID!, $version: CustomEventRetryVersionEnum!, $from: CustomEventRetryFromEnum!) {{
  customEventInvocationRetry(id: $id, version: $version, from: $from) {{
    errors {{ field code message }} invocation {{ {ROW} }} }} }}"""
LOG = f"""{{ customEventInvocations(first: 50) {{ edges {{ node {{
  {ROW} occurrence {{ invocations {{ number retryOf scenarioName status }} }} }} }} }} }}"""
FROM_STEP = {"version": "ORIGINAL", "from": "FAILED_STEP"}
ANEW = {"version": "CURRENT", "from": "START"}
NO_SUBJECT = {
    "id": "mail",
    "type": "action",
    "action": "send_email",
    "config": {"subject": "{{ customer.firstName }}", "text": "Hi"},
    "next": None,
}


def a_failed_one() -> Invocation:
    """Give an invocation whose mail had no subject, since nobody knows the customer."""
    event = an_event()
    a_scenario(event, steps=[NO_SUBJECT])
    (invocation,) = fired(event)
    run_due()
    invocation.refresh_from_db()
    assert invocation.status == "failed"
    return invocation


def retried(ask: Asker, invocation: Invocation, given: dict[str, str], by: str) -> Any:
    return ask(RETRY, {"id": global_id(INVOCATION, invocation.pk), **given}, by=by)


def test_the_log_offers_what_would_be_taken(ask: Asker, boss: str) -> None:
    failed = a_failed_one()
    (running,) = fired(failed.event)

    rows = [edge["node"] for edge in ask(LOG, by=boss).data["customEventInvocations"]["edges"]]

    offered = {row["number"]: (row["canResume"], row["canRetry"]) for row in rows}
    assert offered == {str(failed.pk): (True, True), str(running.pk): (False, False)}
    assert {row["retryOf"] for row in rows} == {row["retriedBy"] for row in rows} == {None}


def test_from_the_failed_step_the_same_row_goes_on(ask: Asker, boss: str) -> None:
    failed = a_failed_one()

    row = retried(ask, failed, FROM_STEP, boss).done["invocation"]

    assert (row["number"], row["status"], row["retryOf"]) == (str(failed.pk), "RUNNING", None)
    assert row["retriedBy"].startswith("staff")
    assert (row["canResume"], row["canRetry"], row["reason"], row["detail"]) == (False, False, None, None)


def test_from_the_start_there_is_a_new_row_and_both_make_sense_beside_each_other(ask: Asker, boss: str) -> None:
    failed = a_failed_one()
    Scenario.objects.update(name="Another name")

    row = retried(ask, failed, ANEW, boss).done["invocation"]
    run_due()

    assert (row["retryOf"], row["scenarioName"]) == (str(failed.pk), "Another name")
    newest, oldest = (edge["node"] for edge in ask(LOG, by=boss).data["customEventInvocations"]["edges"])
    assert (newest["number"], oldest["number"]) == (row["number"], str(failed.pk))
    assert newest["retriedBy"] == row["retriedBy"], "also when it has ended"
    assert newest["status"] == "FAILED"
    assert [(other["number"], other["retryOf"]) for other in oldest["occurrence"]["invocations"]] == [
        (oldest["number"], None),
        (newest["number"], oldest["number"]),
    ]


def test_who_asked_is_masked_with_everything_else(ask: Asker, boss: str, definer: str) -> None:
    retried(ask, a_failed_one(), FROM_STEP, boss)

    (edge,) = ask(LOG, by=definer).data["customEventInvocations"]["edges"]

    assert edge["node"]["retriedBy"] == "s•••@e•••.com"


def test_what_cannot_be_retried_is_refused_with_a_code(ask: Asker, boss: str) -> None:
    failed = a_failed_one()
    ended(failed, Status.COMPLETED)
    assert retried(ask, failed, FROM_STEP, boss).refusals == [("id", "WRONG_STATUS")]
    ended(failed, Status.FAILED)
    wrong = {"version": "CURRENT", "from": "FAILED_STEP"}
    assert retried(ask, failed, wrong, boss).refusals == [("version", "INVALID")]
    assert ask(RETRY, {"id": "nonsense", **ANEW}, by=boss).refusals == [("id", "INVALID_ID")]
    assert Invocation.objects.get().status == "failed"


@pytest.mark.parametrize("given", [FROM_STEP, ANEW])
def test_whoever_retries_answers_for_what_the_scenario_does(ask: Asker, settings: Any, given: dict[str, str]) -> None:
    """As for publishing: here the shop lets others see customers than those who may write to them."""
    settings.SALEOR_CUSTOM_EVENTS_PERMISSION_CUSTOMERS = "MANAGE_ORDERS"
    failed = a_failed_one()

    answer = retried(ask, failed, given, staff("MANAGE_DISCOUNTS", "MANAGE_ORDERS"))

    assert answer.refusals == [("mail", "PERMISSION_DENIED")]
    assert "MANAGE_USERS" in answer.payload["errors"][0]["message"]
    assert Invocation.objects.get().status == "failed"
    by = staff("MANAGE_DISCOUNTS", "MANAGE_ORDERS", "MANAGE_USERS")
    assert retried(ask, failed, given, by).done["invocation"]["status"] == "RUNNING"


def test_what_rows_offer_costs_one_query_for_all_of_them(ask: Asker, boss: str) -> None:
    one = "{ customEventInvocations(first: 1) { edges { node { canResume canRetry } } } }"
    a_failed_one()
    with CaptureQueriesContext(connection) as of_one:
        ask(one, by=boss)
    for _ in range(5):
        a_failed_one()
    with CaptureQueriesContext(connection) as of_six:
        ask(one.replace("first: 1", "first: 6"), by=boss)

    assert len(of_six) == len(of_one)
