"""Firing: what is committed, and what is not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from saleor_custom_events.api import fire as api_fire
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire, fire_many, new_occurrence_id
from saleor_custom_events.firing.refusals import count_refusal, count_refusals
from saleor_custom_events.models import (
    CustomEvent,
    DataFields,
    IdempotencyKey,
    Invocation,
    Occurrence,
    Refusal,
    ScenarioEntry,
)
from saleor_custom_events.store.callers import ANONYMOUS, Caller, CallerKind
from tests.shop import TRUSTED, a_key, a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)


def fired(event: CustomEvent, caller: Caller = TRUSTED, **members: Any) -> Receipt:
    body = {"customEventId": event.pk, "customerEmail": "anna@example.com", **members}
    return fire(read_firing(body, needs_identity=False), caller)


def refused(event: CustomEvent, caller: Caller = TRUSTED, **members: Any) -> tuple[int, str, list[str]]:
    with pytest.raises(Refused) as error:
        fired(event, caller, **members)
    assert not Occurrence.objects.exists()
    assert not Invocation.objects.exists()
    return error.value.status, error.value.code, [p.field for p in error.value.problems]


def test_one_occurrence_starts_every_scenario_that_listens() -> None:
    event = an_event()
    scenarios = [a_scenario(event), a_scenario(event), a_scenario(event)]
    receipt = fired(event, dataFields={"score": 9}, url="https://shop.example/quiz")
    assert [i.scenario_id for i in receipt.invocations] == [s.pk for s in scenarios]
    assert {i.outcome for i in receipt.invocations} == {"started"}
    rows = Invocation.objects.order_by("pk")
    assert [r.version_id for r in rows] == [s.published_id for s in scenarios]
    assert {(r.status, r.customer_email, str(r.occurrence_id)) for r in rows} == {
        ("running", "anna@example.com", receipt.occurrence_id)
    }
    assert DataFields.objects.get().fields == [{"name": "score", "type": "Number", "value": "9"}]


def test_an_event_nobody_listens_to_leaves_a_row_without_scenario() -> None:
    receipt = fired(an_event())
    row = Invocation.objects.get()
    assert (row.scenario_id, row.status, row.reason, row.due_at) == (None, "skipped", "SKIPPED_NO_SCENARIO", None)
    assert [(i.outcome, i.reason) for i in receipt.invocations] == [("skipped", "SKIPPED_NO_SCENARIO")]


def test_a_filter_that_does_not_hold_leaves_a_row_that_says_so() -> None:
    event = an_event()
    a_scenario(event, filter={"left": "dataFields.score", "operator": "greaterThan", "right": 5})
    fired(event, dataFields={"score": 3})
    fired(event, dataFields={"score": 6})
    assert [(r.status, r.reason) for r in Invocation.objects.order_by("pk")] == [
        ("skipped", "SKIPPED_FILTER"),
        ("running", ""),
    ]


def test_a_paused_scenario_leaves_a_row_that_says_so() -> None:
    event = an_event()
    a_scenario(event, paused=True)
    assert [i.reason for i in fired(event).invocations] == ["SKIPPED_PAUSED"]


def test_two_start_points_of_one_scenario_start_it_once() -> None:
    event = an_event()
    a_scenario(event, event)
    assert len(fired(event).invocations) == 1


def test_reentry_once_lets_a_customer_in_once() -> None:
    event = an_event()
    a_scenario(event, reentry="once")
    reasons = [fired(event, customerEmail=email).invocations[0].reason for email in ("a@b.pl", "A@b.pl", "c@b.pl")]
    assert reasons == ["", "SKIPPED_REENTRY", ""]
    assert "@" not in "".join(ScenarioEntry.objects.values_list("identity", flat=True))


def test_the_same_occurrence_sent_twice_runs_once_and_answers_the_same() -> None:
    event = an_event()
    a_scenario(event)
    a_scenario(event, paused=True)
    first = fired(event, idempotencyKey="k1")
    Invocation.objects.filter(status="running").update(status="failed", reason="FAILED_ACTION")
    again = fired(event, idempotencyKey="k1")
    assert (first.duplicate, again.duplicate) == (False, True)
    assert (again.occurrence_id, again.invocations) == (first.occurrence_id, first.invocations)
    assert Occurrence.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    event = an_event()
    fired(event, idempotencyKey="k1")
    with pytest.raises(Refused) as conflict:
        fired(event, idempotencyKey="k1", dataFields={"other": 1})
    assert (conflict.value.status, conflict.value.problems[0].field) == (409, "idempotencyKey")
    assert Occurrence.objects.count() == 1


def test_nobody_uses_up_another_callers_key() -> None:
    event = an_event()
    assert not fired(event, idempotencyKey="k1").duplicate
    assert not fired(event, a_key("server")[1], idempotencyKey="k1").duplicate


def test_a_key_is_free_again_after_its_time() -> None:
    event = an_event()
    fired(event, idempotencyKey="k1")
    IdempotencyKey.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert not fired(event, idempotencyKey="k1").duplicate


def test_a_batch_gives_a_result_an_item_and_one_bad_item_fails_no_other() -> None:
    event = an_event()
    firings = [
        read_firing({"customEventId": number, "customerEmail": "a@b.pl", "idempotencyKey": key})
        for number, key in ((event.pk, "1"), (999_999, "2"), (event.pk, "1"), (event.pk, "3"))
    ]
    first, unknown, same, other = fire_many(firings, TRUSTED)
    assert isinstance(unknown, Refused)
    assert unknown.code == "EVENT_NOT_FOUND"
    assert isinstance(first, Receipt)
    assert isinstance(same, Receipt)
    assert isinstance(other, Receipt)
    assert (same.duplicate, same.occurrence_id) == (True, first.occurrence_id)
    assert Occurrence.objects.count() == 2


def test_a_dry_run_says_what_would_happen_and_writes_nothing() -> None:
    event = an_event()
    a_scenario(event, reentry="once")
    for _ in range(2):
        receipt = fired(event, dryRun=True)
        assert receipt.occurrence_id is None
        assert [(i.id, i.outcome) for i in receipt.invocations] == [(None, "started")]
    assert not Occurrence.objects.exists()
    assert not ScenarioEntry.objects.exists()


def test_an_event_without_logging_keeps_nobodys_data_where_nothing_runs() -> None:
    event = an_event(logging=False)
    fired(event, dataFields={"score": 1})
    row = Occurrence.objects.get()
    assert (row.customer_email, row.url, row.logged) == (None, None, False)
    assert not DataFields.objects.exists()
    assert not Invocation.objects.filter(logged=True).exists()


def test_fired_at_once_from_many_threads_a_key_is_accepted_once() -> None:
    event = an_event()
    a_scenario(event, reentry="once")
    receipts: list[Receipt] = []

    together(*[lambda: receipts.append(fired(event, idempotencyKey="same"))] * 8)
    assert sorted(r.duplicate for r in receipts) == [False] + [True] * 7
    assert len({r.occurrence_id for r in receipts}) == 1
    assert Invocation.objects.count() == 1


def test_the_python_api_takes_part_in_the_callers_transaction() -> None:
    event = an_event()

    with transaction.atomic():
        api_fire(event.slug, customer_email="anna@example.com", data_fields={"day": datetime.now(UTC).date()})
        assert Occurrence.objects.count() == 1
        transaction.set_rollback(True)
    assert not Occurrence.objects.exists()


def test_the_python_api_names_the_value_it_cannot_send() -> None:
    with pytest.raises(TypeError, match="score"):
        api_fire("quiz", customer_email="a@b.pl", data_fields={"score": 0.1})  # type: ignore[dict-item]


def test_strangers_are_asked_for_credentials() -> None:
    assert refused(an_event(), ANONYMOUS)[:2] == (401, "CREDENTIALS_REQUIRED")


@pytest.mark.parametrize("held", [set(), {"MANAGE_DISCOUNTS"}, {"MANAGE_USERS"}])
def test_a_token_needs_both_permissions(held: set[str]) -> None:
    caller = Caller(kind=CallerKind.APP, id="QXBwOjE=", permissions=frozenset(held))
    assert refused(an_event(), caller)[:2] == (403, "PERMISSION_DENIED")


def test_unknown_and_archived_events_are_named() -> None:
    assert refused(CustomEvent(pk=999_999)) == (404, "EVENT_NOT_FOUND", ["customEventId"])
    archived = an_event(archived_at=datetime.now(UTC))
    assert refused(archived) == (404, "EVENT_ARCHIVED", ["customEventId"])


def test_a_storefront_key_fires_public_events_only() -> None:
    _, caller = a_key()
    assert refused(an_event(), caller) == (403, "EVENT_NOT_PUBLIC", ["customEventId"])
    fired(an_event(public=True), caller)
    assert Occurrence.objects.get().identity == "unverified"


def test_the_customers_token_wins() -> None:
    event = an_event(public=True)
    person = Caller(kind=CallerKind.CUSTOMER, id="VXNlcjox", customer_id="VXNlcjox", customer_email="anna@example.com")
    assert refused(event, person, customerEmail="else@example.com") == (403, "IDENTITY_MISMATCH", ["customerEmail"])
    assert refused(event, person, customerExternalReference="x")[1] == "IDENTITY_MISMATCH"
    fired(event, person)
    row = Occurrence.objects.get()
    assert (row.customer_email, row.customer_id, row.identity) == ("anna@example.com", "VXNlcjox", "token")


def test_a_token_and_a_body_agree_however_the_address_is_written() -> None:
    event = an_event(public=True)
    person = Caller(kind=CallerKind.CUSTOMER, id="VXNlcjox", customer_id="VXNlcjox", customer_email="Anna@Example.com")
    fired(event, person, customerEmail="ANNA@example.com")
    assert Occurrence.objects.get().customer_email == "anna@example.com"


def test_a_first_firing_in_a_long_transaction_holds_up_nobody() -> None:
    event = an_event()
    accepted = threading.Event()

    def call() -> None:
        try:
            fired(event)
            accepted.set()
        finally:
            connection.close()

    with transaction.atomic():
        fired(event)
        other = threading.Thread(target=call)
        other.start()
        assert accepted.wait(20), "the other one waits for this transaction"
    other.join()


@pytest.mark.parametrize("fields", [{"x": "a\0b"}, {"x": "\ud800"}])
def test_the_python_api_refuses_text_that_cannot_be_stored(fields: dict[str, str]) -> None:
    with pytest.raises(Refused, match="NUL"):
        api_fire(an_event().slug, customer_email="a@b.pl", data_fields=fields)


def test_refusals_counted_at_once_by_several_callers_are_all_counted() -> None:
    event = an_event()
    refusal = Refused(404, "EVENT_NOT_FOUND", "There is no such custom event.")
    batches = [
        [(refusal, name) for name in names]
        for names in (["a", event.pk, "b"], [event.slug, "b", "a"], ["b", "a", event.slug], [event.pk, None, "c"])
    ]

    def call(batch: list[tuple[Refused, int | str | None]]) -> None:
        for _ in range(10):
            count_refusals(batch, key=None)

    together(*(partial(call, batch) for batch in batches))
    assert dict(Refusal.objects.values_list("event_id", "count")) == {event.pk: 40, None: 80}


@pytest.mark.parametrize("event", ["a\0b", "\ud800", "no slug", -1, 10**30, True])
def test_a_refusal_is_counted_whatever_was_sent_as_its_event(event: Any) -> None:
    count_refusal(Refused(404, "EVENT_NOT_FOUND", "There is none."), event=event, key=None)
    assert Refusal.objects.get().event_id is None


def test_a_key_gives_its_only_channel_and_refuses_others() -> None:
    event = an_event(public=True)
    assert refused(event, a_key(channels=["pl"])[1], channel="de") == (403, "CHANNEL_NOT_ALLOWED", ["channel"])
    assert refused(event, a_key(channels=["pl", "de"])[1]) == (400, "REQUIRED", ["channel"])
    fired(event, a_key(channels=["pl"])[1])
    assert Occurrence.objects.get().channel == "pl"


def test_times_in_the_future_and_too_far_in_the_past_are_refused() -> None:
    event = an_event(public=True)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    earlier = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    assert refused(event, occurredAt=later) == (400, "IN_THE_FUTURE", ["occurredAt"])
    assert refused(event, a_key()[1], occurredAt=earlier) == (400, "TOO_OLD", ["occurredAt"])
    fired(event, occurredAt=earlier)
    row = Occurrence.objects.get()
    assert row.registered_at - row.occurred_at > timedelta(days=7)


def test_declared_fields_are_kept_where_the_event_rejects() -> None:
    declared = [{"name": "score", "type": "Number", "required": True}]
    event = an_event(declared_fields=declared, violations="reject")
    assert refused(event, dataFields={"score": "many"}) == (422, "FIELDS_REJECTED", ["dataFields.score"])


def test_declared_fields_are_noted_where_the_event_warns() -> None:
    declared = [{"name": "score", "type": "Number", "required": True}]
    fired(an_event(declared_fields=declared, violations="warn"))
    assert [v["field"] for v in DataFields.objects.get().violations] == ["dataFields.score"]


def test_an_unreadable_version_leaves_its_row_to_fail_where_the_merchant_looks() -> None:
    event = an_event()
    scenario = a_scenario(event)
    assert scenario.published is not None
    scenario.published.definition = {"spec": 99}
    scenario.published.save()
    assert [i.outcome for i in fired(event).invocations] == ["started"]


def test_refusals_are_counted_with_the_last_fifty_samples_and_no_values() -> None:
    event = an_event()
    for _ in range(60):
        with pytest.raises(Refused) as error:
            fired(event, dataFields={"score": ["secret"]})
        count_refusal(error.value, event=event.pk, key=None)
    row = Refusal.objects.get()
    assert (row.event_id, row.code, row.count, len(row.samples)) == (event.pk, "INVALID_BODY", 60, 50)
    assert row.samples[-1]["fields"] == ["dataFields.score"]
    assert "secret" not in str(row.samples)


def test_occurrence_ids_are_version_7_and_sort_by_time() -> None:
    begun = datetime(2026, 11, 24, tzinfo=UTC)
    ids = [new_occurrence_id(begun + timedelta(milliseconds=10 * n)) for n in range(3)]
    assert ids == sorted(ids)
    assert {(i.version, i.variant) for i in ids} == {(7, "specified in RFC 4122")}
