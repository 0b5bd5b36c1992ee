"""Bulk replay: what is run again, how fast, by whom it is stopped, and that nothing runs twice by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from saleor_custom_events import tasks
from saleor_custom_events.errors import Refused
from saleor_custom_events.models import CustomEvent, Invocation, Occurrence, Replay, Scenario, ScenarioStatus
from saleor_custom_events.running import replaying
from saleor_custom_events.running.foreseen_replay import foresee_replay
from saleor_custom_events.running.queue import cancel
from saleor_custom_events.running.replaying import Wanted, begin_replay, go_on, stop_replay
from saleor_custom_events.running.worker import run_due
from tests.graphql.test_permissions import everything
from tests.running.again import CURRENT, END, ORIGINAL, anybody, fired, invoked, mail, republished, wait, webhook
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)

EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(9000, 1, 1, tzinfo=UTC)
BY = "VXNlcjox boss@example.com"


def wanted(event: CustomEvent | None = None, *statuses: str, **more: Any) -> Wanted:
    given = {"created_from": EARLIER, "created_to": LATER, "statuses": statuses or ("failed", "cancelled")}
    return Wanted(event=event.pk if event else None, **{**given, **more})


def begun(which: Wanted, version: Any = ORIGINAL, over: timedelta = timedelta(0), **more: Any) -> Replay:
    return begin_replay(which, version, over, **{"by": BY, "allow": anybody, **more})


def cancelled(event: CustomEvent, times: int) -> list[Invocation]:
    rows = [invoked(event) for _ in range(times)]
    for row in rows:
        assert cancel(row.pk, "By a test.")
    return rows


def again() -> list[int | None]:
    """Give what the rows that run again are retries of."""
    return list(Invocation.objects.filter(retry_of__isnull=False).order_by("pk").values_list("retry_of", flat=True))


def refusal(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, str]:
    return caught.value.problems[0].field, caught.value.code


def test_every_row_that_matches_runs_again_once_in_the_order_of_the_log() -> None:
    event, other = an_event(), an_event()
    a_scenario(event, other, steps=[END])
    rows = cancelled(event, 3)
    cancelled(other, 1)
    invoked(event)
    run_due()

    replay = begun(wanted(event))
    go_on(10)
    run_due()

    replay.refresh_from_db()
    assert (replay.status, replay.total, replay.made, replay.left_out) == ("done", 3, 3, {})
    assert again() == [row.pk for row in rows]
    made = Invocation.objects.filter(retry_of__isnull=False)
    assert {(row.status, row.reason, row.retried_by) for row in made} == {("completed", "EXITED", BY)}
    assert go_on(10) == 0
    assert len(again()) == 3


def test_workers_at_once_run_no_row_twice() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    rows = cancelled(event, 12)
    begun(wanted(event))

    together(*[partial(go_on, 10)] * 4)
    go_on(10)

    assert sorted(pk for pk in again() if pk) == [row.pk for row in rows]
    assert Replay.objects.get().made == 12


def test_a_replay_never_meets_what_it_made() -> None:
    event = an_event()
    a_scenario(event, steps=[mail()])
    cancelled(event, 2)
    begun(wanted(event, "cancelled", "completed", "failed"))
    go_on(10)
    run_due()
    go_on(10)

    assert len(again()) == 2


def test_what_was_retried_is_left_to_its_retry() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    (row,) = cancelled(event, 1)
    begun(wanted(event))
    go_on(10)
    (retry,) = Invocation.objects.filter(retry_of=row.pk)
    cancel(retry.pk, "By a test.")

    replay = begun(wanted(event))
    go_on(10)

    replay.refresh_from_db()
    assert (replay.total, replay.made) == (1, 1)
    assert again() == [row.pk, retry.pk]


def test_it_is_spread_out_over_time() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    cancelled(event, 4)
    replay = begun(wanted(event), over=timedelta(hours=4))

    go_on(10)
    assert len(again()) <= 1
    Replay.objects.update(created_at=replay.created_at - timedelta(hours=2))
    go_on(10)
    assert len(again()) == 3
    Replay.objects.update(created_at=replay.created_at - timedelta(hours=4))
    go_on(10)
    assert len(again()) == 4
    assert Replay.objects.get().status == "done"


def test_it_can_be_stopped() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    cancelled(event, 4)
    replay = begun(wanted(event), over=timedelta(hours=4))
    Replay.objects.update(created_at=replay.created_at - timedelta(hours=1, minutes=1))
    go_on(10)
    made = len(again())

    stopped = stop_replay(replay.pk, by=BY)
    Replay.objects.update(created_at=replay.created_at - timedelta(days=1))
    go_on(10)

    assert (stopped.status, stopped.stopped_by) == ("stopped", BY)
    assert 0 < len(again()) == made < 4
    with pytest.raises(Refused) as caught:
        stop_replay(replay.pk, by=BY)
    assert refusal(caught) == ("number", "WRONG_STATUS")
    with pytest.raises(Refused) as caught:
        stop_replay(999, by=BY)
    assert refusal(caught) == ("number", "NOT_FOUND")


def test_the_sweep_goes_on_with_it() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    cancelled(event, 2)
    begun(wanted(event))

    tasks.sweep()

    assert Replay.objects.get().status == "done"
    assert set(Invocation.objects.filter(retry_of__isnull=False).values_list("status", flat=True)) == {"completed"}


# Which version, and which rows.


def test_the_original_version_or_the_current_one() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[wait()])
    rows = cancelled(event, 1)
    version = republished(scenario, END)

    begun(wanted(event), CURRENT)
    go_on(10)
    assert Invocation.objects.get(retry_of=rows[0].pk).version_id == version.pk

    retry = Invocation.objects.get(retry_of=rows[0].pk)
    cancel(retry.pk, "By a test.")
    Invocation.objects.filter(pk=retry.pk).update(version=rows[0].version_id)
    begun(wanted(event), ORIGINAL)
    go_on(10)
    assert Invocation.objects.get(retry_of=retry.pk).version_id == rows[0].version_id


def test_current_is_the_version_that_was_published_when_it_was_asked_for() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[wait()])
    rows = cancelled(event, 1)
    looked_at = scenario.published_id
    begun(wanted(event), CURRENT)
    republished(scenario, END)
    go_on(10)

    assert Invocation.objects.get(retry_of=rows[0].pk).version_id == looked_at


def test_what_succeeded_and_what_a_pause_kept_out_can_run_again_and_nothing_else_that_was_skipped() -> None:
    event = an_event()
    a_scenario(event, steps=[END], reentry="once")
    done = invoked(event)
    run_due()
    invoked(event)
    Scenario.objects.update(status=ScenarioStatus.PAUSED)
    paused = invoked(event, customerEmail="ewa@example.com")
    Scenario.objects.update(status=ScenarioStatus.ACTIVE)

    replay = begun(wanted(event, "completed", "skipped"))
    go_on(10)

    assert replay.total == 2
    assert again() == [done.pk, paused.pk]


def test_reasons_and_times_choose() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[END])
    rows = cancelled(event, 3)
    Invocation.objects.filter(pk=rows[0].pk).update(reason="FAILED_LIMIT")

    assert begun(wanted(None, scenario=scenario.pk, reasons=("CANCELLED_BY_STAFF",))).total == 2
    assert begun(wanted(event, created_to=rows[1].created_at)).total == 2
    assert begun(wanted(event, created_from=rows[1].created_at)).total == 2


def test_what_cannot_run_again_is_counted_by_its_code() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    rows = cancelled(event, 2)
    scenario = a_scenario(event, steps=[END])
    for row in fired(event).invocations:
        cancel(row.id, "By a test.")
    replay = begun(wanted(event))
    Scenario.objects.filter(pk=scenario.pk).update(status=ScenarioStatus.ARCHIVED)
    Occurrence.objects.filter(pk=rows[0].occurrence_id).update(data_fields_removed_at=datetime.now(UTC))
    go_on(10)

    replay.refresh_from_db()
    assert (replay.status, replay.total, replay.made) == ("done", 4, 2)
    assert replay.left_out == {"DATA_REMOVED": 1, "ARCHIVED": 1}


def test_how_deep_events_fired_events_stays() -> None:
    event, other = an_event(), an_event()
    a_scenario(event, steps=[{"id": "f", "type": "action", "action": "fire_event", "config": {"event": other.pk}}])
    a_scenario(other, steps=[END])
    invoked(event)
    run_due()
    run_due()
    begun(wanted(other, "completed"))
    go_on(10)

    retry = Invocation.objects.get(retry_of__isnull=False)
    assert (retry.event_id, retry.occurrence.hops) == (other.pk, 1)


# What is refused.


@pytest.mark.parametrize(
    ("which", "over", "refused"),
    [
        ({}, 0, ("filter.event", "REQUIRED")),
        ({"statuses": ()}, 0, ("filter.event", "REQUIRED")),
        ({"scenario": 1, "statuses": ()}, 0, ("filter.status", "INVALID")),
        ({"scenario": 1, "statuses": ("running",)}, 0, ("filter.status", "INVALID")),
        ({"scenario": 1}, 0, ("filter", "NOTHING")),
        ({"scenario": 1}, 31, ("over", "LIMIT")),
    ],
    ids=str,
)
def test_what_asks_too_little_or_too_much(which: Any, over: int, refused: tuple[str, str]) -> None:
    with pytest.raises(Refused) as caught:
        begun(wanted(**which), over=timedelta(days=over))

    assert refusal(caught) == refused
    assert not Replay.objects.exists()


def test_more_than_a_replay_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    cancelled(event, 3)
    monkeypatch.setattr(replaying, "MOST", 2)

    with pytest.raises(Refused) as caught:
        begun(wanted(event))

    assert refusal(caught) == ("filter.created", "LIMIT")


def test_whoever_may_not_let_one_of_the_versions_act_begins_nothing() -> None:
    event = an_event()
    a_scenario(event, steps=[END])
    cancelled(event, 1)

    def nobody(definition: object) -> None:
        raise Refused(403, "PERMISSION_DENIED", "No.")

    for ask in (begun, lambda which, **more: foresee_replay(which, ORIGINAL, **more)):
        with pytest.raises(Refused) as caught:
            ask(wanted(event), allow=nobody)
        assert caught.value.code == "PERMISSION_DENIED"
    assert not Replay.objects.exists()


# The preview.


def test_a_preview_counts_rows_and_effects_and_does_nothing(hook: Any) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[webhook(hook.url, after="mail"), mail()])
    cancelled(event, 3)
    invoked(event)
    before = everything()

    found = foresee_replay(wanted(event), ORIGINAL, allow=anybody)

    assert (found.total, found.sampled, found.left_out) == (3, 3, {})
    assert found.effects == {"send_webhook": 3, "send_email": 3}
    assert everything() == before
    assert hook.requests == []
    Scenario.objects.filter(pk=scenario.pk).update(status=ScenarioStatus.ARCHIVED)
    assert foresee_replay(wanted(event), ORIGINAL, allow=anybody).left_out == {"ARCHIVED": 3}


def test_a_preview_of_the_current_version() -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[mail()])
    cancelled(event, 2)
    republished(scenario, END)

    assert foresee_replay(wanted(event), ORIGINAL, allow=anybody).effects == {"send_email": 2}
    assert foresee_replay(wanted(event), CURRENT, allow=anybody).effects == {}
    assert foresee_replay(wanted(event, "failed"), ORIGINAL, allow=anybody).total == 0
