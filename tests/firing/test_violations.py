"""Data fields that break an event's declarations are counted by field and kind where the event warns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from saleor_custom_events.firing.violations import MAX_NAMES, tidy
from saleor_custom_events.log.violations import FieldProblem, field_problems_of_events
from saleor_custom_events.models import CustomEvent, Invocation, Occurrence, ViolationCount
from tests.defining.people import MARKETER
from tests.firing.test_firing import fired, refused
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db(transaction=True)

DECLARED = [
    {"name": "score", "type": "Number", "required": True},
    {"name": "pin", "type": "Number", "required": False, "privacy": "mask"},
]


def strict(**values: Any) -> CustomEvent:
    return an_event(declared_fields=DECLARED, violations="warn", **values)


def problems(event: CustomEvent) -> tuple[FieldProblem, ...]:
    return field_problems_of_events(MARKETER, [event.pk]).get(event.pk, ())


def counted(event: CustomEvent) -> dict[tuple[str, str], int]:
    return {(one.field, one.code): one.count for one in problems(event)}


def test_what_is_unplanned_missing_or_of_another_type_is_accepted_and_counted() -> None:
    event = strict()
    for fields in ({"score": "many", "size": "M"}, {"size": "L"}, {"score": 9}):
        fired(event, dataFields=fields)

    assert Occurrence.objects.count() == 3
    assert counted(event) == {("size", "UNDECLARED"): 2, ("score", "WRONG_TYPE"): 1, ("score", "REQUIRED"): 1}


def test_a_sample_leads_to_the_log_and_holds_no_value() -> None:
    event = strict()
    fired(event, dataFields={"score": 1, "pin": "none"})
    (problem,) = problems(event)

    assert [one.invocation for one in problem.samples] == [str(Invocation.objects.get().pk)]
    assert set(ViolationCount.objects.get().samples[0]) == {"at", "invocation"}


def test_the_last_ten_samples_are_kept() -> None:
    event = strict()
    for _ in range(12):
        fired(event)

    (problem,) = problems(event)
    assert problem.count == 12
    latest = Invocation.objects.order_by("pk").values_list("pk", flat=True)[2:]
    assert [one.invocation for one in problem.samples] == [str(number) for number in latest]


def test_an_event_without_logging_counts_and_leads_nowhere() -> None:
    event = strict(logging=False)
    fired(event)

    (problem,) = problems(event)
    assert [one.invocation for one in problem.samples] == [None]


@pytest.mark.parametrize("violations", ["off", "reject"])
def test_only_an_event_that_warns_counts(violations: str) -> None:
    event = an_event(declared_fields=DECLARED, violations=violations)
    if violations == "reject":
        assert refused(event)[:2] == (422, "FIELDS_REJECTED")
    else:
        fired(event)

    assert counted(event) == {}


def test_what_a_storefront_sends_too_much_counts_whatever_the_event_says() -> None:
    event = an_event(declared_fields=DECLARED[:1], violations="off", public=True)
    fired(event, a_key()[1], dataFields={"score": "many", "size": "M"})

    assert counted(event) == {("size", "UNDECLARED"): 1}


def test_a_duplicate_and_a_dry_run_count_nothing() -> None:
    event = strict()
    fired(event, idempotencyKey="once")
    fired(event, idempotencyKey="once")
    fired(event, dryRun=True)

    assert counted(event) == {("score", "REQUIRED"): 1}


def test_names_beyond_a_hundred_a_day_are_counted_together() -> None:
    event = strict()
    for start in (0, 60, 120):
        fired(event, dataFields={"score": 1, **{f"f{start + n:03}": "x" for n in range(60)}})
    fired(event, dataFields={"score": 1, "f000": "x"})

    found = counted(event)
    assert len(found) == MAX_NAMES + 1
    assert found["", "UNDECLARED"] == 80
    assert found["f000", "UNDECLARED"] == 2


def test_they_are_forgotten_after_thirty_days() -> None:
    event = strict()
    fired(event)
    ViolationCount.objects.update(day=timezone.now().date() - timedelta(days=31))
    fired(event)

    assert counted(event) == {("score", "REQUIRED"): 1}
    assert (tidy(100), tidy(100)) == (1, 0)
