"""A dry run says before what the worker does then: the same steps, decisions, settings and ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from saleor_custom_events.defining.dry_run import dry_run
from saleor_custom_events.models import Invocation, StepRun
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.callers import Caller
from tests.defining.people import BOSS
from tests.receiver import Receiver
from tests.running.again import END, fired, mail, wait, webhook
from tests.shop import TRUSTED, a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

Steps = list[dict[str, Any]]


def set_name(after: str | None = None) -> dict[str, Any]:
    config = {"entries": {"name": "{{ customer.firstName }} {{ dataFields.score }}"}}
    return {"id": "set", "type": "action", "action": "set_customer_metadata", "config": config, "next": after}


def looks(then: str, otherwise: str | None = None) -> dict[str, Any]:
    when = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
    return {"id": "look", "type": "condition", "branches": [{"when": when, "next": then}], "otherwise": otherwise}


def configured(step: dict[str, Any], **config: str) -> dict[str, Any]:
    return step | {"config": step["config"] | config}


def everything(url: str) -> Steps:
    hook = webhook(url, after="set", message="{{ dataFields.score }}")
    return [looks("wait"), wait("hook"), hook, set_name("end"), END]


#: Steps, whether the caller is trusted, whether the store knows the customer.
CASES: dict[str, tuple[Steps, bool, bool]] = {
    "a customer unknown to the store": ([set_name("end"), END], True, False),
    "an unverified address": ([mail("end"), END], False, True),
    "an empty subject": ([configured(mail("end"), subject="{{ customer.firstName }}"), END], True, False),
    "a broken template": ([configured(mail("end"), text="{{ 1 | divided_by: 0 }}"), END], True, True),
    "nothing to do": ([], True, True),
}


def run_to_the_end() -> Invocation:
    """Run the only invocation, letting its wait be over."""
    run_due()
    for row in Invocation.objects.filter(due_at__isnull=False):
        row.state["waitUntil"] = datetime.now(UTC).isoformat()
        Invocation.objects.update(due_at=datetime.now(UTC), state=row.state)
        run_due()
    invocation = Invocation.objects.get()
    assert invocation.due_at is None
    return invocation


def said(step: Any) -> tuple[Any, ...]:
    """What a step run and a tried step both say; what an action brought back is known afterwards only."""
    decided = {name: step.result[name] for name in ("branch", "comparisons") if name in (step.result or {})}
    return step.visit, step.step, step.kind, str(step.status), step.reason, step.detail, step.input, decided


def check(steps: Steps, *, trusted: bool = True, known: bool = True) -> Invocation:
    """Foresee, run, and demand that the two say the same."""
    if known:
        get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    event = an_event(public=True)
    scenario = a_scenario(event, steps=steps)
    caller: Caller = TRUSTED if trusted else a_key()[1]
    occurrence = fired(event, by=caller, dataFields={"score": 82}).occurrence_id

    foreseen = dry_run(BOSS, scenario.pk, occurrence_id=occurrence)
    assert not StepRun.objects.exists()
    invocation = run_to_the_end()

    ended = (invocation.start, invocation.status, invocation.reason)
    assert ended == (foreseen.start, foreseen.status, foreseen.reason)
    runs = invocation.step_runs.order_by("visit")
    assert [said(step) for step in runs] == [said(step) for step in foreseen.steps]
    return invocation


@pytest.mark.parametrize("case", CASES)
def test_what_was_foreseen_happens(case: str) -> None:
    steps, trusted, known = CASES[case]

    check(steps, trusted=trusted, known=known)


def test_a_whole_journey_was_foreseen(hook: Receiver) -> None:
    invocation = check(everything(hook.url))

    assert [row.step for row in invocation.step_runs.order_by("visit")] == ["look", "wait", "hook", "set", "end"]
    assert len(hook.requests) == 1
