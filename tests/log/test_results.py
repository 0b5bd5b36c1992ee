"""Results of a version: what is counted of its runs, and the rows of the log behind each count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.errors import Refused
from saleor_custom_events.log import tallying
from saleor_custom_events.log.counted import CountedFilter
from saleor_custom_events.log.exporting import read_csv
from saleor_custom_events.log.reading import LogFilter, read_log
from saleor_custom_events.log.results import Outcome, PartCount, Results, read_results
from saleor_custom_events.log.wording import Language
from saleor_custom_events.models import CustomEvent, Invocation, Scenario, StepRun
from saleor_custom_events.running import queue
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.outcomes import Status
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.log.test_filled import PAGE, costs
from tests.receiver import Receiver
from tests.running.again import END, again, fired, mail, republished, wait, webhook
from tests.running.conftest import hook
from tests.shop import a_scenario, an_event

__all__ = ["hook"]
pytestmark = pytest.mark.django_db(transaction=True)

HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
SPLIT = {"id": "high", "type": "condition", "branches": [{"when": HIGH, "next": "wait"}], "otherwise": "hook"}
ALL = Slice(first=100)


def results(scenario: Scenario, version: int | None = None) -> Results:
    """Give what was counted within a day around now."""
    now = datetime.now(UTC)
    found = read_results(MARKETER, scenario.pk, version, now - timedelta(days=1), now + timedelta(days=1))
    assert found is not None
    return found


def rows(scenario: Scenario, version: int, part: str, count: PartCount, **more: Any) -> list[int]:
    """Give the numbers of the log's rows that a count leads to."""
    step = CountedFilter(id=part, outcome=count.outcome, way=count.way or None, reason=count.reason or None)
    wanted = LogFilter(scenario=scenario.pk, version=version, step=step, **more)
    return [row.number for row in read_log(MARKETER, wanted, ALL).rows]


def numbers(found: Results, part: str) -> dict[tuple[str, str], int]:
    return {(one.outcome.value, one.way or one.reason): one.number.count for one in found.parts.get(part, ())}


@pytest.fixture
def ran(hook: Receiver) -> Scenario:
    """Run a scenario with and without logging through every end that it has, and give it."""
    loud, silent = an_event(), an_event(logging=False)
    scenario = a_scenario(
        loud, silent, steps=[SPLIT, wait("hook"), webhook(hook.url, after="mail"), mail("end"), END], reentry="once"
    )
    hook.answers = [(404, {}), (200, {})]
    for number, score in enumerate((90, 80, 70, 10, 20, 30, 40)):
        fired(loud, customerEmail=None, anonymousId=f"browser{number}", dataFields={"score": score})
        run_due()
    fired(loud, customerEmail=None, anonymousId="browser3")
    fired(silent, customerEmail=None, anonymousId="browser9", dataFields={"score": 99})
    run_due()
    again(Invocation.objects.get(status=Status.FAILED))
    run_due()
    waiting = Invocation.objects.filter(status=Status.WAITING, logged=True).order_by("pk")
    assert queue.cancel(waiting[0].pk, "By somebody.")
    return scenario


@pytest.mark.parametrize("folded", [False, True], ids=["not folded", "folded"])
def test_every_count_has_just_as_many_rows_in_the_log(ran: Scenario, folded: bool) -> None:
    if folded:
        assert tallying.tidy(10_000)
    found = results(ran)
    assert numbers(found, "start0") == {("started", ""): 7, ("skipped", "SKIPPED_REENTRY"): 1}
    assert numbers(found, "start1") == {("started", ""): 1}
    assert numbers(found, "high") == {("passed", "0"): 4, ("passed", "otherwise"): 4}
    assert numbers(found, "wait") == {("waiting", ""): 3, ("stopped", ""): 1}
    assert numbers(found, "hook") == {("passed", ""): 4}
    assert numbers(found, "mail") == {("skipped", "SKIPPED_UNVERIFIED"): 4}
    for part, counts in found.parts.items():
        for count in counts:
            assert len(rows(ran, 1, part, count)) == count.number.in_log, (part, count)


def test_totals_say_how_runs_stand_and_why_they_did_not_begin(ran: Scenario) -> None:
    totals = {(one.statuses, one.reason): (one.number.count, one.number.in_log) for one in results(ran).totals}
    assert totals == {
        ((Status.RUNNING, Status.WAITING), ""): (3, 2),
        ((Status.COMPLETED,), ""): (4, 4),
        ((Status.CANCELLED,), ""): (1, 1),
        ((Status.SKIPPED,), "SKIPPED_REENTRY"): (1, 1),
    }
    for one in results(ran).totals:
        wanted = LogFilter(scenario=ran.pk, version=1, statuses=one.statuses)
        assert len(read_log(MARKETER, wanted, ALL).rows) == one.number.in_log


def test_pages_of_what_was_counted_meet_without_gaps(ran: Scenario) -> None:
    step = CountedFilter(id="high", outcome=Outcome.PASSED)
    wanted = LogFilter(scenario=ran.pk, version=1, step=step)
    everything = [row.number for row in read_log(MARKETER, wanted, ALL).rows]
    assert len(everything) == 7
    first = read_log(MARKETER, wanted, Slice(first=4))
    second = read_log(MARKETER, wanted, Slice(first=4, after=first.cursors[-1]))
    assert [row.number for row in (*first.rows, *second.rows)] == everything == sorted(everything, reverse=True)
    back = read_log(MARKETER, wanted, Slice(last=4, before=second.cursors[0]))
    assert back.rows == first.rows


def test_what_was_counted_can_be_narrowed_and_exported(ran: Scenario) -> None:
    step = CountedFilter(id="high", outcome=Outcome.PASSED, way="0")
    wanted = LogFilter(scenario=ran.pk, version=1, step=step, statuses=("cancelled",))
    assert len(read_log(MARKETER, wanted, ALL).rows) == 1
    assert read_csv(BOSS, wanted, Language.EN).rows == 1
    later = LogFilter(scenario=ran.pk, version=1, step=step, created_from=datetime.now(UTC) + timedelta(days=1))
    assert read_log(MARKETER, later, ALL).rows == ()


def test_each_version_has_counts_and_rows_of_its_own(ran: Scenario) -> None:
    event = CustomEvent.objects.get(logging=True)
    republished(ran, SPLIT | {"otherwise": "end"}, wait("end"), END, reentry="every")
    fired(event, dataFields={"score": 1})
    run_due()
    assert results(ran).version == 2
    assert numbers(results(ran), "high") == {("passed", "otherwise"): 1}
    assert numbers(results(ran, 1), "high") == {("passed", "0"): 4, ("passed", "otherwise"): 4}
    (count,) = results(ran).parts["high"]
    assert len(rows(ran, 2, "high", count)) == 1


def test_time_is_told_in_whole_hours_and_runs_belong_to_the_hour_in_which_they_were_made(ran: Scenario) -> None:
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    found = read_results(MARKETER, ran.pk, None, moment, moment + timedelta(hours=1))
    assert found is not None
    assert (found.since.hour, found.until.hour) == (12, 14)
    assert (found.totals, found.parts) == ((), {})
    whole = read_results(MARKETER, ran.pk, None, found.since, found.until)
    assert whole == found


def test_there_are_none_of_what_was_never_published_or_is_not_there(ran: Scenario) -> None:
    now = datetime.now(UTC)
    draft = Scenario.objects.create(name="Draft")
    for scenario, version in ((draft.pk, None), (ran.pk, 7), (999_999, None)):
        assert read_results(MARKETER, scenario, version, now, now + timedelta(hours=1)) is None


@pytest.mark.parametrize(("days", "code"), [(0, "INVALID"), (-1, "INVALID"), (400, "LIMIT")])
def test_no_time_or_more_than_a_year_is_refused(ran: Scenario, days: int, code: str) -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    with pytest.raises(Refused) as caught:
        read_results(MARKETER, ran.pk, None, since, since + timedelta(days=days))
    assert caught.value.code == code


def test_who_may_not_see_the_log_sees_no_results(ran: Scenario) -> None:
    now = datetime.now(UTC)
    with pytest.raises(Refused) as caught:
        read_results(NOBODY, ran.pk, None, now - timedelta(days=1), now)
    assert caught.value.status == 403


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"version": 1}, "filter.scenario"),
        ({"step": CountedFilter(id="high", outcome=Outcome.PASSED)}, "filter.version"),
    ],
)
def test_a_version_needs_its_scenario_and_a_step_its_version(wanted: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        read_log(MARKETER, LogFilter(**wanted), ALL)
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize("part", ["nothing", "wa\0it", "start0"])
def test_what_no_run_came_to_has_no_rows(ran: Scenario, part: str) -> None:
    step = CountedFilter(id=part, outcome=Outcome.STOPPED)
    assert read_log(MARKETER, LogFilter(scenario=ran.pk, version=1, step=step), ALL).rows == ()
    assert read_log(MARKETER, LogFilter(scenario=ran.pk, version=9, step=step), ALL).rows == ()


#: Like one that is there: every second went the other way, three failed.
MANY = """
WITH made AS (
  INSERT INTO saleor_custom_events_invocation (occurrence_id, event_id, scenario_id, version_id, scenario_name, start,
    status, reason, detail, customer_email, logged, created_at, ended_at, state, claims)
  SELECT i.occurrence_id, i.event_id, i.scenario_id, i.version_id, '', i.start, 'completed', '', '', NULL, true,
    i.created_at - n * interval '1 second', i.created_at, '{}', 0
  FROM generate_series(1, 30000) n, saleor_custom_events_invocation i WHERE i.id = %s RETURNING id, created_at)
INSERT INTO saleor_custom_events_steprun (invocation_id, visit, step, kind, status, reason, detail, attempts, effect,
  result, started_at, ended_at)
SELECT id, 1, 'high', 'condition', 'done', '', '', 1, '',
  jsonb_build_object('branch', CASE id %% 2 WHEN 0 THEN '0' ELSE 'otherwise' END), created_at, created_at
FROM made"""


@pytest.mark.parametrize("rare", [False, True], ids=["common", "rare"])
def test_a_page_of_what_was_counted_looks_at_a_page_of_rows_however_many_there_are(ran: Scenario, rare: bool) -> None:
    model = Invocation.objects.filter(status=Status.COMPLETED).order_by("pk")[0]
    with connection.cursor() as cursor:
        cursor.execute(MANY, (model.pk,))
        if rare:
            few = StepRun.objects.filter(step="high").order_by("pk").values_list("pk", flat=True)[100 : 100 + PAGE]
            StepRun.objects.filter(pk__in=list(few)).update(status="failed", reason="FAILED_ACTION")
        cursor.execute("ANALYZE saleor_custom_events_invocation")
        cursor.execute("ANALYZE saleor_custom_events_steprun")
    asked = [{"outcome": Outcome.FAILED}, {"outcome": Outcome.FAILED, "reason": "FAILED_ACTION"}]
    for one in asked if rare else [{"outcome": Outcome.PASSED}, {"outcome": Outcome.PASSED, "way": "otherwise"}]:
        wanted = LogFilter(scenario=ran.pk, version=1, step=CountedFilter(id="high", **one))
        for looked_at in costs(wanted, Slice(first=PAGE)):
            assert looked_at <= 3 * (PAGE + 1), "of each row the step run, the invocation and the version"
