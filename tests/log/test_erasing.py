"""A customer is erased: runs end, nothing that names them or came from them is left, and the rows stay for counting."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from pytest_django.fixtures import Settings

from saleor_custom_events import tasks
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.erased import name_digest
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.store_happenings import forget, happened
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.log import erasing
from saleor_custom_events.log.customer_export import export_customer
from saleor_custom_events.log.erasure import erase_customer, plan_erasure, read_erasures
from saleor_custom_events.models import (
    DataFields,
    Erasure,
    Happening,
    IdempotencyKey,
    Invocation,
    IssuedCode,
    Occurrence,
    StepRun,
    StoreHappening,
    Suppression,
    Tombstone,
)
from saleor_custom_events.running.retrying import chances_of
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.happenings import HappeningKind
from tests.defining.people import BOSS, MARKETER
from tests.log.erased_customer import (
    BROWSER,
    EMAIL,
    NAME,
    NEEDLES,
    OLD_EMAIL,
    PHONE,
    SECRET,
    WAIT,
    anna,
    fill,
    guessable,
    id_of,
    rows_with,
    sent,
)
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db

#: Every table of ours. A new one goes into one of the three: does it hold anything that a customer is known by, or that
#: came from them? Then erasing has to see to it (`log/erasing.py`, `log/erasing_names.py`), and `fill` to put it there.
PERSONAL = {
    "AnonymousLink", "Awaiting", "DataFields", "Erasure", "Happening", "IdempotencyKey", "Invocation", "IssuedCode",
    "Lane", "MailTrial", "Occurrence", "ScenarioEntry", "SeenMetadata", "StepRun", "StoreHappening", "WebhookTrial",
}  # fmt: skip
#: Keyed digests, and a digest of whoever wants no more mail: they stay, docs/privacy.md says why.
DIGESTS = {"Reveal", "Suppression", "Tombstone"}
NOT_PERSONAL = {
    "CustomEvent", "Heartbeat", "Installation", "Key", "Pause", "Refusal", "Replay", "Scenario", "ScenarioChange",
    "ScenarioStart", "ScenarioVersion", "Tally", "TallyChange", "ViolationCount", "Walk",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_is_known_to_listen() -> None:
    forget()


def erased(**whom: Any) -> Erasure:
    erasure = erase_customer(BOSS, **whom)
    erasing.go_on(60)
    erasure.refresh_from_db()
    assert erasure.status == "done"
    return erasure


def test_every_table_is_known_to_be_personal_or_not() -> None:
    models = {model.__name__ for model in apps.get_app_config("saleor_custom_events").get_models()}
    assert models == PERSONAL | DIGESTS | NOT_PERSONAL


def test_every_personal_table_has_something_of_her_to_be_erased() -> None:
    fill(anna())
    empty = [name for name in sorted(PERSONAL - {"Erasure", "WebhookTrial"}) if not _rows(name)]
    assert empty == []


def _rows(model: str) -> int:
    return int(apps.get_model("saleor_custom_events", model).objects.count())


@pytest.mark.parametrize("named", ["email", "customer_id", "old email, and the store knows her no more"])
def test_no_column_of_any_table_has_her_address_name_or_data(named: str) -> None:
    user = anna()
    her = id_of(user)
    fill(user)
    assert {needle for _, needle, _ in rows_with(NEEDLES)} == set(NEEDLES)
    assert rows_with(guessable(her))
    if named.startswith("old"):
        user.delete()

    erased(**{"email": {"email": EMAIL.upper()}, "customer_id": {"customer_id": her}}.get(named, {"email": OLD_EMAIL}))

    assert rows_with([*NEEDLES, her]) == []
    left = {table for table, _, _ in rows_with(guessable(her))}
    assert left == {"saleor_custom_events_suppression"}


def test_rows_stay_for_counting_and_the_certificate_counts_them() -> None:
    fill(anna())
    occurrences, invocations, steps = Occurrence.objects.count(), Invocation.objects.count(), StepRun.objects.count()
    under_way = Invocation.objects.filter(due_at__isnull=False).count()
    assert under_way > 5

    done = erased(email=EMAIL)

    assert (Occurrence.objects.count(), Invocation.objects.count()) == (occurrences, invocations)
    assert done.names is None
    assert done.asked_by == f"{BOSS.id} {BOSS.name}"
    assert {name: done.counts[name] for name in ("occurrences", "invocations", "stepRuns", "runsCancelled")} == {
        "occurrences": occurrences, "invocations": invocations, "stepRuns": steps, "runsCancelled": under_way,
    }  # fmt: skip
    assert set(done.counts) == {
        "occurrences", "dataFields", "invocations", "runsCancelled", "stepRuns", "idempotencyKeys", "happenings",
        "waits", "links", "entries", "lanes", "voucherCodes", "metadataSeen", "storeHappenings", "trials",
    }  # fmt: skip
    assert all(done.counts.values())
    assert not Invocation.objects.filter(due_at__isnull=False).exists()
    assert Invocation.objects.filter(reason="CANCELLED_ERASED").count() == under_way
    assert (done.holds_until - done.asked_at).days == 365


def test_others_keep_what_is_theirs() -> None:
    user = anna()
    quiz = fill(user)
    sent(quiz, customerEmail="bob@example.com", anonymousId="browser-of-bob", dataFields={"street": "Bob's"})
    sent(quiz, anonymousId="browser-of-bob")
    run_due()
    before = rows_with(["bob"])
    bobs = Invocation.objects.filter(customer_email="bob@example.com", due_at__isnull=False).count()

    erased(email=EMAIL)

    assert len(rows_with(["bob"])) == len(before) > 5
    assert Invocation.objects.filter(customer_email="bob@example.com", due_at__isnull=False).count() == bobs == 3


def test_a_code_that_was_issued_still_ends_in_its_time() -> None:
    fill(anna())
    before = IssuedCode.objects.get()
    erased(email=EMAIL)
    code = IssuedCode.objects.get()
    assert (code.code, code.email_digest, code.customer_id) == ("", "", "")
    assert (code.code_id, code.expires_at) == (before.code_id, before.expires_at)


def test_whoever_unsubscribed_stays_unsubscribed() -> None:
    fill(anna())
    erased(email=EMAIL)
    assert Suppression.objects.count() == 1


def test_an_address_that_is_somebody_elses_by_now_takes_nobody_with_it() -> None:
    """Anna had Bob's address once: erasing her leaves what Bob did with it alone."""
    user, event = anna(), an_event()
    bob = User.objects.create_user("bob@example.com")
    sent(event, customerEmail="bob@example.com", customerId=id_of(user))
    sent(event, customerEmail="bob@example.com", customerId=id_of(bob))
    erased(customer_id=id_of(user))
    assert list(Occurrence.objects.order_by("pk").values_list("customer_email", flat=True)) == [None, "bob@example.com"]


def test_an_address_that_several_accounts_share_leads_to_none_of_them() -> None:
    event = an_event()
    for customer in ("VXNlcjo5MQ==", "VXNlcjo5Mg=="):
        sent(event, customerEmail="office@example.com", customerId=customer)
        sent(event, customerId=customer)
    plan = plan_erasure(BOSS, email="office@example.com")
    assert (plan.emails, plan.customer_ids, plan.occurrences) == (("office@example.com",), (), 2)


def test_what_a_browser_says_leads_to_nobody_else() -> None:
    """Whoever writes her id beside their own address is erased by that address, and she is not."""
    event, user = an_event(public=True), anna()
    _, storefront = a_key()
    sent(event, by=storefront, customerEmail="eve@example.com", customerId=id_of(user))
    sent(event, customerId=id_of(user))
    plan = plan_erasure(BOSS, email="eve@example.com")
    assert (plan.customer_ids, plan.occurrences) == ((), 1)


def test_a_customer_who_writes_somebodys_number_beside_their_token_gets_and_takes_nothing_of_theirs() -> None:
    """A hash likewise: what stands beside a token proves nothing."""
    event, eve = an_event(public=True), User.objects.create_user("eve@example.com")
    by_token = Caller(
        kind=CallerKind.CUSTOMER,
        id=id_of(eve),
        name="eve@example.com",
        customer_id=id_of(eve),
        customer_email="eve@example.com",
    )
    fire(Firing(event=event.pk, data_fields={"street": SECRET}, customer_phone=PHONE), TRUSTED)
    fire(Firing(event=event.pk, data_fields={}, customer_phone=PHONE), by_token)
    fire(Firing(event=event.pk, data_fields={}, customer_email_hash="0" * 64), by_token)
    assert [len(part.occurrences) for part in export_customer(BOSS, customer_id=id_of(eve))] == [2]
    assert SECRET not in str(list(export_customer(BOSS, customer_id=id_of(eve))))
    erased(customer_id=id_of(eve))
    assert list(Occurrence.objects.exclude(customer_phone=None).values_list("customer_phone", flat=True)) == [PHONE]


def test_a_browser_that_two_people_used_loses_only_hers() -> None:
    event, user = an_event(), anna()
    sent(event, anonymousId=BROWSER)
    sent(event, customerEmail=EMAIL, customerId=id_of(user), anonymousId=BROWSER)
    sent(event, anonymousId=BROWSER)
    sent(event, customerEmail="bob@example.com", anonymousId=BROWSER)
    sent(event, anonymousId=BROWSER)
    erased(email=EMAIL)
    kept = Occurrence.objects.order_by("registered_at", "pk").values_list("anonymous_id", flat=True)
    assert list(kept) == [None, None, None, BROWSER, BROWSER]


LATE = {"customerEmail": EMAIL, "dataFields": {"street": SECRET}, "url": f"https://shop.example/?{EMAIL}"}


def an_hour_ago() -> str:
    return (datetime.now(UTC) - timedelta(hours=1)).isoformat()


@pytest.mark.parametrize("key", [{}, {"idempotencyKey": "order-of-anna"}])
def test_what_is_told_late_is_accepted_and_brings_nobody_back(key: dict[str, str]) -> None:
    event = an_event(awaited=True)
    a_scenario(event, steps=[WAIT])
    sent(event, customerEmail=EMAIL)
    erased(email=EMAIL)

    receipt = sent(event, **LATE, **key, occurredAt=an_hour_ago())

    (invocation,) = receipt.invocations
    assert (receipt.duplicate, invocation.outcome, invocation.reason) == (False, "skipped", "SKIPPED_ERASED")
    assert rows_with([*NEEDLES, "order-of-anna"]) == []
    assert not DataFields.objects.exists()
    assert not Happening.objects.exists()
    if key:
        assert sent(event, **LATE, **key, occurredAt=an_hour_ago()).duplicate


def test_what_she_does_later_is_hers_anew() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT], reentry="once")
    sent(event, customerEmail=EMAIL)
    erased(email=EMAIL)
    (started,) = sent(event, customerEmail=EMAIL).invocations
    assert started.outcome == "started"
    assert Occurrence.objects.filter(customer_email=EMAIL).count() == 1


def test_a_retry_with_the_key_of_before_gets_the_first_answer_and_no_more() -> None:
    """A caller that says no time sends the same again: its key is known, though nothing of it can be read."""
    event = an_event()
    a_scenario(event, steps=[WAIT])
    first = sent(event, **LATE, idempotencyKey="order-of-anna")
    erased(email=EMAIL)
    again = sent(event, **LATE, idempotencyKey="order-of-anna")
    assert (again.duplicate, again.occurrence_id) == (True, first.occurrence_id)
    assert rows_with([*NEEDLES, "order-of-anna"]) == []
    assert IdempotencyKey.objects.count() == Occurrence.objects.count() == 1


@pytest.mark.parametrize(
    "named", [{"customerId": "VXNlcjo3"}, {"anonymousId": BROWSER}, {"customerExternalReference": "crm-1"}]
)
def test_every_name_of_hers_is_remembered(named: dict[str, str]) -> None:
    event = an_event()
    sent(event, customerId="VXNlcjo3", customerExternalReference="crm-1", customerEmail=EMAIL, anonymousId=BROWSER)
    erased(email=EMAIL)
    (late,) = sent(event, **named, occurredAt=an_hour_ago()).invocations
    assert late.reason == "SKIPPED_ERASED"


def test_a_new_secret_of_the_store_forgets_nobody_while_the_old_one_is_a_fallback(settings: Settings) -> None:
    event = an_event()
    sent(event, customerEmail=EMAIL, idempotencyKey="order-of-anna")
    erased(email=EMAIL)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert sent(event, **LATE, occurredAt=an_hour_ago()).invocations[0].reason == "SKIPPED_ERASED"
    again = sent(event, customerEmail=EMAIL, idempotencyKey="order-of-anna")
    assert again.invocations[0].reason == "SKIPPED_ERASED"


def test_a_tombstone_goes_when_its_time_is_over() -> None:
    erased(email=EMAIL)
    assert Tombstone.objects.filter(digest=name_digest(f"email:{EMAIL}")).exists()
    Tombstone.objects.update(expires_at=datetime.now(UTC) - timedelta(days=1))
    event = an_event()
    assert sent(event, **LATE, occurredAt=an_hour_ago()).invocations[0].reason == "SKIPPED_NO_SCENARIO"
    tasks.tidy()
    assert not Tombstone.objects.exists()


def test_what_was_erased_is_not_retried() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT])
    sent(event, customerEmail=EMAIL)
    run_due()
    erased(email=EMAIL)
    row = Invocation.objects.get()
    assert (row.status, row.reason) == ("cancelled", "CANCELLED_ERASED")
    assert not chances_of([row.pk])[row.pk].can_retry


def test_the_next_in_line_begins_when_the_erased_one_ends() -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT], flow={"type": "oneAtATime"})
    sent(event, customerEmail=EMAIL)
    sent(event, customerEmail="bob@example.com")
    run_due()
    erased(email=EMAIL)
    bobs = Invocation.objects.get(customer_email="bob@example.com")
    assert (bobs.status, bobs.parked) == ("running", None)


def test_a_customer_of_many_occurrences_is_erased_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "PIECE", 3)
    event = an_event()
    for _ in range(10):
        sent(event, customerEmail=EMAIL)
    erasure = erase_customer(BOSS, email=EMAIL)

    erasing.go_on(0)
    erasure.refresh_from_db()
    assert (erasure.status, erasure.counts["occurrences"]) == ("running", 3)
    assert erasure.names is not None

    erasing.go_on(60)
    erasure.refresh_from_db()
    assert (erasure.status, erasure.counts["occurrences"]) == ("done", 10)


@pytest.fixture
def deleted(settings: Settings) -> User:
    settings.SALEOR_CUSTOM_EVENTS_ERASE_DELETED_AFTER = 0
    return anna()


def delete(user: User) -> None:
    happened(HappeningKind.CUSTOMER_DELETED, id_of(user), remembered={"email": user.email, "firstName": NAME})
    user.delete()


def test_whoever_the_store_deletes_is_erased(deleted: User) -> None:
    event = an_event()
    sent(event, customerEmail=EMAIL)
    sent(event, customerId=id_of(deleted))
    delete(deleted)
    tasks.sweep()
    (certificate,) = read_erasures(BOSS)
    assert (certificate.status, certificate.cause, certificate.counts["occurrences"]) == ("done", "deleted", 2)
    assert rows_with(NEEDLES) == []


def test_what_a_deletion_fires_comes_before_the_erasure(settings: Settings) -> None:
    event = an_event(happenings=[{"kind": "customerDeleted"}])
    delete(anna())
    tasks.sweep()
    assert Occurrence.objects.get(event=event).customer_email == EMAIL
    assert not Erasure.objects.exists()

    StoreHappening.objects.update(due_at=datetime.now(UTC) - timedelta(seconds=1))
    tasks.sweep()
    assert Erasure.objects.get().status == "done"
    assert rows_with(NEEDLES) == []


def test_nobody_is_erased_where_the_operator_does_not_want_it(deleted: User, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_ERASE_DELETED_CUSTOMERS = False
    delete(deleted)
    assert not StoreHappening.objects.exists()


def test_only_who_may_see_customers_may_erase_them() -> None:
    for ask in (erase_customer, plan_erasure):
        with pytest.raises(Refused) as caught:
            ask(MARKETER, email=EMAIL)
        assert caught.value.code == "PERMISSION_DENIED"
    with pytest.raises(Refused):
        read_erasures(MARKETER)


@pytest.mark.parametrize(
    ("whom", "code"),
    [({}, "REQUIRED"), ({"email": "nobody"}, "INVALID_EMAIL"), ({"customer_id": "x" * 201}, "INVALID")],
)
def test_who_is_meant_has_to_be_said(whom: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as caught:
        erase_customer(BOSS, **whom)
    assert caught.value.problems[0].code == code


def test_no_log_line_of_ours_names_her(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_ERASE_DELETED_AFTER = 0
    user = anna()
    with caplog.at_level(logging.DEBUG, logger="saleor_custom_events"):
        fill(user)
        delete(user)
        tasks.sweep()
        tasks.tidy()
        by_token = Caller(kind=CallerKind.CUSTOMER, id=id_of(user), customer_id=id_of(user), customer_email=EMAIL)
        sent(
            an_event(public=True),
            by=by_token,
            customerEmail=EMAIL,
            dataFields={"street": SECRET},
            occurredAt=an_hour_ago(),
        )
    assert Erasure.objects.filter(status="done").exists()
    assert [needle for needle in NEEDLES if needle.lower() in caplog.text.lower()] == []
