"""Dry runs: what would become of an occurrence in a draft. Decided as a firing is, and nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.dry_run import DryRun, dry_run
from saleor_custom_events.defining.scenarios import archive_scenario, create_scenario, pause_scenario
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.hosts.sandbox.models import Order
from saleor_custom_events.models import CustomEvent, Occurrence, Scenario, ScenarioEntry
from saleor_custom_events.store.callers import Caller
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db

END = {"id": "end", "type": "exit"}
HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
KNOWN = {"left": "customer.exists", "operator": "equals", "right": True}


def a_draft(*events: CustomEvent, steps: Any = (END,), **start: Any) -> dict[str, Any]:
    starts = [{"id": f"start{i}", "type": "customEvent", "event": event.pk, **start} for i, event in enumerate(events)]
    return {"spec": 1, "starts": starts, "steps": list(steps)}


def a_scenario_with(draft: dict[str, Any]) -> Scenario:
    return create_scenario(BOSS, "Welcome", draft)


def typed(scenario: Scenario, event: CustomEvent, *, by: Caller = BOSS, draft: Any = None, **members: Any) -> DryRun:
    body = {"customEventId": event.pk, "customerEmail": "anna@example.com", **members}
    return dry_run(by, scenario.pk, draft=draft, typed=body)


def logged(
    scenario: Scenario, event: CustomEvent, *, by: Caller = BOSS, key: Caller = TRUSTED, **members: Any
) -> DryRun:
    body = {"customEventId": event.pk, "customerEmail": "anna@example.com", **members}
    occurrence = fire(read_firing(body), key).occurrence_id
    return dry_run(by, scenario.pk, occurrence_id=occurrence)


def mail(text: str = "Hi", after: str | None = None, step: str = "mail") -> dict[str, Any]:
    config = {"subject": "Hello {{ customer.firstName }}", "text": text}
    return {"id": step, "type": "action", "action": "send_email", "config": config, "next": after}


def looks(when: dict[str, Any], then: str) -> dict[str, Any]:
    return {"id": "look", "type": "condition", "branches": [{"when": when, "next": then}], "otherwise": None}


def refused(caught: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in caught.value.problems]


def shown(run: DryRun) -> list[tuple[str, str, str]]:
    return [(step.step, step.status.value, step.reason) for step in run.steps]


def test_a_typed_occurrence_goes_through_the_saved_draft() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event, steps=[looks(HIGH, "mail"), mail("Score {{ dataFields.score }}")]))

    high, low = (typed(scenario, event, dataFields={"score": score}) for score in (82, 31))

    assert (high.start, high.outcome, high.status, high.reason) == ("start0", "started", "completed", "")
    assert shown(high) == [("look", "done", ""), ("mail", "done", "")]
    assert isinstance(high.steps[1].input, dict)
    assert (high.steps[1].input["subject"], high.steps[1].input["text"]) == ("Hello", "Score 82")
    assert shown(low) == [("look", "done", "")]
    assert isinstance(low.steps[0].result, dict)
    assert low.steps[0].result["branch"] == "otherwise"


def test_a_draft_that_is_not_saved_can_be_tried_before_it_is() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event, steps=[mail()]))

    assert shown(typed(scenario, event, draft=a_draft(event))) == [("end", "done", "")]
    assert Scenario.objects.get().draft == scenario.draft


def test_a_logged_occurrence_goes_through_with_its_fields_and_its_trust() -> None:
    event = an_event(public=True)
    scenario = a_scenario_with(a_draft(event, steps=[looks(HIGH, "mail"), mail(after="end"), END]))

    by_server = logged(scenario, event, dataFields={"score": 82})
    by_browser = logged(scenario, event, key=a_key()[1], dataFields={"score": 82})

    assert shown(by_server) == [("look", "done", ""), ("mail", "done", ""), ("end", "done", "")]
    assert (by_browser.status, by_browser.reason) == ("completed", "SKIPPED_UNVERIFIED")
    assert shown(by_browser)[1] == ("mail", "skipped", "SKIPPED_UNVERIFIED")


def test_the_clock_begins_now_and_waits_move_it() -> None:
    event = an_event()
    wait = {"id": "wait", "type": "wait", "duration": "P400D", "next": "end"}
    scenario = a_scenario_with(a_draft(event, steps=[wait, END]))

    first, last = typed(scenario, event).steps

    assert abs(first.at - datetime.now(UTC)) < timedelta(seconds=10)
    assert last.at - first.at == timedelta(days=400)


# Whether it starts is decided as for a firing.


def test_of_several_start_points_the_first_whose_filter_holds_takes_it() -> None:
    event = an_event()
    draft = a_draft(event, event)
    draft["starts"][0]["filter"] = HIGH
    scenario = a_scenario_with(draft)

    assert typed(scenario, event, dataFields={"score": 82}).start == "start0"
    assert typed(scenario, event, dataFields={"score": 31}).start == "start1"


@pytest.mark.parametrize("members", [{"dataFields": {"score": 31}}, {}])
def test_what_the_filter_keeps_out_starts_nothing(members: dict[str, Any]) -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event, filter=HIGH))

    run = typed(scenario, event, **members)

    assert (run.start, run.outcome, run.status) == ("start0", "skipped", "skipped")
    assert (run.reason, run.steps) == ("SKIPPED_FILTER", ())


def test_an_event_that_no_start_point_names_starts_nothing() -> None:
    event, other = an_event(), an_event()
    scenario = a_scenario_with(a_draft(event))

    run = typed(scenario, other)

    assert (run.start, run.status, run.reason) == (None, "skipped", "SKIPPED_NO_SCENARIO")


def test_a_paused_scenario_starts_nothing() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[END])
    pause_scenario(BOSS, scenario.pk)

    assert typed(scenario, event).reason == "SKIPPED_PAUSED"


def test_an_archived_scenario_is_not_tried() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[END])
    archive_scenario(BOSS, scenario.pk)

    with pytest.raises(Refused) as caught:
        typed(scenario, event)
    assert refused(caught) == [("id", "ARCHIVED")]


def test_whoever_entered_before_is_kept_out_and_nobody_else() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[END], reentry="once")
    entered = fire(read_firing({"customEventId": event.pk, "customerEmail": "anna@example.com"}), TRUSTED)

    assert (typed(scenario, event).start, typed(scenario, event).reason) == ("start0", "SKIPPED_REENTRY")
    assert typed(scenario, event, customerEmail="ewa@example.com").status == "completed"
    itself = dry_run(BOSS, scenario.pk, occurrence_id=entered.occurrence_id)
    assert itself.status == "completed", "it is the one that entered"
    ScenarioEntry.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert typed(scenario, event).status == "completed", "that was long ago"


def test_once_for_each_and_nobody_named() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event, reentry="once"))

    assert typed(scenario, event, customerEmail=None, anonymousId="a").status == "completed"
    occurrence = fire(read_firing({"customEventId": event.pk, "anonymousId": "a"}), TRUSTED).occurrence_id
    Occurrence.objects.update(anonymous_id=None)
    assert dry_run(BOSS, scenario.pk, occurrence_id=occurrence).reason == "SKIPPED_NO_IDENTITY"


def test_nothing_is_written_and_the_store_is_asked_once() -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    event = an_event()
    change = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": {"entries": {"a": "b"}}}
    fires = {"id": "fire", "type": "action", "action": "fire_event", "config": {"event": event.pk}}
    steps = [mail(after="set"), {**change, "next": "fire"}, {**fires, "next": "look"}, looks(KNOWN, "end"), END]
    scenario = a_scenario(event, steps=steps, reentry="once")

    with CaptureQueriesContext(connection) as queries:
        run = typed(scenario, event, idempotencyKey="a")

    assert [status for _, status, _ in shown(run)] == ["done"] * 5
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert len([query for query in queries if "sandbox_user" in query["sql"]]) == 1


# Who may see what.


def test_whoever_may_see_customers_tries_it_with_the_stores_customer() -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    event = an_event()
    scenario = a_scenario_with(a_draft(event, steps=[looks(KNOWN, "mail"), mail()]))

    run = typed(scenario, event)

    assert isinstance(run.steps[1].input, dict)
    assert run.steps[1].input["subject"] == "Hello Anna"


def test_whoever_may_not_learns_nothing_of_a_customer_by_typing_an_address() -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna", metadata={"tier": "gold"})
    event = an_event()
    scenario = a_scenario(event, steps=[mail("Tier {{ customer.metadata.tier }}", "look"), looks(KNOWN, "end"), END],
                          reentry="once")  # fmt: skip
    fire(read_firing({"customEventId": event.pk, "customerEmail": "anna@example.com"}), TRUSTED)

    with CaptureQueriesContext(connection) as queries:
        of_anna = typed(scenario, event, by=MARKETER)
    of_nobody = typed(scenario, event, by=MARKETER, customerEmail="nobody@example.com")

    assert not [query for query in queries if "sandbox_user" in query["sql"] or "entry" in query["sql"]]
    assert "Anna" not in str(of_anna.steps)
    assert shown(of_anna) == shown(of_nobody) == [("mail", "done", ""), ("look", "done", "")]
    assert str(of_anna.steps[0].input) == str(of_nobody.steps[0].input)


def test_nor_what_that_customer_has_ordered() -> None:
    Order.objects.create(user_email="anna@example.com", status="fulfilled", currency="PLN", total_gross_amount=9)
    event = an_event()
    ordered = {"left": "orders.count", "operator": "greaterThan", "right": 0}
    scenario = a_scenario(event, steps=[looks(ordered, "end"), END])

    with CaptureQueriesContext(connection) as queries:
        by_marketer = typed(scenario, event, by=MARKETER)
    by_boss = typed(scenario, event)

    assert not [query for query in queries if "sandbox_order" in query["sql"]]
    assert [len(run.steps) for run in (by_marketer, by_boss)] == [1, 2]


def test_an_occurrence_of_the_log_is_for_those_who_may_see_it() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event))

    with pytest.raises(Refused) as caught:
        logged(scenario, event, by=MARKETER)
    assert caught.value.status == 403
    with pytest.raises(Refused) as caught:
        typed(scenario, event, by=NOBODY)
    assert caught.value.status == 403


# What cannot be tried.


def test_a_draft_with_faults_is_refused_with_the_places_that_publishing_names() -> None:
    event = an_event()
    broken = a_draft(
        event, steps=[{"id": "a", "type": "action", "action": "send_webhook", "config": {"url": "ftp://x"}}]
    )
    scenario = a_scenario_with(broken)

    with pytest.raises(Refused) as caught:
        typed(scenario, event)
    assert (caught.value.code, refused(caught)) == ("INVALID", [("steps[0].config.url", "INVALID_URL")])
    with pytest.raises(Refused) as caught:
        typed(scenario, event, draft=a_draft(event, CustomEvent(pk=987_654)))
    assert refused(caught) == [("starts[1].event", "NOT_FOUND")]
    with pytest.raises(Refused) as caught:
        typed(scenario, event, draft={"spec": 1, "starts": [], "steps": []})
    assert refused(caught) == [("starts", "REQUIRED")]


def test_a_typed_occurrence_is_held_to_the_declarations_as_a_firing_is() -> None:
    declared = [{"name": "score", "type": "Number", "required": True}]
    event = an_event(declared_fields=declared, violations="reject")
    scenario = a_scenario_with(a_draft(event, steps=[looks(HIGH, "end"), END]))

    assert shown(typed(scenario, event, dataFields={"score": "82"})) == [("look", "done", ""), ("end", "done", "")]
    for fields, problem in (
        ({"score": "much"}, ("dataFields.score", "WRONG_TYPE")),
        ({}, ("dataFields.score", "REQUIRED")),
        ({"score": [1]}, ("dataFields.score", "WRONG_TYPE")),
    ):
        with pytest.raises(Refused) as caught:
            typed(scenario, event, dataFields=fields)
        assert problem in refused(caught)


def test_there_is_no_such_thing() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event))
    unlogged = fire(read_firing({"customEventId": an_event(logging=False).pk, "anonymousId": "a"}), TRUSTED)
    nothing = "01943e9a-0000-7000-8000-000000000000"

    for given, problem in (
        ({"occurrence_id": nothing}, ("occurrenceId", "NOT_FOUND")),
        ({"occurrence_id": unlogged.occurrence_id}, ("occurrenceId", "NOT_FOUND")),
        ({"occurrence_id": "nonsense"}, ("occurrenceId", "INVALID_ID")),
        ({}, ("occurrenceId", "INVALID")),
        ({"typed": {"customEventId": 987_654, "anonymousId": "a"}}, ("customEventId", "EVENT_NOT_FOUND")),
    ):
        with pytest.raises(Refused) as caught:
            dry_run(BOSS, scenario.pk, **given)  # type: ignore[arg-type]
        assert refused(caught) == [problem]
    with pytest.raises(Refused) as caught:
        dry_run(BOSS, 987_654, occurrence_id=nothing)
    assert refused(caught) == [("id", "NOT_FOUND")]


def test_of_an_occurrence_without_its_data_fields_nothing_can_be_said() -> None:
    event = an_event()
    scenario = a_scenario_with(a_draft(event))
    occurrence = fire(read_firing({"customEventId": event.pk, "anonymousId": "a"}), TRUSTED).occurrence_id
    Occurrence.objects.update(data_fields_removed_at=datetime.now(UTC))

    with pytest.raises(Refused) as caught:
        dry_run(BOSS, scenario.pk, occurrence_id=occurrence)
    assert refused(caught) == [("occurrenceId", "DATA_REMOVED")]


def test_templates_that_take_for_ever_are_given_up() -> None:
    event = an_event()
    work = "Hi {% for i in (1..900) %}" + "{{ dataFields.a | upcase | downcase | capitalize }}" * 20 + "{% endfor %}"
    steps = [mail(work, f"s{i + 1}" if i < 99 else None, f"s{i}") for i in range(100)]
    scenario = a_scenario_with(a_draft(event, steps=steps))
    began = datetime.now(UTC)

    run = typed(scenario, event)

    assert datetime.now(UTC) - began < timedelta(seconds=10)
    assert (run.status, run.reason) == ("failed", "FAILED_LIMIT")
