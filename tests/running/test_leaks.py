"""What names a person or opens a door stands in no line of a log and in no message to a worker."""

from __future__ import annotations

import inspect
import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from saleor_custom_events import tasks
from saleor_custom_events.actions.send_webhook import SendWebhook
from saleor_custom_events.firing import refusals
from saleor_custom_events.models import CustomEvent, Invocation, KeyType, StepRun
from saleor_custom_events.running import worker
from saleor_custom_events.troubles import without_values
from tests.receiver import Receiver
from tests.running.test_effects import act
from tests.running.test_worker import webhook
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL, VALUE, SECRET_HEADER = "leaky@example.com", "a-value-that-nobody-should-read", "header-secret-5c1f"
ADDRESS = "/plugins/global/custom-events/"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged, with its tracebacks, as text."""
    caplog.set_level(logging.DEBUG)
    written = logging.Formatter("%(name)s %(message)s")

    def text() -> str:
        lines = [written.format(record) for record in caplog.records]
        lines += [json.dumps(record.__dict__, default=str) for record in caplog.records]
        return "\n".join(lines)

    return text


def post(path: str, body: Any, key: str) -> int:
    headers = {"Authorization": f"Bearer {key}"}
    return Client().post(ADDRESS + path, body, content_type="application/json", headers=headers).status_code


def failing(*_: Any, **__: Any) -> Any:
    raise RuntimeError(f"{EMAIL} sent {VALUE}")


def refused_by_the_database(*_: Any, **__: Any) -> Any:
    """Fail as PostgreSQL does, which quotes the row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE quoted (email text UNIQUE) ON COMMIT DROP")
        cursor.execute("INSERT INTO quoted VALUES (%s), (%s)", [EMAIL, EMAIL])


def expect_no_leak(text: str, *secrets: str) -> None:
    for one in (EMAIL, VALUE, SECRET_HEADER, *secrets):
        assert one not in text


def test_nothing_that_names_a_person_or_opens_a_door_is_logged_or_queued(
    told: Callable[[], str], hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, (secret, _), (public, _) = an_event(), a_key(KeyType.SERVER), a_key()
    config = {"headers": {"X-Secret": SECRET_HEADER}}
    hook.answers = [(503, {}), (200, {})]
    a_scenario(
        event,
        steps=[
            webhook(hook.url, after="mail", **config),
            act("send_email", "mail", "odd", subject="{{ customer.email }}", text="{{ dataFields.x }}"),
            {"id": "odd", "type": "setVariable", "name": "v", "value": "{{ dataFields.x | divided_by: 0 }}"},
        ],
    )
    sent = {"customEventId": event.pk, "customerEmail": EMAIL, "dataFields": {"x": VALUE}}
    assert post("fire", sent, secret) == 202
    assert post("fire", {**sent, "unknown": VALUE}, secret) == 400
    assert post("fire", sent, public) == 403
    assert post("fire", sent, secret[:-1]) == 401
    monkeypatch.setattr(refusals, "_parameters", refused_by_the_database)
    assert post("fire", {**sent, "customerEmail": f"{EMAIL}@"}, secret) == 400
    for _ in range(4):
        worker.run_due()
        Invocation.objects.filter(due_at__isnull=False).update(due_at="2026-01-01T00:00:00Z")
    assert {"hook", "mail", "odd"} == set(StepRun.objects.values_list("step", flat=True))
    monkeypatch.setattr(SendWebhook, "perform", failing)
    assert post("fire", {**sent, "idempotencyKey": "again"}, secret) == 202
    worker.run_due()
    text = told()
    assert "RuntimeError" in text
    assert "could not be counted" in text
    assert "23505" in text
    expect_no_leak(text, secret, public)


@pytest.mark.parametrize("break_in", [failing, refused_by_the_database])
def test_a_task_that_fails_tells_celery_what_and_where_and_quotes_nothing(
    break_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "work", break_in)
    with pytest.raises(Exception, match=r"^(sqlstate|23505.*)?$") as raised:
        tasks.run_due()
    told = "".join(traceback.format_exception(raised.value))
    assert type(raised.value).__name__ in ("RuntimeError", "IntegrityError")
    assert break_in.__name__ in told
    expect_no_leak(told)


def test_a_database_error_names_its_code_and_constraint() -> None:
    CustomEvent.objects.create(name=EMAIL, slug="leaky")
    with pytest.raises(IntegrityError) as raised:
        CustomEvent.objects.create(name=EMAIL, slug="leaky")
    told = "".join(traceback.format_exception(without_values(raised.value)))
    assert "23505" in told
    assert "saleor_custom_events_customevent" in told
    # The lines of this file are code; the message is not.
    assert "leaky" not in told.splitlines()[-1]


def test_no_task_takes_anything_so_no_message_to_a_worker_can_hold_anything() -> None:
    ours = [one for one in vars(tasks).values() if hasattr(one, "apply_async")]
    assert len(ours) >= 3
    assert [list(inspect.signature(one.run).parameters) for one in ours] == [[]] * len(ours)
