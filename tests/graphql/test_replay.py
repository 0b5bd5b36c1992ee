"""Bulk replay over GraphQL."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, global_id
from saleor_custom_events.models import CustomEvent, Invocation, Replay
from saleor_custom_events.running.queue import cancel
from saleor_custom_events.running.replaying import go_on
from tests.graphql.conftest import Asker, staff
from tests.graphql.test_permissions import CUSTOMERS, DEFINE
from tests.log.making import fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

REPLAY = """
mutation ($filter: CustomEventReplayFilterInput!, $over: String, $preview: Boolean!) {
  customEventReplay(filter: $filter, version: CURRENT, over: $over, preview: $preview) {
    errors { field code } plan { total sampled leftOut { name count } effects { name count } }
    replay { number status version total made leftOut { name count } createdBy endedAt } } }"""
STOP = """
mutation ($number: String!) {
  customEventReplayStop(number: $number) { errors { field code } replay { number status } } }"""
REPLAYS = "{ customEventReplays { number status made total } }"
MAIL = {"id": "mail", "type": "action", "action": "send_email", "config": {"subject": "Hi", "text": "Hello"}}


@pytest.fixture
def event(db: None) -> CustomEvent:
    """Give an event with two rows that somebody cancelled."""
    event = an_event()
    a_scenario(event, steps=[MAIL])
    for _ in range(2):
        (row,) = fired(event)
        assert cancel(row.pk, "By a test.")
    return event


def asked(event: CustomEvent, **more: Any) -> dict[str, Any]:
    created = {"gte": "2026-01-01T00:00:00Z"}
    return {"filter": {"event": global_id(EVENT, event.pk), "status": ["CANCELLED"], "created": created, **more}}


def test_first_the_preview_then_the_replay(ask: Asker, boss: str, event: CustomEvent) -> None:
    done = ask(REPLAY, {**asked(event), "preview": True}, by=boss).done

    assert done["plan"] == {
        "total": 2,
        "sampled": 2,
        "leftOut": [],
        "effects": [{"name": "send_email", "count": 2}],
    }
    assert done["replay"] is None
    assert not Replay.objects.exists()

    replay = ask(REPLAY, {**asked(event), "preview": False}, by=boss).done["replay"]
    assert (replay["status"], replay["version"], replay["total"], replay["made"]) == ("RUNNING", "CURRENT", 2, 0)
    assert replay["createdBy"].startswith("staff")
    go_on(10)
    (now,) = ask(REPLAYS, by=boss).data["customEventReplays"]
    assert now == {"number": replay["number"], "status": "DONE", "made": 2, "total": 2}
    assert Invocation.objects.filter(retry_of__isnull=False).count() == 2


def test_the_list_says_whose_rows_they_were_and_who_stopped_it(ask: Asker, boss: str, event: CustomEvent) -> None:
    (row, *_) = Invocation.objects.filter(event=event).values_list("scenario", flat=True)
    of_scenario = asked(event, scenario=global_id(SCENARIO, row or 0))
    ask(REPLAY, {**of_scenario, "over": "P1D", "preview": False}, by=boss)
    number = ask(REPLAY, {**asked(event), "over": "P1D", "preview": False}, by=boss).done["replay"]["number"]
    ask(STOP, {"number": number}, by=boss)

    query = "{ customEventReplays { event { number } scenario { number } stoppedBy } }"
    stopped, running = ask(query, by=boss).data["customEventReplays"]
    assert (stopped["event"], stopped["scenario"]) == ({"number": event.pk}, None)
    assert stopped["stoppedBy"].startswith("staff")
    assert running == {"event": {"number": event.pk}, "scenario": {"number": row}, "stoppedBy": None}


def test_it_is_stopped(ask: Asker, boss: str, event: CustomEvent) -> None:
    number = ask(REPLAY, {**asked(event), "over": "P1D", "preview": False}, by=boss).done["replay"]["number"]

    assert ask(STOP, {"number": number}, by=boss).done["replay"] == {"number": number, "status": "STOPPED"}
    assert ask(STOP, {"number": number}, by=boss).refusals == [("number", "WRONG_STATUS")]


@pytest.mark.parametrize(
    ("more", "over", "refusal"),
    [
        ({"created": {}}, None, ("filter.created.gte", "REQUIRED")),
        ({"status": ["RUNNING"]}, None, ("filter.status", "INVALID")),
        ({"status": ["FAILED"]}, None, ("filter", "NOTHING")),
        ({"scenario": "x"}, None, ("filter.scenario", "INVALID_ID")),
        ({}, "soon", ("over", "INVALID")),
        ({}, "P31D", ("over", "LIMIT")),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(
    ask: Asker, boss: str, event: CustomEvent, more: dict[str, Any], over: str | None, refusal: tuple[str, str]
) -> None:
    assert ask(REPLAY, {**asked(event, **more), "over": over, "preview": False}, by=boss).refusals == [refusal]
    assert not Replay.objects.exists()


def test_of_a_scenario_and_a_reason(ask: Asker, boss: str, event: CustomEvent) -> None:
    scenario = Invocation.objects.filter(event=event).values_list("scenario", flat=True)[0]
    given = asked(event, scenario=global_id(SCENARIO, scenario or 0), reason=["CANCELLED_BY_STAFF"])

    assert ask(REPLAY, {**given, "preview": True}, by=boss).done["plan"]["total"] == 2


def test_whoever_may_not_let_scenarios_do_that_replays_none(ask: Asker, db: None, settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_PERMISSION_DEFINE = "MANAGE_PAGES"
    event = an_event()
    code = {"id": "code", "type": "action", "action": "issue_voucher_code", "config": {"voucher": "Vm91Y2hlcjox"}}
    a_scenario(event, steps=[code])
    (row,) = fired(event)
    cancel(row.pk, "By a test.")

    for preview in (True, False):
        given = {**asked(event), "preview": preview}
        assert ask(REPLAY, given, by=staff("MANAGE_PAGES", CUSTOMERS)).refusals == [("code", "PERMISSION_DENIED")]
        assert ask(REPLAY, given, by=staff("MANAGE_PAGES", CUSTOMERS, DEFINE)).refusals == []
