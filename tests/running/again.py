"""Invocations that did not succeed, and running them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.models import CustomEvent, Invocation, Scenario, ScenarioVersion
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion, retry
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.store.callers import Caller
from tests.receiver import Receiver
from tests.shop import TRUSTED, a_scenario, an_event
from tests.side_by_side import together

ORIGINAL, CURRENT = RetryVersion.ORIGINAL, RetryVersion.CURRENT
FAILED_STEP, START = RetryFrom.FAILED_STEP, RetryFrom.START
END = {"id": "end", "type": "exit"}


def anybody(definition: Definition) -> None:
    """Whoever asks may let this act."""


def again(
    invocation: Invocation, version: RetryVersion = ORIGINAL, begin_at: RetryFrom = FAILED_STEP, **more: Any
) -> Invocation:
    given = {"by": "VXNlcjox boss@example.com", "allow": anybody, **more}
    return Invocation.objects.get(pk=retry(invocation.pk, version, begin_at, **given))


def refusal(invocation: Invocation, version: RetryVersion = ORIGINAL, begin_at: RetryFrom = FAILED_STEP) -> str:
    with pytest.raises(Refused) as caught:
        again(invocation, version, begin_at)
    return caught.value.code


def fired(event: CustomEvent, *, by: Caller = TRUSTED, **members: Any) -> Receipt:
    return fire(read_firing({"customEventId": event.pk, "customerEmail": "anna@example.com", **members}), by)


def invoked(event: CustomEvent, **members: Any) -> Invocation:
    """Fire, and give the one row that this made."""
    (made,) = fired(event, **members).invocations
    return Invocation.objects.get(pk=made.id)


def webhook(url: str, step: str = "hook", after: str | None = None, **config: Any) -> dict[str, Any]:
    return {"id": step, "type": "action", "action": "send_webhook", "config": {"url": url, **config}, "next": after}


def wait(after: str | None = None) -> dict[str, Any]:
    return {"id": "wait", "type": "wait", "duration": "P1D", "next": after}


def mail(after: str | None = None) -> dict[str, Any]:
    config = {"subject": "Hello", "text": "Hi"}
    return {"id": "mail", "type": "action", "action": "send_email", "config": config, "next": after}


def a_failed_one(hook: Receiver, *more: dict[str, Any]) -> Invocation:
    """Give an invocation whose only webhook was refused for good; `more` steps come behind it."""
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url, after=more[0]["id"] if more else None), *more])
    hook.answers = [(404, {}), (200, {})]
    invocation = invoked(event)
    run_due()
    invocation.refresh_from_db()
    assert invocation.status == "failed"
    return invocation


def republished(scenario: Scenario, *steps: dict[str, Any], **start: Any) -> ScenarioVersion:
    """Publish a next version with other steps, and maybe another start point."""
    assert scenario.published is not None
    begin = scenario.published.definition["starts"][0] | start
    definition = {"spec": 1, "starts": [begin], "steps": list(steps)}
    number = scenario.published.number + 1
    scenario.published = ScenarioVersion.objects.create(scenario=scenario, number=number, definition=definition)
    scenario.save()
    return scenario.published


def steps(invocation: Invocation) -> list[tuple[int, str, str]]:
    return list(invocation.step_runs.order_by("visit").values_list("visit", "step", "status"))


def at_once(times: int, ask: Callable[[], object]) -> list[str]:
    """Do the same in several threads at the same moment; gives each one's refusal, "" where there was none."""
    codes: list[str] = []

    def one() -> None:
        try:
            ask()
            codes.append("")
        except Refused as refused:
            codes.append(refused.code)

    together(*[one] * times)
    return codes
