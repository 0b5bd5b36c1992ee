"""A receiver that keeps failing: left alone, asked by one, and nothing that was held back is lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import redis
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from saleor_custom_events.models import Invocation, StepRun
from saleor_custom_events.running import breaker
from saleor_custom_events.running.breaker import Breaker, Breakers, OwnShelf, SharedShelf, Shelf, receiver_of
from saleor_custom_events.running.retries import ALL_TRIES
from saleor_custom_events.running.worker import run_due
from tests.receiver import Receiver
from tests.running.test_worker import come, fired, webhook
from tests.shop import a_scenario, an_event


@pytest.fixture(params=["own", "shared"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    if request.param == "own":
        return OwnShelf()
    return SharedShelf(redis.Redis.from_url(django_settings.REDIS_URL))


@pytest.fixture
def one(shelf: Shelf, settings: Settings) -> Breaker:
    settings.SALEOR_CUSTOM_EVENTS_BREAKER_FAILURES = 3
    return Breaker(f"{uuid4()}:443", shelf)


def fail(one: Breaker, times: int) -> None:
    for _ in range(times):
        one.failed()


def test_it_opens_after_as_many_failures_as_are_allowed(one: Breaker) -> None:
    fail(one, 2)
    assert one.held_for() is None
    fail(one, 1)
    held = one.held_for()
    assert held is not None
    assert timedelta(seconds=25) < held < timedelta(seconds=40)


def test_a_success_in_between_forgives_what_was_before(one: Breaker) -> None:
    fail(one, 2)
    one.succeeded()
    fail(one, 2)
    assert one.held_for() is None


@pytest.fixture
def opened(one: Breaker, monkeypatch: pytest.MonkeyPatch) -> Breaker:
    """A breaker whose first pause is over, soon enough for a test."""
    monkeypatch.setattr(breaker, "FIRST", 0.05)
    fail(one, 3)
    while one._shelf.left(one._open) > 0:
        pass
    return one


def test_when_the_pause_is_over_one_tries_and_the_others_wait(opened: Breaker) -> None:
    assert opened.held_for() is None
    assert opened.held_for() is not None
    assert opened.held_for() is not None


def test_all_go_on_once_the_one_who_tried_had_an_answer(opened: Breaker) -> None:
    assert opened.held_for() is None
    opened.succeeded()
    assert [opened.held_for() for _ in range(3)] == [None] * 3


def test_it_is_left_alone_for_longer_where_the_one_who_tried_failed_too(
    opened: Breaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "FIRST", 30.0)
    assert opened.held_for() is None
    opened.failed()
    held = opened.held_for()
    assert held is not None
    assert timedelta(seconds=55) < held < timedelta(seconds=80)


def test_failures_of_what_was_begun_before_it_opened_make_it_no_longer(one: Breaker) -> None:
    fail(one, 9)
    held = one.held_for()
    assert held is not None
    assert held < timedelta(seconds=40)


def test_processes_share_it(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_BREAKER_FAILURES = 2
    url = f"https://{uuid4()}.example/in"
    one, other = Breakers(), Breakers()
    one.tell(url, well=False)
    other.tell(url, well=False)
    assert one.held_for(f"{url}/another/path") is not None
    assert other.held_for(url) is not None


def test_without_redis_each_process_has_its_own(settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_BREAKER_FAILURES = 2
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    one, other = Breakers(), Breakers()
    for _ in range(2):
        one.tell("https://x.example/", well=False)
    assert one.held_for("https://x.example/") is not None
    assert other.held_for("https://x.example/") is None


def test_a_receiver_is_a_host_and_a_port() -> None:
    assert receiver_of("https://X.example/a?b") == "x.example:443"
    assert receiver_of("http://x.example:8080/") == "x.example:8080"
    assert receiver_of("http://[::1]/") == "::1:80"


@pytest.fixture
def failing(hook: Receiver, settings: Settings) -> Receiver:
    """A receiver that has failed twice, as often as is allowed; a third invocation waits for it."""
    settings.SALEOR_CUSTOM_EVENTS_BREAKER_FAILURES = 2
    hook.answers = [(503, {})]
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    for _ in range(2):
        fired(event)
        run_due()
    fired(event)
    run_due()
    return hook


@pytest.mark.django_db(transaction=True)
def test_what_is_held_back_waits_and_is_not_counted_as_a_try(failing: Receiver) -> None:
    assert len(failing.requests) == 2
    held = StepRun.objects.order_by("-pk")[0]
    assert (held.status, held.reason, held.attempts) == ("retrying", "RECEIVER_HELD_BACK", 0)
    invocation = Invocation.objects.order_by("-pk")[0]
    assert invocation.status == "waiting"
    assert invocation.due_at is not None

    for _ in range(12):
        come()
        run_due()

    assert len(failing.requests) == 2
    assert StepRun.objects.get(pk=held.pk).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_what_was_held_back_arrives_once_the_receiver_is_well(failing: Receiver) -> None:
    failing.answers = [(200, {})]
    breaker.breakers.tell(failing.url, well=True)

    come()
    run_due()

    assert {row.status for row in Invocation.objects.all()} == {"completed"}
    assert len(failing.requests) == 2 + 3
    assert len({request.headers["idempotency-key"] for request in failing.requests}) == 3


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_is_never_well_again_is_given_up_in_the_end(failing: Receiver) -> None:
    for row in StepRun.objects.all():
        StepRun.objects.filter(pk=row.pk).update(started_at=row.started_at - ALL_TRIES - timedelta(minutes=1))

    for _ in range(9):
        come()
        run_due()

    assert {row.status for row in Invocation.objects.all()} == {"failed"}
    assert {row.reason for row in Invocation.objects.all()} == {"FAILED_RETRIES"}


@pytest.mark.django_db(transaction=True)
def test_a_breaker_may_be_switched_off(hook: Receiver, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_BREAKER_FAILURES = 0
    hook.answers = [(503, {})]
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    for _ in range(15):
        fired(event)
    run_due()
    assert len(hook.requests) == 15
