"""Why did nothing happen? Every way in which nothing happens has its finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.scenarios import create_scenario
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.log.explain import Explanation, Finding, Question, explain
from saleor_custom_events.models import CustomEvent, ScenarioVersion
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.scenarios.outcomes import Reason, Status
from tests.defining.people import BOSS, MARKETER
from tests.log.making import ended, fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db


def why(event: CustomEvent | int | str, email: str = "anna@example.com", **more: Any) -> Explanation:
    now = datetime.now(UTC)
    reference = event.pk if isinstance(event, CustomEvent) else event
    span = {"since": now - timedelta(hours=1), "until": now + timedelta(hours=1)}
    return explain(BOSS, Question(email=email, event=reference, **span | more))


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def one(explanation: Explanation, code: str) -> Finding:
    (finding,) = [found for found in explanation.findings if found.code == code]
    return finding


@pytest.mark.parametrize("reference", [987_654, "no-such-event", "a\0"])
def test_the_event_does_not_exist(reference: int | str) -> None:
    count_refusal(Refused(404, "EVENT_NOT_FOUND", "No."), event=None, key=None)

    explanation = why(reference)

    assert explanation.event is None
    assert codes(explanation.findings) == ["EVENT_UNKNOWN", "REFUSED_UNKNOWN_EVENT"]
    assert one(explanation, "REFUSED_UNKNOWN_EVENT").reason == "EVENT_NOT_FOUND"


def test_the_event_was_never_fired() -> None:
    assert codes(why(an_event()).findings) == ["NEVER_FIRED", "NO_OCCURRENCE"]


def test_the_event_is_named_by_its_slug_as_well() -> None:
    event = an_event()

    assert why(event.slug).event == event.pk


def test_the_event_is_archived() -> None:
    event = an_event(archived_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert one(why(event), "EVENT_ARCHIVED").at == event.archived_at


def test_logging_is_off_and_the_firing_cannot_be_looked_up() -> None:
    event = an_event(logging=False)
    fired(event)

    explanation = why(event)

    assert codes(explanation.findings) == ["LOGGING_OFF", "NO_OCCURRENCE"]


def test_firings_were_refused() -> None:
    event = an_event()
    problem = Problem(field="dataFields.score", code="REQUIRED", message="Needed.")
    for _ in range(3):
        count_refusal(Refused(422, "FIELDS_REJECTED", "No.", problem), event=event.pk, key=None)
    count_refusal(Refused(403, "EVENT_NOT_PUBLIC", "No."), event=event.slug, key=None)

    refused = [finding for finding in why(event).findings if finding.code == "REFUSED"]

    assert [(finding.reason, finding.count) for finding in refused] == [("FIELDS_REJECTED", 3), ("EVENT_NOT_PUBLIC", 1)]


def test_calls_with_a_wrong_key_are_refused_before_their_event_is_known() -> None:
    event = an_event()
    count_refusal(Refused(401, "INVALID_KEY", "No."), event=None, key=None)

    finding = one(why(event), "REFUSED_UNKNOWN_EVENT")

    assert (finding.reason, finding.count) == ("INVALID_KEY", 1)


def test_somebody_elses_firing_is_not_this_customers() -> None:
    event = an_event()
    fired(event, "ewa@example.com")

    assert one(why(event), "NO_OCCURRENCE").count == 0
    assert one(why(event, "EWA@example.com"), "OCCURRENCES_FOUND").count == 1


def test_a_firing_outside_the_time_is_not_found() -> None:
    event = an_event()
    fired(event)
    past = datetime.now(UTC) - timedelta(days=2)

    explanation = why(event, since=past, until=past + timedelta(hours=1))

    assert "NO_OCCURRENCE" in codes(explanation.findings)


def test_no_scenario_listened() -> None:
    event = an_event()
    (row,) = fired(event)

    finding = one(why(event), "NO_SCENARIO")

    assert (finding.invocation, finding.reason) == (row.pk, "SKIPPED_NO_SCENARIO")


def test_a_draft_names_the_event_but_was_never_published() -> None:
    event = an_event()
    starts = [{"id": "s", "type": "customEvent", "event": event.pk}]
    made = create_scenario(BOSS, "Forgotten", {"spec": 1, "starts": starts, "steps": []})
    fired(event)

    finding = one(why(event), "SCENARIO_NOT_PUBLISHED")

    assert finding.scenario == made.pk
    assert "Forgotten" in finding.message


def test_the_scenario_was_paused() -> None:
    event = an_event()
    scenario = a_scenario(event, paused=True)
    fired(event)

    explanation = why(event)

    assert one(explanation, "SCENARIO_PAUSED").scenario == scenario.pk
    assert one(explanation, "INVOCATION_SKIPPED").reason == "SKIPPED_PAUSED"


def test_the_scenario_was_published_after_the_firing() -> None:
    event = an_event()
    fired(event)
    scenario = a_scenario(event)
    fired(event)

    assert one(why(event), "SCENARIO_PUBLISHED_LATER").scenario == scenario.pk


def test_a_version_published_after_the_scenario_started_explains_nothing() -> None:
    event = an_event()
    a_scenario(event)
    fired(event)
    ScenarioVersion.objects.update(published_at=datetime.now(UTC) + timedelta(minutes=5))

    assert "SCENARIO_PUBLISHED_LATER" not in codes(why(event).findings)


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.NO_SCENARIO])
def test_every_reason_is_a_sentence_of_its_own(reason: Reason) -> None:
    event = an_event()
    scenario = a_scenario(event, name="Welcome")
    (row,) = fired(event)
    ended(row, Status.COMPLETED, "")
    plain = one(why(event), "INVOCATION_COMPLETED").message

    ended(row, Status.COMPLETED, reason.value, "Because")
    finding = one(why(event), "INVOCATION_COMPLETED")

    assert (finding.reason, finding.scenario, finding.invocation) == (reason.value, scenario.pk, row.pk)
    assert "Welcome" in finding.message
    assert finding.message.replace(" (Because)", "") not in (plain, finding.message)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_a_sentence(status: Status) -> None:
    event = an_event()
    a_scenario(event, name="Welcome")
    ended(fired(event)[0], status)

    assert one(why(event), f"INVOCATION_{status.name}").message.startswith("Scenario “Welcome” ")


def test_the_question_needs_the_permission_to_see_customers() -> None:
    event = an_event()
    now = datetime.now(UTC)
    with pytest.raises(Refused) as refused:
        explain(MARKETER, Question(email="anna@example.com", event=event.pk, since=now, until=now))

    assert refused.value.code == "PERMISSION_DENIED"


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    now = datetime.now(UTC)
    with pytest.raises(Refused) as refused:
        why(an_event(), since=now, until=now - timedelta(seconds=1))

    assert [problem.field for problem in refused.value.problems] == ["to"]


def test_twenty_firings_cost_as_many_queries_as_one() -> None:
    event = an_event()
    for _ in range(3):
        a_scenario(event)
    fired(event)
    with CaptureQueriesContext(connection) as one_firing:
        why(event)
    for _ in range(24):
        fired(event)
    with CaptureQueriesContext(connection) as many:
        explanation = why(event)

    assert one(explanation, "OCCURRENCES_FOUND").count == 20
    assert len(many) == len(one_firing)


def test_of_two_rows_of_one_scenario_the_later_says_that_it_is_a_retry() -> None:
    event = an_event()
    a_scenario(event, name="Welcome")
    (first,) = fired(event)
    ended(first, Status.FAILED, Reason.ACTION)
    again = retry(first.pk, RetryVersion.CURRENT, RetryFrom.START, by="VXNlcjox boss", allow=lambda definition: None)

    messages = [finding.message for finding in why(event).findings if finding.invocation]

    assert messages == [
        "Scenario “Welcome” failed: an action did not succeed.",
        f"Retry of invocation {first.pk}: scenario “Welcome” is running.",
    ]
    assert one(why(event), "INVOCATION_RUNNING").invocation == again
