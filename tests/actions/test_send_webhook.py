"""Send webhook: what is sent, that it is the same in every try, and what follows from the answer."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from saleor_custom_events.actions.forms import read_settings, render_settings
from saleor_custom_events.actions.send_webhook import SendWebhook
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.values import DataField, FieldType, Money
from saleor_custom_events.store.outgoing import HttpAnswer
from tests.actions.performing import FACTS, World, context, perform

URL = {"url": "https://hooks.example/in?x=1"}
FIELDS = (
    DataField("score", FieldType.NUMBER, Decimal("50.10")),
    DataField("total", FieldType.MONEY, Money(Decimal("199.90"), "PLN")),
)
SECRET = "whsec_" + base64.b64encode(b"a secret of thirty-two bytes ....").decode()


def answered(status: int, body: str = "", **headers: str) -> World:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return World(answer=HttpAnswer(status=status, headers=named, body=body, seconds=0.1234))


def failed(world: World) -> ActionError:
    with pytest.raises(ActionError) as failure:
        perform(SendWebhook(), URL, world)
    return failure.value


def test_the_document() -> None:
    world = World()
    config = {**URL, "message": "Hi {{ customer.email }}: {{ dataFields.total }}"}
    outcome = perform(SendWebhook(), config, world, fields=FIELDS)
    (request,) = world.requests
    assert (request["method"], request["url"]) == ("POST", URL["url"])
    assert json.loads(request["body"]) == {
        "type": "custom_event.invocation",
        "event": {"number": 7, "slug": "quiz"},
        "occurrence": {
            "id": "01943e9a-0000-7000-8000-000000000000",
            "registeredAt": "2026-01-05T10:00:00+00:00",
            "occurredAt": "2026-01-05T10:00:00+00:00",
            "channel": "pl",
            "url": "https://shop.example/",
            "identity": "trusted",
        },
        "customer": {"email": "ann@example.com", "id": None, "externalReference": None, "anonymousId": None},
        "dataFields": [
            {"name": "score", "type": "Number", "value": "50.10"},
            {"name": "total", "type": "Money", "value": {"amount": "199.90", "currency": "PLN"}},
        ],
        "invocation": {"id": "41"},
        "scenario": {"id": 3, "name": "Welcome", "version": 2},
        "step": {"id": "s1", "visit": 4},
        "message": "Hi ann@example.com: 199.90 PLN",
    }
    assert outcome.skipped is None
    assert outcome.result == {"status": 204, "seconds": 0.25, "response": ""}
    assert outcome.output == {"status": 204, "response": ""}


def test_every_try_sends_the_same_body_and_key() -> None:
    worlds = [World(now=datetime(2026, 1, day, tzinfo=UTC)) for day in (5, 6)]
    for attempt, world in enumerate(worlds, start=1):
        perform(SendWebhook(), URL, world, facts=replace(FACTS, attempt=attempt))
    first, second = (world.requests[0] for world in worlds)
    assert first["body"] == second["body"]
    for name in ("webhook-id", "Idempotency-Key"):
        assert first["headers"][name] == second["headers"][name] == "msg_1"


def test_a_receiver_with_the_secret_can_check_the_signature() -> None:
    world = World(now=datetime.now(UTC), webhook_secret=SECRET)
    perform(SendWebhook(), URL, world, fields=FIELDS)
    body, headers = world.requests[0]["body"], world.requests[0]["headers"]
    assert Webhook(SECRET).verify(body, headers)["type"] == "custom_event.invocation"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"50.10", b"60.10"), headers)


def test_without_a_secret_only_the_shop_signs() -> None:
    world = World(signature={"Saleor-Signature": "jws", "webhook-id": "of somebody else"})
    perform(SendWebhook(), URL, world)
    headers = world.requests[0]["headers"]
    assert headers["Saleor-Signature"] == "jws"
    assert headers["webhook-id"] == "msg_1"
    assert headers["webhook-timestamp"] == str(int(world.now.timestamp()))
    assert "webhook-signature" not in headers


def test_a_secret_that_is_none_is_our_fault_and_may_be_mended() -> None:
    world = World(webhook_secret="whsec_***")
    error = failed(world)
    assert (error.code, error.again, error.fault) == ("BAD_SECRET", True, Fault.OURSELVES)
    assert world.requests == []


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_a_2xx_is_success(status: int) -> None:
    assert perform(SendWebhook(), URL, answered(status)).output["status"] == status


@pytest.mark.parametrize(
    ("status", "again"),
    [
        (301, False),
        (400, False),
        (404, False),
        (410, False),
        (408, True),
        (425, True),
        (429, True),
        (500, True),
        (503, True),
        (599, True),
    ],
)
def test_what_may_pass_later_is_tried_again(status: int, again: bool) -> None:
    error = failed(answered(status, "why not"))
    assert (error.again, error.code, error.fault) == (again, f"HTTP_{status}", Fault.OUTSIDE)
    assert error.result == {"status": status, "seconds": 0.123, "response": "why not"}


@pytest.mark.parametrize(
    ("header", "delay"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("9" * 5000, timedelta(days=1)),
        ("Mon, 05 Jan 2026 12:31:00 GMT", timedelta(minutes=1)),
        ("Mon, 05 Jan 2026 12:00:00 GMT", timedelta(0)),
        ("Sat, 05 Jan 2036 12:00:00 GMT", timedelta(days=1)),
        ("Mon, 05 Jan 2026 12:31:00 -0000", None),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_the_receivers_wish_when_to_come_back(header: str, delay: timedelta | None) -> None:
    assert failed(answered(503, Retry_After=header)).retry_after == delay
    assert failed(answered(429, retry_after=header)).retry_after == delay


def test_an_answer_that_no_database_can_hold() -> None:
    assert perform(SendWebhook(), URL, answered(200, "a\0b")).output["response"] == "ab"


def test_somebody_anonymous_is_named_by_the_anonymous_id() -> None:
    world = World()
    nobody: dict[str, Any] = {"customer_email": None, "anonymous_id": "visitor-1", "identity": Identity.ANONYMOUS}
    perform(SendWebhook(), URL, world, **nobody)
    customer = json.loads(world.requests[0]["body"])["customer"]
    assert customer == {"email": None, "id": None, "externalReference": None, "anonymousId": "visitor-1"}


def test_another_method_and_headers_of_ones_own() -> None:
    world = World()
    config = {**URL, "method": "PUT", "headers": {"Authorization": "Bearer {{ event.slug }}", "X-Size": "M"}}
    settings, _ = read_settings(SendWebhook(), config, "config")
    rendered = render_settings(settings, context(FACTS.occurrence))
    SendWebhook().perform(rendered, FACTS, world)
    (request,) = world.requests
    assert request["method"] == "PUT"
    assert request["headers"]["Authorization"] == "Bearer quiz"
    assert request["headers"]["X-Size"] == "M"
    assert request["headers"]["Content-Type"] == "application/json"
    assert json.loads(request["body"])["type"] == "custom_event.invocation"


def test_a_method_that_changes_nothing_there_is_none() -> None:
    _, problems = read_settings(SendWebhook(), {**URL, "method": "GET"}, "config")
    assert [(problem.field, problem.code) for problem in problems] == [("config.method", "INVALID")]


def test_a_body_of_ones_own_is_signed_and_sent_as_it_was_rendered() -> None:
    world = World(now=datetime.now(UTC), webhook_secret=SECRET)
    outcome = perform(SendWebhook(), {**URL, "body": '{"size": "{{ dataFields.score }}"}'}, world, fields=FIELDS)
    (request,) = world.requests
    assert request["body"] == b'{"size": "50.10"}'
    assert Webhook(SECRET).verify(request["body"], request["headers"]) == {"size": "50.10"}
    assert outcome.result["status"] == 204


def test_a_body_may_be_text() -> None:
    world = World()
    perform(SendWebhook(), {**URL, "body": "Größe: {{ event.slug }}", "contentType": "text/plain"}, world)
    (request,) = world.requests
    assert request["body"].decode() == "Größe: quiz"
    assert request["headers"]["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("body", ['{"size": {{ dataFields.gone }}}', '{"size": NaN}', "[-Infinity]"])
def test_a_body_that_is_no_json_is_the_authors_fault_and_not_sent(body: str) -> None:
    world = World()
    with pytest.raises(ActionError) as failure:
        perform(SendWebhook(), {**URL, "body": body}, world)
    assert (failure.value.code, failure.value.fault, world.requests) == ("BODY_NO_JSON", Fault.AUTHOR, [])
