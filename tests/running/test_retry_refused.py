"""Which retries are refused and why; and that the log says before what would be taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.models import Invocation, Occurrence, Scenario, ScenarioVersion, StepRun
from saleor_custom_events.running.retrying import Chances, chances_of, retry
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.limits import MAX_VISITS
from tests.receiver import Receiver
from tests.running.again import (
    CURRENT,
    END,
    FAILED_STEP,
    ORIGINAL,
    START,
    a_failed_one,
    again,
    anybody,
    invoked,
    refusal,
    republished,
    webhook,
)
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

Happening = Callable[[Invocation], object]


def _as(status: str, reason: str = "") -> Happening:
    return lambda row: Invocation.objects.update(status=status, reason=reason)


def _scenario(**values: object) -> Happening:
    return lambda row: Scenario.objects.update(**values)


def _too_many_steps(row: Invocation) -> None:
    StepRun.objects.update(visit=MAX_VISITS)
    Invocation.objects.update(state=row.state | {"visit": MAX_VISITS})


def _version_of_another_release(row: Invocation) -> ScenarioVersion:
    """As the worker leaves it where it cannot read the version."""
    newer = ScenarioVersion.objects.create(scenario=Scenario.objects.get(), number=9, definition={"spec": 99})
    Invocation.objects.update(version=newer, reason="FAILED_DEFINITION")
    return newer


#: What happened → the refusal from the failed step, and from the start with either version; "" is none.
SITUATIONS: dict[str, tuple[Happening, str, str, str]] = {
    "it failed": (lambda row: None, "", "", ""),
    "it was cancelled": (_as("cancelled", "CANCELLED_BY_STAFF"), "", "", ""),
    "an effect is unknown": (_as("completed", "UNKNOWN_OUTCOME"), "NOTHING_FAILED", "", ""),
    "it completed": (_as("completed"), *["WRONG_STATUS"] * 3),
    "it exited": (_as("completed", "EXITED"), *["WRONG_STATUS"] * 3),
    "it was skipped": (_as("skipped", "SKIPPED_PAUSED"), *["WRONG_STATUS"] * 3),
    "it is running": (_as("running"), *["WRONG_STATUS"] * 3),
    "it is waiting": (_as("waiting"), *["WRONG_STATUS"] * 3),
    "it is not logged": (lambda row: Invocation.objects.update(logged=False), *["NOT_FOUND"] * 3),
    "its scenario was deleted": (lambda row: Invocation.objects.update(scenario=None), *["NOT_FOUND"] * 3),
    "the scenario is archived": (_scenario(status="archived"), *["ARCHIVED"] * 3),
    "the scenario is paused": (_scenario(status="paused"), "", "", ""),
    "nothing is published": (_scenario(published=None), "", "", "NOT_PUBLISHED"),
    "the scenario listens to something else": (
        lambda row: republished(Scenario.objects.get(), END, event=an_event().pk),
        *("", "", "NOT_LISTENING"),
    ),
    "the data fields were removed": (
        lambda row: Occurrence.objects.update(data_fields_removed_at=datetime.now(UTC)),
        *["DATA_REMOVED"] * 3,
    ),
    "it has come through too many steps": (_too_many_steps, "LIMIT", "", ""),
    "it ended at a limit": (
        lambda row: Invocation.objects.update(state=row.state | {"step": None}, reason="FAILED_LIMIT"),
        *("LIMIT", "", ""),
    ),
    "it ended between two steps": (
        lambda row: Invocation.objects.update(state=row.state | {"step": None}),
        *("NOTHING_FAILED", "", ""),
    ),
    "its state is of another release": (
        lambda row: Invocation.objects.update(state={"step": 1}),
        *("UNREADABLE", "", ""),
    ),
    "its version is of another release": (_version_of_another_release, "UNREADABLE", "UNREADABLE", ""),
    "both versions are of another release": (
        lambda row: Scenario.objects.update(published=_version_of_another_release(row)),
        *["UNREADABLE"] * 3,
    ),
}
WAYS = {"from the failed step": (ORIGINAL, FAILED_STEP), "anew": (ORIGINAL, START), "by the current": (CURRENT, START)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_is_taken_and_what_is_refused_is_what_the_log_says_before(
    hook: Receiver, situation: str, way: str
) -> None:
    happen, *codes = SITUATIONS[situation]
    code = codes[list(WAYS).index(way)]
    invocation = a_failed_one(hook)
    happen(invocation)
    before = list(Invocation.objects.values())

    chances = chances_of([invocation.pk]).get(invocation.pk)

    assert chances in (Chances(can_resume=codes[0] == "", can_retry="" in codes[1:]), None)
    assert (chances is None) == (situation == "it is not logged")
    if code:
        assert refusal(invocation, *WAYS[way]) == code
        assert list(Invocation.objects.values()) == before
    else:
        assert again(invocation, *WAYS[way]).status == "running"


def test_there_is_no_such_invocation(hook: Receiver) -> None:
    with pytest.raises(Refused) as caught:
        retry(987_654, ORIGINAL, START, by="x", allow=anybody)

    assert (caught.value.status, caught.value.code) == (404, "NOT_FOUND")


def test_only_the_version_that_it_ran_has_the_step_that_failed(hook: Receiver) -> None:
    invocation = a_failed_one(hook)

    with pytest.raises(Refused) as caught:
        again(invocation, CURRENT, FAILED_STEP)

    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("version", "INVALID")]


def test_whoever_asks_is_asked_about_the_version_that_would_run(hook: Receiver) -> None:
    invocation = a_failed_one(hook)
    republished(Scenario.objects.get(), END)
    seen: list[int] = []

    def nobody(definition: Definition) -> None:
        seen.append(len(definition.steps) if definition.steps[0].id == "hook" else 0)
        raise Refused(403, "PERMISSION_DENIED", "No.", Problem(field="hook", code="PERMISSION_DENIED", message="No."))

    for version, begin_at in ((ORIGINAL, FAILED_STEP), (ORIGINAL, START), (CURRENT, START)):
        with pytest.raises(Refused, match="No"):
            again(invocation, version, begin_at, allow=nobody)

    assert seen == [1, 1, 0]
    assert Invocation.objects.get().status == "failed"


def test_the_log_learns_of_a_hundred_rows_what_it_learns_of_one_with_as_many_queries(hook: Receiver) -> None:
    """Also of those whose versions have to be read for it: each of a scenario of its own."""
    hook.answers = [(404, {})]
    for _ in range(12):
        event = an_event()
        a_scenario(event, steps=[webhook(hook.url)])
        invoked(event)
    while run_due():
        pass
    Invocation.objects.filter(pk__in=Invocation.objects.values("pk")[:6]).update(reason="FAILED_DEFINITION")
    numbers = list(Invocation.objects.filter(status="failed").order_by("reason").values_list("pk", flat=True))
    assert len(numbers) == 12

    with CaptureQueriesContext(connection) as one:
        chances_of(numbers[-1:])
    with CaptureQueriesContext(connection) as all_of_them:
        found = chances_of(numbers)

    assert len(one) <= len(all_of_them) == 2
    assert set(found.values()) == {Chances(can_resume=True, can_retry=True)}
