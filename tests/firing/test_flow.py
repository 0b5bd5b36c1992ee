"""Flow control: debounce, throttle, rate limit, and the daily cap of unverified addresses, decided in the commit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from saleor_custom_events.models import DataFields, Invocation, Lane, Occurrence, ScenarioEntry
from saleor_custom_events.running import queue
from saleor_custom_events.running.worker import run_due
from tests.firing.flows import fired, fired_at_once, fired_together, outcome, rows
from tests.shop import a_key, a_scenario, an_event
from tests.side_by_side import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)

STARTED = ("started", "")
END = {"id": "end", "type": "exit"}


def debounce(quiet: str = "PT10M", most: str = "PT1H", key: str | None = "customer") -> dict[str, Any]:
    return {"type": "debounce", "quiet": quiet, "atMost": most, "key": key}


def throttle(count: int, per: str, key: str | None = None) -> dict[str, Any]:
    return {"type": "throttle", "count": count, "per": per, "key": key}


def limit(count: int, per: str = "P1D", key: str | None = "customer") -> dict[str, Any]:
    return {"type": "rateLimit", "count": count, "per": per, "key": key}


def pass_time(**time: float) -> None:
    """Let time pass for what waits for its place or for quiet."""
    gone = timedelta(**time)
    for lane in Lane.objects.all():
        at = lane.at and lane.at - gone
        Lane.objects.filter(pk=lane.pk).update(at=at, expires_at=lane.expires_at - gone)
    for row in Invocation.objects.filter(due_at__isnull=False):
        Invocation.objects.filter(pk=row.pk).update(due_at=row.due_at and row.due_at - gone)


def in_minutes(moment: datetime | None) -> float:
    assert moment is not None
    return (moment - datetime.now(UTC)).total_seconds() / 60


def test_an_abandoned_checkout_begins_once_it_has_been_quiet_saleor_11207() -> None:
    """Saleor fires at every step of a cart; the mail goes out once, about the newest, when nothing more comes."""
    event = an_event()
    a_scenario(event, flow=debounce("PT30M", "PT12H", "dataFields.checkout"), steps=[END])
    receipts = [fired(event, dataFields={"checkout": "c1", "total": total}) for total in (10, 20, 30)]
    other = fired(event, dataFields={"checkout": "c2", "total": 5})
    assert [outcome(receipt) for receipt in (*receipts, other)] == [STARTED] * 4
    assert rows() == [("skipped", "SKIPPED_DEBOUNCED")] * 2 + [("waiting", "")] * 2
    assert [str(row.superseded_by) for row in Invocation.objects.order_by("pk")[:2]] == [
        receipts[1].occurrence_id,
        receipts[2].occurrence_id,
    ]
    assert run_due() is False
    pass_time(minutes=29)
    run_due()
    assert rows()[2] == ("waiting", "")
    pass_time(minutes=2)
    run_due()
    assert rows() == [("skipped", "SKIPPED_DEBOUNCED")] * 2 + [("completed", "EXITED")] * 2
    assert Invocation.objects.order_by("pk")[2].step_runs.count() == 1


def test_the_newest_waits_no_longer_than_at_most_after_the_first() -> None:
    event = an_event()
    a_scenario(event, flow=debounce("PT10M", "PT15M"))
    fired(event)
    pass_time(minutes=8)
    fired(event)
    assert 6.9 < in_minutes(Invocation.objects.get(status="waiting").due_at) <= 7


def test_what_has_begun_is_not_replaced_and_a_new_row_of_occurrences_begins() -> None:
    event = an_event()
    wait = {"id": "wait", "type": "wait", "duration": "P1D", "next": None}
    a_scenario(event, flow=debounce("PT10M", "PT15M"), steps=[wait])
    fired(event)
    pass_time(minutes=11)
    run_due()
    fired(event)
    begun, newest = Invocation.objects.order_by("pk")
    assert (begun.status, begun.state["step"]) == ("waiting", "wait")
    assert 9.9 < in_minutes(newest.due_at) <= 10


def test_whoever_was_claimed_and_has_not_begun_is_replaced_and_its_worker_settles_nothing() -> None:
    event = an_event()
    a_scenario(event, flow=debounce())
    fired(event)
    pass_time(minutes=11)
    (claim,) = queue.claim(10, 30)
    fired(event)
    assert queue.settle([queue.quarantine(claim, "too late")], 30) == set()
    assert rows() == [("skipped", "SKIPPED_DEBOUNCED"), ("waiting", "")]


def test_the_repeated_firing_of_a_debounced_one_gets_its_first_answer() -> None:
    event = an_event()
    a_scenario(event, flow=debounce())
    first = fired(event, idempotencyKey="k1")
    fired(event, idempotencyKey="k2")
    again = fired(event, idempotencyKey="k1")
    assert (again.duplicate, again.invocations, outcome(again)) == (True, first.invocations, STARTED)
    assert rows() == [("skipped", "SKIPPED_DEBOUNCED"), ("waiting", "")]


def test_of_several_in_one_batch_the_newest_waits_for_quiet() -> None:
    event = an_event()
    a_scenario(event, flow=debounce())
    first, second = fired_together(event, {}, {})
    assert outcome(first) == ("skipped", "SKIPPED_DEBOUNCED")
    assert outcome(second) == STARTED


def test_a_debounced_occurrence_without_logging_leaves_nothing_of_anybody() -> None:
    event = an_event(logging=False)
    a_scenario(event, flow=debounce())
    first = fired(event, dataFields={"score": 1})
    second = fired(event, dataFields={"score": 2})
    assert Occurrence.objects.get(pk=first.occurrence_id).customer_email is None
    assert [str(row.pk) for row in DataFields.objects.all()] == [second.occurrence_id]


def test_many_at_the_same_moment_leave_one_that_waits() -> None:
    event = an_event()
    a_scenario(event, flow=debounce())
    fired_at_once(event, [{} for _ in range(40)])
    assert sorted(rows()) == [("skipped", "SKIPPED_DEBOUNCED")] * 39 + [("waiting", "")]
    newest = Invocation.objects.get(status="waiting")
    assert Lane.objects.get().occurrence_id == newest.occurrence_id


def test_occurrences_that_come_while_others_begin_are_each_either_replaced_or_run() -> None:
    """The worker and the firings meet at the row: what was replaced has no step run, what began ended by itself."""
    event = an_event()
    a_scenario(event, flow=debounce("PT1S", "PT1S"), steps=[END])

    def work() -> None:
        Invocation.objects.filter(status="waiting").update(due_at=datetime.now(UTC))
        run_due()

    with meanwhile(work, work):
        fired_at_once(event, [{} for _ in range(120)], threads=4)
    pass_time(seconds=5)
    run_due()
    ends = Invocation.objects.values_list("status", "reason", "step_runs__status")
    assert set(ends) == {("skipped", "SKIPPED_DEBOUNCED", None), ("completed", "EXITED", "done")}
    assert Invocation.objects.count() == 120


def test_throttle_spreads_begins_out_and_loses_nothing() -> None:
    event = an_event()
    a_scenario(event, flow=throttle(6, "PT1H"), steps=[END])
    for score in range(3):
        fired(event, dataFields={"score": score})
    fired_together(event, {}, {})
    places = [in_minutes(row.due_at) for row in Invocation.objects.order_by("pk")]
    assert [round(place) for place in places] == [0, 10, 20, 30, 40]
    assert [status for status, _ in rows()] == ["running", "waiting", "waiting", "waiting", "waiting"]
    run_due()
    pass_time(minutes=20, seconds=1)
    run_due()
    assert [status for status, _ in rows()] == ["completed", "completed", "completed", "waiting", "waiting"]


def test_a_lane_that_was_quiet_has_a_place_at_once() -> None:
    event = an_event()
    a_scenario(event, flow=throttle(6, "PT1H"))
    fired(event)
    pass_time(hours=3)
    fired(event)
    assert [status for status, _ in rows()] == ["running", "running"]


def test_no_two_get_the_same_place_however_many_come_at_once() -> None:
    event = an_event()
    a_scenario(event, flow=throttle(60, "PT1H", "dataFields.shop"))
    fired_at_once(event, [{"dataFields": {"shop": f"s{number % 2}"}} for number in range(40)])
    for shop in ("s0", "s1"):
        fields = [{"name": "shop", "type": "String", "value": shop}]
        due = Invocation.objects.filter(occurrence__data_fields__fields=fields).order_by("due_at")
        places = [row.due_at for row in due if row.due_at is not None]
        apart = [(later - earlier).total_seconds() for earlier, later in pairwise(places)]
        assert len(places) == 20
        assert all(59 < seconds < 62 for seconds in apart)


def test_a_flood_does_not_push_a_lane_out_of_the_calendar() -> None:
    event = an_event()
    a_scenario(event, flow=throttle(1, "P400D"))
    fired(event)
    Lane.objects.update(at=datetime(8999, 12, 1, tzinfo=UTC))
    fired_together(event, {}, {}, {})
    fired(event)
    assert [status for status, _ in rows()] == ["running"] + ["waiting"] * 4
    assert max(row.due_at for row in Invocation.objects.all() if row.due_at) < datetime(9001, 1, 1, tzinfo=UTC)


def test_a_rate_limit_drops_what_comes_above_it_and_says_so() -> None:
    event = an_event()
    a_scenario(event, flow=limit(2))
    assert [outcome(fired(event)) for _ in range(3)] == [STARTED, STARTED, ("skipped", "SKIPPED_RATE_LIMIT")]
    assert outcome(fired(event, customerEmail="bob@example.com")) == STARTED
    pass_time(days=1, seconds=1)
    together = fired_together(event, {}, {}, {"customerEmail": "bob@example.com"}, {})
    assert [outcome(receipt)[0] for receipt in together] == ["started", "started", "started", "skipped"]


def test_a_rate_limit_lets_exactly_as_many_in_as_it_says_however_many_come_at_once() -> None:
    event = an_event()
    a_scenario(event, flow=limit(7, key=None))
    fired_at_once(event, [{"customerEmail": f"c{number}@example.com"} for number in range(40)])
    assert sorted(rows()) == [("running", "")] * 7 + [("skipped", "SKIPPED_RATE_LIMIT")] * 33


def test_whoever_the_limit_dropped_has_not_entered() -> None:
    event = an_event()
    a_scenario(event, reentry="once", flow=limit(1, key=None))
    assert outcome(fired(event)) == STARTED
    assert outcome(fired(event, customerEmail="bob@example.com")) == ("skipped", "SKIPPED_RATE_LIMIT")
    assert ScenarioEntry.objects.count() == 1
    pass_time(days=1, seconds=1)
    assert outcome(fired(event)) == ("skipped", "SKIPPED_REENTRY")
    assert outcome(fired(event, customerEmail="bob@example.com")) == STARTED, "who was kept out used no place up"


def test_a_repeated_firing_uses_up_no_place() -> None:
    event = an_event()
    a_scenario(event, flow=limit(2))
    for _ in range(3):
        fired(event, idempotencyKey="same")
    assert outcome(fired(event, idempotencyKey="other")) == STARTED


def test_what_is_rolled_back_uses_up_no_place() -> None:
    event = an_event()
    a_scenario(event, flow=limit(1))
    assert outcome(fired(event, dryRun=True)) == STARTED
    with transaction.atomic():
        fired(event)
        transaction.set_rollback(True)
    assert outcome(fired(event)) == STARTED
    assert outcome(fired(event, dryRun=True)) == ("skipped", "SKIPPED_RATE_LIMIT")


def test_texts_of_a_key_count_without_regard_to_case_and_what_is_missing_shares_a_lane() -> None:
    event = an_event()
    a_scenario(event, flow=limit(1, key="dataFields.sku"))
    sent: list[dict[str, Any]] = [{"sku": "A-1"}, {"sku": "a-1"}, {"sku": "B"}, {}, {"other": 1}]
    outcomes = [outcome(fired(event, dataFields=fields))[0] for fields in sent]
    assert outcomes == ["started", "skipped", "started", "started", "skipped"]


def test_an_unverified_address_starts_a_scenario_three_times_a_day(settings: Settings) -> None:
    event = an_event(public=True)
    a_scenario(event, allowUnverified=True)
    a_scenario(event)
    key = a_key()[1]
    capped = [fired(event, key).invocations for _ in range(4)]
    assert [[one.reason for one in some] for some in capped] == [["", ""]] * 3 + [["SKIPPED_UNVERIFIED_CAP", ""]]
    assert fired(event, key, customerEmail="bob@example.com").invocations[0].reason == ""
    assert fired(event).invocations[0].reason == "", "whoever is vouched for is not counted"
    midnight = Lane.objects.order_by("pk")[0].expires_at
    assert (midnight.hour, midnight.minute, midnight > datetime.now(UTC)) == (0, 0, True)
    pass_time(days=1)
    assert fired(event, key).invocations[0].reason == ""
    settings.SALEOR_CUSTOM_EVENTS_UNVERIFIED_DAILY_CAP = 1
    assert fired(event, key).invocations[0].reason == "SKIPPED_UNVERIFIED_CAP"


def test_an_address_is_capped_exactly_however_many_come_at_once() -> None:
    event = an_event(public=True)
    a_scenario(event, allowUnverified=True)
    key = a_key()[1]
    fired_at_once(event, [{} for _ in range(18)], threads=6, caller=key)
    assert sorted(rows()) == [("running", "")] * 3 + [("skipped", "SKIPPED_UNVERIFIED_CAP")] * 15


def test_lanes_hold_no_address() -> None:
    event = an_event()
    a_scenario(event, flow=limit(1))
    fired(event)
    assert Lane.objects.get().key.isalnum()
