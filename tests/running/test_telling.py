"""What operators are told of firings and steps: traces, metrics and lines of the log, with ids and without values."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from opentelemetry import trace

from saleor_custom_events import measures, tasks
from saleor_custom_events.clock import database_now
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.log import erasing
from saleor_custom_events.log.erasure import erase_customer
from saleor_custom_events.models import Invocation, KeyType, Occurrence, StepRun
from saleor_custom_events.running import heartbeat
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.collecting import Collected, collecting
from tests.defining.people import BOSS
from tests.receiver import Receiver
from tests.running.test_effects import act
from tests.running.test_worker import come, fired, webhook
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/plugins/global/custom-events/"
EMAIL, REFERENCE, VALUE = "traced@example.com", "crm-77", "a-value-that-nobody-should-read"
#: A caller's span: its trace goes on in ours.
OUTSIDE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def told() -> Iterator[Collected]:
    """Give what is told to OpenTelemetry."""
    with collecting() as collected:
        yield collected


def post(event: int, key: str, **headers: str) -> int:
    body = {
        "customEventId": event,
        "customerEmail": EMAIL,
        "customerExternalReference": REFERENCE,
        "dataFields": {"secret": VALUE},
        "url": f"https://shop.example.com/{VALUE}",
    }
    answer = Client().post(
        ADDRESS + "fire", body, content_type="application/json", headers={"Authorization": f"Bearer {key}", **headers}
    )
    return int(answer.status_code)


def said(span: Any) -> dict[str, Any]:
    return {name.removeprefix("custom_events."): value for name, value in span.attributes.items()}


def test_a_request_and_its_steps_in_the_worker_are_one_trace(told: Collected, hook: Receiver) -> None:
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    condition = {
        "id": "known",
        "type": "condition",
        "branches": [{"when": {"left": "dataFields.secret", "operator": "equals", "right": VALUE}, "next": "hook"}],
        "otherwise": None,
    }
    scenario = a_scenario(event, steps=[condition, webhook(hook.url)])
    assert post(event.pk, key, traceparent=OUTSIDE) == 202
    run_due()
    invocation, (request,), (firing,) = Invocation.objects.get(), told.spans("request"), told.spans("fire")
    assert {f"{span.context.trace_id:032x}" for span in told.spans()} == {OUTSIDE[3:35]}
    assert f"{request.parent.span_id:016x}" == OUTSIDE[36:52]
    assert firing.parent.span_id == request.context.span_id
    assert {span.parent.span_id for name in ("decide", "commit") for span in told.spans(name)} == {
        firing.context.span_id
    }
    assert said(request) == {"route": "fire", "status": 202}
    assert (said(firing)["occurrence.id"], said(firing)["accepted"]) == (str(invocation.occurrence_id), 1)
    passed, tried = told.spans("step")
    ids = {
        "occurrence.id": str(invocation.occurrence_id),
        "invocation.id": invocation.pk,
        "event.number": event.pk,
        "scenario.number": scenario.pk,
        "scenario.version": 1,
    }
    assert said(passed) == {**ids, "step.id": "known", "action": "condition", "outcome": "done"}
    assert said(tried) == {**ids, "step.id": "hook", "action": "send_webhook", "attempt": 1, "outcome": "done"}
    assert passed.parent.span_id == tried.parent.span_id == firing.context.span_id


def test_no_span_metric_or_line_holds_a_name_an_address_or_a_value(
    told: Collected, hook: Receiver, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    steps = [webhook(hook.url, after="mail"), act("send_email", "mail", subject=VALUE, text="{{ dataFields.secret }}")]
    a_scenario(event, steps=steps)
    hook.answers = [(404, {})]

    def leaking(*_: Any, **__: Any) -> Any:
        raise ValueError(f"{EMAIL} sent {VALUE}")

    assert post(event.pk, key) == 202
    run_due()
    assert post(0, key) in (400, 404)
    monkeypatch.setattr("saleor_custom_events.firing.fire.events_named", leaking)
    assert post(event.pk, key) == 500
    everything = [span.to_json() for span in told.spans()] + [str(told.points())]
    everything += [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    assert len(told.spans("request")) == 3
    for secret in (EMAIL, REFERENCE, VALUE, key):
        assert not [one for one in everything if secret in one]


def test_a_fault_is_told_by_its_name_and_a_refusal_by_its_code(
    told: Collected, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    assert post(event.pk + 1000, key) == 404

    def broken(*_: Any) -> Any:
        raise ValueError(VALUE)

    monkeypatch.setattr("saleor_custom_events.firing.fire.events_named", broken)
    assert post(event.pk, key) == 500
    refused, failed = told.spans("request")
    assert (said(refused)["reason"], refused.status.status_code) == ("EVENT_NOT_FOUND", trace.StatusCode.UNSET)
    assert (said(failed)["reason"], failed.status.status_code) == ("INTERNAL_ERROR", trace.StatusCode.ERROR)
    assert [span.attributes["error.type"] for span in told.spans("fire") if span.attributes.get("error.type")] == [
        "ValueError"
    ]
    assert not [span for span in told.spans() if span.events]


def test_a_step_long_after_its_firing_begins_a_trace_that_leads_to_it(told: Collected, hook: Receiver) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    fired(event)
    Occurrence.objects.update(registered_at=database_now() - timedelta(days=2))
    run_due()
    (firing,), (step,) = told.spans("fire"), told.spans("step")
    assert step.parent is None
    assert [link.context.span_id for link in step.links] == [firing.context.span_id]
    assert step.context.trace_id != firing.context.trace_id


def test_where_the_firing_was_not_recorded_its_steps_are_not(told: Collected, hook: Receiver) -> None:
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    a_scenario(event, steps=[webhook(hook.url)])
    assert post(event.pk, key, traceparent=OUTSIDE[:-1] + "0") == 202
    run_due()
    assert (Occurrence.objects.get().trace, told.spans()) == (None, [])
    assert StepRun.objects.get().status == "done"


def test_a_trace_is_forgotten_with_whom_it_is_about(told: Collected, hook: Receiver) -> None:
    logged, unlogged = an_event(), an_event(logging=False)
    a_scenario(logged, unlogged, steps=[webhook(hook.url)])
    fired(logged)
    fired(unlogged)
    assert all(Occurrence.objects.values_list("trace", flat=True))
    run_due()
    assert len(told.spans("step")) == 2
    assert [bool(row.trace) for row in Occurrence.objects.order_by("event")] == [True, False]
    erase_customer(BOSS, email="anna@example.com")
    erasing.go_on(60)
    assert not any(Occurrence.objects.values_list("trace", flat=True))


def test_a_traceparent_that_is_none_begins_a_trace_of_its_own(told: Collected) -> None:
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    for nonsense in ("00-zz-1-01", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", VALUE * 100):
        assert post(event.pk, key, traceparent=nonsense) == 202
    assert [span.parent for span in told.spans("request")] == [None, None, None]


def test_what_is_accepted_refused_tried_and_tried_again_is_counted(told: Collected, hook: Receiver) -> None:
    event, (key, _) = an_event(), a_key(KeyType.SERVER)
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(503, {}), (200, {})]
    again = {"customEventId": event.pk, "customerEmail": EMAIL, "idempotencyKey": "once"}
    for _ in range(2):
        fire(read_firing(again), TRUSTED)
    fire(read_firing({**again, "idempotencyKey": "dry", "dryRun": True}), TRUSTED)
    post(event.pk + 1000, key)
    run_due()
    come()
    run_due()
    points = told.points()
    assert points["custom_events.accepted"] == [({"event": event.pk}, 1)]
    assert points["custom_events.refused"] == [({"reason": "EVENT_NOT_FOUND"}, 1)]
    assert points["custom_events.step.retries"] == [({"action": "send_webhook"}, 1)]
    came_to = {str(attributes["outcome"]): count for attributes, count in points["custom_events.step.duration"]}
    assert came_to == {"retrying": 1, "done": 1}


def test_a_firing_that_is_rolled_back_was_not_accepted(told: Collected) -> None:
    event = an_event()
    with transaction.atomic():
        fired(event)
        transaction.set_rollback(True)
    assert "custom_events.accepted" not in told.points()


def test_what_workers_die_with_is_counted_and_named_in_the_log(
    told: Collected, hook: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    event = an_event()
    scenario = a_scenario(event, steps=[webhook(hook.url)])
    fired(event)
    Invocation.objects.update(claims=MAX_CLAIMS)
    run_due()
    row = Invocation.objects.get()
    assert told.points()["custom_events.quarantined"] == [({}, 1)]
    (line,) = [record for record in caplog.records if record.name.endswith("suspects")]
    ids = (line.__dict__["occurrence_id"], line.__dict__["invocation_id"], line.__dict__["scenario_number"])
    assert ids == (str(row.occurrence_id), row.pk, scenario.pk)


def test_a_sweep_sees_for_how_long_work_has_been_due(told: Collected, monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    a_scenario(event, steps=[{"id": "bye", "type": "exit"}])
    fired(event)
    Invocation.objects.update(due_at=database_now() - timedelta(minutes=5))
    monkeypatch.setattr(heartbeat, "_said", {})
    tasks.sweep()
    ((_, age),) = told.points()["custom_events.queue.age"]
    assert 300 <= age < 400
    tasks.sweep()
    assert told.points()["custom_events.queue.age"] == [({}, 0)]
    monkeypatch.setattr(measures, "SEEN_FOR", 0.0)
    assert "custom_events.queue.age" not in told.points()


def test_a_try_that_failed_is_a_line_with_the_ids(hook: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    hook.answers = [(503, {}), (404, {})]
    fired(event)
    run_due()
    come()
    run_due()
    row = Invocation.objects.get()
    lines = [record for record in caplog.records if record.name.endswith("telling")]
    assert [record.levelname for record in lines] == ["INFO", "WARNING"]
    for line in lines:
        given = (line.__dict__["occurrence_id"], line.__dict__["invocation_id"], line.__dict__["step_id"])
        assert given == (str(row.occurrence_id), row.pk, "hook")


WITHOUT = """
import sys
sys.modules["opentelemetry"] = None
from datetime import timedelta
from saleor_custom_events import measures, tracing
with tracing.request_span("request", "x", route="fire") as told, tracing.span("fire"):
    told.say(status=202)
    told.fail("BUSY")
    with tracing.step_span("step", "%s", timedelta(0)):
        assert tracing.traceparent() is None
measures.count_accepted([1])
measures.count_refused(["X"])
measures.count_step("send_webhook", "retrying", 1.0)
measures.count_quarantined(1)
assert not tracing.IS_INSTALLED and not measures.IS_INSTALLED
print("nothing was told")
"""


def test_where_opentelemetry_is_not_installed_nothing_is_told_and_nothing_breaks() -> None:
    ran = subprocess.run([sys.executable, "-c", WITHOUT % OUTSIDE], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("nothing was told\n", "")
