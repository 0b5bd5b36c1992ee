"""An anonymous id becomes a customer's when they log in: nothing runs again, and what it had begun is theirs."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.firing.fire import Receipt
from saleor_custom_events.models import AnonymousLink, Happening, Invocation, ScenarioEntry
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.firing.flows import fired_at_once, fired_together, outcome
from tests.running.waiting import ANNA, END, LATE, branch, fired, row, stands, wait_for
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

STARTED, AGAIN = ("started", ""), ("skipped", "SKIPPED_REENTRY")
BEN = "ben@example.com"
BROWSER = "browser-1"
WAIT = {"id": "wait", "type": "wait", "duration": "P1D", "next": None}


def anonymously(event: Any, anonymous_id: str = BROWSER, **more: Any) -> Receipt:
    return fired(event, None, anonymousId=anonymous_id, **more)


def logged_in(event: Any, email: str = ANNA, anonymous_id: str = BROWSER, **more: Any) -> Receipt:
    return fired(event, email, anonymousId=anonymous_id, **more)


def links() -> list[tuple[str, str | None]]:
    return list(AnonymousLink.objects.order_by("pk").values_list("anonymous_id", "customer_email"))


def token_of(email: str) -> Caller:
    return Caller(kind=CallerKind.CUSTOMER, id="VXNlcjox", name=email, customer_id="VXNlcjox", customer_email=email)


def test_a_trusted_caller_links_once() -> None:
    event = an_event()
    for _ in range(3):
        logged_in(event)
    assert links() == [(BROWSER, ANNA)]


def test_a_customers_token_links() -> None:
    event = an_event(public=True)
    fired(event, None, by=token_of(ANNA), anonymousId=BROWSER)
    link = AnonymousLink.objects.get()
    assert (link.anonymous_id, link.customer_id, link.customer_email) == (BROWSER, "VXNlcjox", ANNA)


def test_an_address_that_only_a_public_key_says_never_links() -> None:
    event = an_event(public=True)
    _, storefront = a_key()
    fired(event, ANNA, by=storefront, anonymousId=BROWSER)
    assert links() == []


def test_neither_an_event_without_logging_nor_a_refused_or_repeated_call_nor_a_dry_run_links() -> None:
    logged_in(an_event(logging=False))
    logged_in(an_event(), dryRun=True)
    assert links() == []
    event = an_event()
    logged_in(event, idempotencyKey="k")
    AnonymousLink.objects.all().delete()
    logged_in(event, idempotencyKey="k")
    assert links() == []


def test_one_customer_has_many_browsers_and_a_browser_is_the_latest_ones() -> None:
    event = an_event()
    logged_in(event)
    logged_in(event, anonymous_id="browser-2")
    logged_in(event, BEN)
    logged_in(event, BEN)
    logged_in(event)
    assert links() == [(BROWSER, ANNA), ("browser-2", ANNA), (BROWSER, BEN), (BROWSER, ANNA)]


@pytest.mark.parametrize(
    "reentry", [{"reentry": "once"}, {"reentry": "oncePerPeriod", "period": "P7D"}, {"reentry": "notWhileRunning"}]
)
def test_what_was_entered_anonymously_counts_for_the_customer(reentry: dict[str, str]) -> None:
    event, login = an_event(), an_event()
    a_scenario(event, steps=[WAIT], **reentry)
    assert outcome(anonymously(event)) == STARTED
    run_due()
    logged_in(login)
    # From a server that knows no browser.
    assert outcome(fired(event)) == AGAIN
    assert outcome(fired(event, BEN)) == STARTED


def test_the_firing_that_links_is_itself_kept_out() -> None:
    event = an_event()
    a_scenario(event, reentry="once", steps=[END])
    assert [outcome(anonymously(event)), outcome(logged_in(event)), outcome(fired(event))] == [STARTED, AGAIN, AGAIN]


def test_logins_at_the_same_moment_from_one_browser_let_nobody_in_twice() -> None:
    event = an_event()
    for _ in range(3):
        a_scenario(event, reentry="once", steps=[END])
    anonymously(event)
    fired_at_once(event, [{"customerEmail": ANNA, "anonymousId": BROWSER}] * 24)
    assert set(links()) == {(BROWSER, ANNA)}
    assert Invocation.objects.filter(status="running").count() == 3
    assert Invocation.objects.filter(reason="SKIPPED_REENTRY").count() == 72


def test_who_logs_out_enters_without_a_name_and_comes_back_has_entered() -> None:
    event = an_event()
    logged_in(an_event())
    a_scenario(event, reentry="once", steps=[END])
    assert outcome(anonymously(event)) == STARTED
    assert outcome(logged_in(event)) == AGAIN


def test_what_an_unproven_address_enters_says_nothing_of_the_browser() -> None:
    event = an_event(public=True)
    _, storefront = a_key()
    a_scenario(event, reentry="once", steps=[END])
    assert outcome(anonymously(event)) == STARTED
    assert outcome(fired(event, ANNA, by=storefront, anonymousId=BROWSER)) == STARTED


def test_restart_ends_what_the_browser_had_begun() -> None:
    event = an_event()
    a_scenario(event, reentry="restart", steps=[WAIT])
    before = anonymously(event)
    run_due()
    after = logged_in(event)
    assert (row(before).status, row(before).reason) == ("cancelled", "CANCELLED_RESTARTED")
    assert stands(after) == "running"


def test_a_filter_on_the_customer_enters_late_and_counts_the_browsers_entry() -> None:
    event = an_event()
    a_scenario(
        event,
        reentry="once",
        customerFilter={"left": "customer.exists", "operator": "equals", "right": False},
        steps=[END],
    )
    before = anonymously(event)
    run_due()
    after = logged_in(event)
    run_due()
    assert (stands(before), row(after).reason) == ("completed", "SKIPPED_REENTRY")


def a_wait() -> tuple[Any, Any]:
    start, awaited = an_event(), an_event()
    a_scenario(start, steps=[wait_for(awaited, "end", "late"), END, LATE])
    return start, awaited


def test_who_waits_anonymously_goes_on_by_the_customers_event_from_a_server() -> None:
    start, awaited = a_wait()
    begun = anonymously(start)
    run_due()
    logged_in(an_event())
    run_due()
    assert stands(begun) == "waiting", "a login alone is not what it waits for"
    fired(awaited)
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_the_customers_event_before_a_worker_knew_of_the_login_is_not_missed() -> None:
    start, awaited = a_wait()
    begun = anonymously(start)
    run_due()
    logged_in(an_event())
    fired(awaited)
    run_due()
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_what_began_before_the_login_and_waits_after_it_knows_the_customer() -> None:
    start, awaited = a_wait()
    begun = anonymously(start)
    logged_in(an_event())
    run_due()
    fired(awaited)
    run_due()
    assert (stands(begun), branch(begun)) == ("completed", "happened")


def test_somebody_elses_login_or_event_lets_nobody_go() -> None:
    start, awaited = a_wait()
    begun = anonymously(start)
    run_due()
    logged_in(an_event(), anonymous_id="browser-2")
    fired(awaited)
    run_due()
    assert stands(begun) == "waiting"
    logged_in(an_event(), BEN)
    fired(awaited)
    run_due()
    assert stands(begun) == "waiting"
    fired(awaited, BEN)
    run_due()
    assert stands(begun) == "completed"


def test_a_browser_that_was_taken_over_keeps_what_it_was_before() -> None:
    start, awaited = a_wait()
    before = anonymously(start)
    logged_in(an_event())
    logged_in(an_event(), BEN)
    after = anonymously(start)
    run_due()
    fired(awaited, BEN)
    run_due()
    assert (stands(before), stands(after)) == ("waiting", "completed")
    fired(awaited)
    run_due()
    assert stands(before) == "completed"


def test_nothing_runs_again_and_no_customer_is_touched_because_of_what_a_browser_says() -> None:
    event = an_event()
    note = {"id": "note", "type": "action", "action": "add_customer_note", "config": {"text": "x"}, "next": None}
    a_scenario(event, steps=[note], allowUnverified=True)
    logged_in(an_event())
    receipt = anonymously(event)
    run_due()
    assert row(receipt).step_runs.get().reason == "SKIPPED_NO_CUSTOMER"
    count = Invocation.objects.count()
    logged_in(an_event())
    run_due()
    assert Invocation.objects.count() == count + 1
    assert row(receipt).step_runs.count() == 1


def test_a_batch_links_each_browser_once() -> None:
    fired_together(an_event(), *({"anonymousId": browser} for browser in (BROWSER, "browser-2", BROWSER)))
    assert sorted(links()) == [(BROWSER, ANNA), ("browser-2", ANNA)]


def test_a_link_that_is_erased_takes_back_nothing_but_the_merge() -> None:
    start, awaited = a_wait()
    begun = anonymously(start)
    run_due()
    logged_in(an_event())
    AnonymousLink.objects.all().delete()
    fired(awaited)
    run_due()
    assert stands(begun) == "waiting"
    assert not ScenarioEntry.objects.exists()
    anonymously(awaited)
    run_due()
    assert stands(begun) == "completed"
    assert not Happening.objects.filter(pending=True).exists()
