"""`customEventTestWebhook`: one call of a receiver by whoever sets it up, and what it answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from saleor_custom_events.defining.trial_counts import MOST_AN_HOUR
from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, global_id
from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.models import CustomEvent, Invocation, Occurrence, Scenario, WebhookTrial
from tests.graphql.conftest import Answer, Asker, app, staff
from tests.log.making import fired
from tests.receiver import Receiver, receiver
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

CALL = """
mutation ($input: CustomEventTestWebhookInput!) {
  customEventTestWebhook(input: $input) {
    errors { field code message }
    answer { status milliseconds headers body key method url sentHeaders sentBody }
  } }"""
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"


@pytest.fixture
def event() -> CustomEvent:
    return an_event("Size quiz", declared_fields=[{"name": "size", "type": "String"}])


@pytest.fixture
def scenario(event: CustomEvent) -> Scenario:
    return a_scenario(event, steps=[{"id": "end", "type": "exit"}])


@pytest.fixture
def there(settings: Any) -> Iterator[Receiver]:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    settings.SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET = SECRET
    with receiver() as state:
        yield state


@pytest.fixture
def ewa() -> str:
    return staff("MANAGE_DISCOUNTS", "MANAGE_USERS")


def called(ask: Asker, scenario: Scenario, by: str, settings: Any, **given: Any) -> Answer:
    return ask(CALL, {"input": {"scenario": global_id(SCENARIO, scenario.pk), "settings": settings, **given}}, by=by)


def of(event: CustomEvent) -> dict[str, str]:
    return {"event": global_id(EVENT, event.pk)}


def test_the_receiver_is_called_once_as_a_run_would_and_its_answer_is_given(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver
) -> None:
    there.answers = [(201, {"Content-Type": "text/plain", "X-Request-Id": "r-7", "Set-Cookie": "secret=1"})]

    answer = called(ask, scenario, ewa, {"url": there.url, "message": "{{ dataFields.size }}"}, **of(event)).done[
        "answer"
    ]

    (request,) = there.requests
    assert (answer["status"], answer["body"], answer["method"], answer["url"]) == (201, "thanks", "POST", there.url)
    assert answer["milliseconds"] >= 0
    shown = {name.lower(): value for name, value in answer["headers"].items()}
    assert (shown["content-type"], shown["x-request-id"]) == ("text/plain", "r-7")
    assert "set-cookie" not in shown, "what may be a secret of the receiver's is not shown"
    assert answer["sentBody"].encode() == request.body
    assert json.loads(request.body)["message"] == "size"
    assert (Occurrence.objects.count(), Invocation.objects.count()) == (0, 0)


def test_it_is_signed_and_says_that_it_is_a_test(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver
) -> None:
    keys = [called(ask, scenario, ewa, {"url": there.url}, **of(event)).done["answer"]["key"] for _ in range(2)]

    for key, request in zip(keys, there.requests, strict=True):
        Webhook(SECRET).verify(request.body, request.headers)
        assert key.startswith("test_")
        assert (request.headers["webhook-id"], request.headers["idempotency-key"]) == (key, key)
    assert keys[0] != keys[1], "a receiver that knows the first does not swallow the second"


def test_an_occurrence_of_the_log_fills_it_in(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver
) -> None:
    (invocation,) = fired(event)
    settings = {"url": there.url, "body": '{"who": "{{ customer.email }}", "score": {{ dataFields.score }}}'}

    assert called(ask, scenario, ewa, settings, occurrenceId=str(invocation.occurrence_id)).done

    assert json.loads(there.requests[0].body) == {"who": "anna@example.com", "score": 31337.25}


def test_headers_of_the_author_are_sent_and_shown_nowhere(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver
) -> None:
    settings = {"url": there.url, "headers": {"Authorization": "Bearer s3cret"}}

    answer = called(ask, scenario, ewa, settings, **of(event))

    assert there.requests[0].headers["authorization"] == "Bearer s3cret"
    assert answer.done["answer"]["sentHeaders"]["Authorization"] == "•••"
    assert "s3cret" not in json.dumps(answer.body)


@pytest.mark.parametrize("status", [302, 404, 503])
def test_whatever_it_answers_is_an_answer(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver, status: int
) -> None:
    there.answers = [(status, {"Location": "http://127.0.0.1:1/"})]

    answer = called(ask, scenario, ewa, {"url": there.url}, **of(event)).done["answer"]

    assert (answer["status"], len(there.requests)) == (status, 1)


def test_an_address_that_the_shop_may_not_ask_is_not_asked(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver, settings: Any
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = False
    assert called(ask, scenario, ewa, {"url": there.url}, **of(event)).refusals == [(None, "ADDRESS_REFUSED")]
    assert there.requests == []


def test_where_nobody_answers_it_says_so(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, settings: Any
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    url = f"http://127.0.0.1:{free_port()}/"
    assert called(ask, scenario, ewa, {"url": url}, **of(event)).refusals == [(None, "NO_ANSWER")]


def test_a_receiver_that_hangs_costs_its_time_and_no_more(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver, settings: Any
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_WEBHOOK_TIMEOUT = 0.3
    there.open.clear()
    assert called(ask, scenario, ewa, {"url": there.url}, **of(event)).refusals == [(None, "NO_ANSWER")]


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ({}, ("settings.url", "REQUIRED")),
        ({"url": "ftp://x.example"}, ("settings.url", "INVALID_URL")),
        ({"url": "URL", "body": "{{ custmer }}"}, ("settings.body", "UNKNOWN_NAME")),
        ({"url": "URL", "body": "no JSON"}, ("settings", "BODY_NO_JSON")),
        ([], ("settings", "INVALID")),
    ],
)
def test_what_cannot_be_sent_is_said_and_not_counted(
    ask: Asker,
    scenario: Scenario,
    event: CustomEvent,
    ewa: str,
    there: Receiver,
    written: Any,
    refusal: tuple[str, str],
) -> None:
    if isinstance(written, dict) and written.get("url") == "URL":
        written = {**written, "url": there.url}
    assert called(ask, scenario, ewa, written, **of(event)).refusals == [refusal]
    assert (there.requests, WebhookTrial.objects.count()) == ([], 0)


def test_it_needs_what_publishing_it_needs(ask: Asker, scenario: Scenario, event: CustomEvent, there: Receiver) -> None:
    ola = staff("MANAGE_DISCOUNTS")
    assert called(ask, scenario, ola, {"url": there.url}, **of(event)).refusals == [(None, "PERMISSION_DENIED")]
    assert there.requests == []
    assert called(ask, scenario, app({"MANAGE_DISCOUNTS", "MANAGE_USERS"}), {"url": there.url}, **of(event)).done


def test_twenty_an_hour_and_each_for_themselves(
    ask: Asker, scenario: Scenario, event: CustomEvent, ewa: str, there: Receiver
) -> None:
    for _ in range(MOST_AN_HOUR):
        assert called(ask, scenario, ewa, {"url": there.url}, **of(event)).done
    assert called(ask, scenario, ewa, {"url": there.url}, **of(event)).refusals == [(None, "RATE_LIMITED")]
    other = staff("MANAGE_DISCOUNTS", "MANAGE_USERS")
    assert called(ask, scenario, other, {"url": there.url}, **of(event)).done
    WebhookTrial.objects.update(since="2026-01-01T00:00:00Z")
    assert called(ask, scenario, ewa, {"url": there.url}, **of(event)).done
    assert len(there.requests) == MOST_AN_HOUR + 2
