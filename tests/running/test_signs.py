"""Exit rules let go of an invocation when its customer orders something, or takes back their consent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from pytest_django.fixtures import Settings

from saleor_custom_events.clock import database_now
from saleor_custom_events.consent import release, suppress
from saleor_custom_events.defining.scenarios import publish_scenario
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.firing.store_happenings import forget, happened
from saleor_custom_events.hosts.sandbox.models import Order, User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import Awaiting, CustomEvent, Happening, Invocation, Scenario, StoreHappening
from saleor_custom_events.running import awaiting, queue
from saleor_custom_events.running.budget import Budget
from saleor_custom_events.running.run import Run, learn_customers, learn_what_happened, load
from saleor_custom_events.running.signs import learn_signs
from saleor_custom_events.running.store_happenings import fire_due
from saleor_custom_events.running.worker import carry_on, run_due
from saleor_custom_events.scenarios.advance import Ask, End
from saleor_custom_events.scenarios.outcomes import Reason, Status
from saleor_custom_events.scenarios.signs import PlacedOrder, Sign, address_digest, names_of
from saleor_custom_events.signs import tell
from saleor_custom_events.store.happenings import HappeningKind
from tests.defining.people import BOSS
from tests.running.waiting import ANNA, END, fired, row, stands, time_passes
from tests.shop import TRUSTED, a_scenario, an_event
from tests.side_by_side import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)

DAY = {"id": "wait", "type": "wait", "duration": "P1D", "next": "end"}
ORDER = PlacedOrder(at=datetime(2026, 1, 1, tzinfo=UTC), id="T3JkZXI6MQ==", number="42")


def leaving(kind: str) -> CustomEvent:
    start = an_event()
    a_scenario(start, steps=[DAY, END], exits=[{"type": kind}])
    return start


def told_of_an_order(*, customer_id: str = "", email: str = "") -> None:
    names = names_of(customer_ids=frozenset({customer_id}), emails=frozenset({email}))
    tell(Sign.ORDER_PLACED, names, database_now(), ORDER)


def fired_for(event: CustomEvent, customer_id: str) -> Receipt:
    return fire(read_firing({"customEventId": event.pk, "customerId": customer_id}), TRUSTED)


def ended(receipt: Receipt) -> tuple[str, str]:
    return row(receipt).status, row(receipt).reason


EARLY = ("completed", "EXITED_EARLY")


@pytest.fixture(autouse=True)
def nobody_is_known_to_listen() -> None:
    forget()


@pytest.fixture
def anna() -> User:
    return User.objects.create(email=ANNA, metadata={"marketing": "yes"})


def test_an_order_ends_the_wait_and_the_log_names_it() -> None:
    begun = fired(leaving("orderPlaced"))
    run_due()
    assert stands(begun) == "waiting"
    told_of_an_order(email="Anna@Example.com")
    run_due()
    assert ended(begun) == EARLY
    assert row(begun).detail == "Order 42 was placed."
    (step_run,) = row(begun).step_runs.all()
    assert (step_run.status, step_run.reason) == ("skipped", "EXITED_EARLY")
    assert step_run.result["order"] == {"id": ORDER.id, "number": ORDER.number}
    assert not Awaiting.objects.exists()


def test_an_order_of_the_account_ends_what_began_with_its_address(anna: User) -> None:
    begun = fired(leaving("orderPlaced"))
    run_due()
    told_of_an_order(customer_id=global_id("User", anna.pk), email="other@example.com")
    run_due()
    assert ended(begun) == EARLY


def test_a_guests_order_ends_what_began_with_the_accounts_id(anna: User) -> None:
    begun = fired_for(leaving("orderPlaced"), global_id("User", anna.pk))
    run_due()
    told_of_an_order(email=ANNA)
    run_due()
    assert ended(begun) == EARLY


def test_somebody_elses_order_ends_nothing() -> None:
    begun = fired(leaving("orderPlaced"))
    run_due()
    told_of_an_order(email="ben@example.com")
    run_due()
    assert stands(begun) == "waiting"


def test_an_order_of_before_ends_nothing() -> None:
    start = leaving("orderPlaced")
    told_of_an_order(email=ANNA)
    begun = fired(start)
    run_due()
    assert stands(begun) == "waiting"


def test_an_order_between_the_occurrence_and_the_wait_lets_go_where_the_wait_begins() -> None:
    begun = fired(leaving("orderPlaced"))
    told_of_an_order(email=ANNA)
    run_due()
    assert ended(begun) == EARLY


def test_an_order_that_nobody_told_of_is_seen_when_the_wait_ends() -> None:
    begun = fired(leaving("orderPlaced"))
    run_due()
    Order.objects.create(user_email=ANNA, status="unfulfilled", currency="PLN", total_gross_amount=10)
    time_passes()
    run_due()
    assert ended(begun) == EARLY
    assert row(begun).detail == "An order was placed."


def published(start: CustomEvent, kind: str) -> None:
    """Publish the scenario that starts from this event, as staff do: then the store's hooks tell of its signs."""
    scenario = Scenario.objects.get(starts__event=start)
    publish_scenario(BOSS, scenario.pk)
    assert Scenario.objects.get(pk=scenario.pk).heeds, kind


def test_what_the_stores_hook_tells_of_an_order_ends_the_wait(anna: User) -> None:
    start = leaving("orderPlaced")
    published(start, "orderPlaced")
    begun = fired(start)
    run_due()
    order = Order.objects.create(
        user=anna, user_email=ANNA, status="unfulfilled", currency="PLN", total_gross_amount=10
    )
    happened(HappeningKind.ORDER_CREATED, global_id("Order", order.pk))
    fire_due(1)
    run_due()
    assert ended(begun) == EARLY
    assert row(begun).step_runs.get().result["order"]["id"] == global_id("Order", order.pk)


def test_a_scenario_without_such_rules_has_the_store_tell_nothing(anna: User) -> None:
    start = an_event()
    a_scenario(start, steps=[DAY, END])
    publish_scenario(BOSS, Scenario.objects.get().pk)
    order = Order.objects.create(
        user=anna, user_email=ANNA, status="unfulfilled", currency="PLN", total_gross_amount=10
    )
    happened(HappeningKind.ORDER_CREATED, global_id("Order", order.pk))
    assert not StoreHappening.objects.exists()


@pytest.mark.parametrize(("said", "stood"), [("no", EARLY), ("yes", ("waiting", ""))])
def test_what_the_stores_hook_tells_of_consent(
    anna: User, settings: Settings, said: str, stood: tuple[str, str]
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    start = leaving("consentWithdrawn")
    published(start, "consentWithdrawn")
    begun = fired(start)
    run_due()
    anna.metadata = {"marketing": said, "size": "M"}
    anna.save()
    happened(HappeningKind.CUSTOMER_METADATA_CHANGED, global_id("User", anna.pk), metadata=anna.metadata)
    fire_due(1)
    run_due()
    assert ended(begun) == stood


def test_unsubscribing_ends_the_wait() -> None:
    begun = fired(leaving("consentWithdrawn"))
    run_due()
    assert stands(begun) == "waiting"
    suppress(address_digest(ANNA))
    run_due()
    assert ended(begun) == EARLY
    assert row(begun).detail == "Consent was withdrawn: they unsubscribed."


def test_unsubscribing_again_and_again_is_written_down_once() -> None:
    for _ in range(3):
        suppress(address_digest(ANNA))
    assert Happening.objects.count() == 1
    release(address_digest(ANNA))
    suppress(address_digest(ANNA))
    assert Happening.objects.count() == 2


def test_unsubscribing_ends_what_began_with_the_accounts_id(anna: User) -> None:
    begun = fired_for(leaving("consentWithdrawn"), global_id("User", anna.pk))
    run_due()
    suppress(address_digest(ANNA))
    run_due()
    assert ended(begun) == EARLY


def test_who_unsubscribed_before_goes_on_and_so_does_who_took_it_back_at_once() -> None:
    suppress(address_digest(ANNA))
    start = leaving("consentWithdrawn")
    before, ben = fired(start), fired(start, "ben@example.com")
    run_due()
    suppress(address_digest("ben@example.com"))
    release(address_digest("ben@example.com"))
    run_due()
    assert (stands(before), stands(ben)) == ("waiting", "waiting")


def test_a_yes_in_the_store_that_is_gone_ends_it(anna: User, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    begun = fired(leaving("consentWithdrawn"))
    run_due()
    assert stands(begun) == "waiting"
    User.objects.filter(pk=anna.pk).update(metadata={"marketing": "no"})
    names = names_of(customer_ids=frozenset({global_id("User", anna.pk)}), emails=frozenset())
    tell(Sign.CONSENT_WITHDRAWN, names, database_now())
    run_due()
    assert ended(begun) == EARLY


def test_a_yes_that_goes_untold_is_missed_when_the_wait_ends(anna: User, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    begun = fired(leaving("consentWithdrawn"))
    run_due()
    anna.delete()
    time_passes()
    run_due()
    assert ended(begun) == EARLY


def test_who_never_said_yes_goes_on(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    begun = fired(leaving("consentWithdrawn"))
    run_due()
    time_passes()
    run_due()
    assert ended(begun) == ("completed", "EXITED")


HAPPENS = {
    "orderPlaced": lambda: told_of_an_order(email=ANNA),
    "consentWithdrawn": lambda: suppress(address_digest(ANNA)),
}
both = pytest.mark.parametrize("kind", HAPPENS)


def held(receipt: Receipt) -> Run:
    """Give the invocation in the hands of a worker that has written what it listens to, and has not looked yet."""
    (claim,) = queue.claim(10, 30)
    (run,) = load([claim])
    run.go_on()
    assert isinstance(run.then, Ask)
    learn_customers([run])
    run.go_on()
    assert queue.settle([run.settlement(Status.RUNNING, held=True)], 30) == {row(receipt).pk}
    return run


@both
def test_a_worker_that_dies_between_listening_and_looking_misses_nothing(kind: str) -> None:
    begun = fired(leaving(kind))
    held(begun)
    HAPPENS[kind]()
    awaiting.knock(10)
    assert not Happening.objects.filter(pending=True).exists()
    Invocation.objects.filter(pk=row(begun).pk).update(due_at=database_now())  # the lease is over
    run_due()
    assert ended(begun) == EARLY


@both
def test_what_comes_between_the_look_and_the_end_of_the_round_knocks(kind: str) -> None:
    begun = fired(leaving(kind))
    run = held(begun)
    learn_what_happened([run])
    learn_signs([run])
    run.go_on()
    HAPPENS[kind]()
    awaiting.knock(10)
    queue.settle([run.settlement(Status.WAITING, due_at=database_now() + timedelta(days=1))], 30)
    run_due()
    assert ended(begun) == EARLY


@both
def test_what_came_a_moment_before_the_wait_was_over_still_lets_go(kind: str) -> None:
    begun = fired(leaving(kind))
    run_due()
    HAPPENS[kind]()
    time_passes()
    carry_on(load(queue.claim(10, 30)), Budget(60))
    assert Happening.objects.filter(pending=True).exists(), "nobody was told"
    assert ended(begun) == EARLY


def test_consent_that_goes_while_the_wait_begins_is_seen(anna: User, settings: Settings) -> None:
    """The customer was read before it was listened for; what counts is what is read afterwards."""
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    begun = fired(leaving("consentWithdrawn"))
    run_due()
    time_passes()
    (claim,) = queue.claim(10, 30)
    (run,) = load([claim])
    run.go_on()
    learn_customers([run])
    User.objects.filter(pk=anna.pk).update(metadata={})
    run.go_on()
    learn_what_happened([run])
    learn_signs([run])
    run.go_on()
    assert (run.then, stands(begun)) == (End(Status.COMPLETED, Reason.EXIT_EARLY, run.then.detail), "waiting")  # type: ignore[union-attr]


def test_many_leave_and_many_begin_to_wait_at_once() -> None:
    """Every one of them is let go, by three that work and two that tell, in whatever order it comes."""
    start = leaving("consentWithdrawn")
    people = [f"somebody{i}@example.com" for i in range(24)]
    begun = [fired(start, person) for person in people]

    def leave_all(some: list[str]) -> None:
        for person in some:
            suppress(address_digest(person))

    with meanwhile(*[run_due] * 3):
        together(*(partial(leave_all, people[i::2]) for i in range(2)))
    run_due()
    assert {ended(one) for one in begun} == {EARLY}
    assert not Awaiting.objects.exists()
    assert not Happening.objects.filter(pending=True).exists()
