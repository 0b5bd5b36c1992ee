"""Refused firings, as shown with the event and the key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.log.refusals import refusals_of_events, refusals_of_keys, refused_counts_of_events
from saleor_custom_events.models import Refusal
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db

REJECTED = Refused(422, "FIELDS_REJECTED", "No.", Problem(field="dataFields.score", code="REQUIRED", message="Needed."))


def test_refusals_are_shown_with_the_event_and_with_the_key() -> None:
    event, (_, caller) = an_event(), a_key()
    for _ in range(2):
        count_refusal(REJECTED, event=event.pk, key=int(caller.id))

    (of_event,) = refusals_of_events(MARKETER, [event.pk])[event.pk]
    (of_key,) = refusals_of_keys(BOSS, [int(caller.id)])[int(caller.id)]

    assert of_event == of_key
    assert (of_event.code, of_event.count, of_event.event, of_event.key) == (
        "FIELDS_REJECTED",
        2,
        event.pk,
        int(caller.id),
    )
    assert [sample.fields for sample in of_event.samples] == [("dataFields.score",)] * 2


def test_all_codes_days_and_keys_together_are_one_count() -> None:
    event, other, never = an_event(), an_event(), an_event()
    (_, caller), public = a_key(), Refused(403, "EVENT_NOT_PUBLIC", "No.")
    for refused, number, key in [
        (REJECTED, event.pk, None),
        (REJECTED, event.pk, int(caller.id)),
        (public, event.pk, None),
        (public, other.pk, None),
    ]:
        count_refusal(refused, event=number, key=key)
    Refusal.objects.filter(code="EVENT_NOT_PUBLIC").update(day=timezone.now().date() - timedelta(days=30))

    wanted = [event.pk, other.pk, never.pk]
    assert refused_counts_of_events(MARKETER, wanted) == {event.pk: 3, other.pk: 1, never.pk: 0}

    Refusal.objects.filter(event=other).update(day=timezone.now().date() - timedelta(days=31))
    assert refused_counts_of_events(MARKETER, [other.pk]) == {other.pk: 0}


def test_a_count_that_the_api_cannot_hold_is_as_much_as_it_can() -> None:
    event = an_event()
    count_refusal(REJECTED, event=event.pk, key=None)
    Refusal.objects.update(count=2**40)

    assert refused_counts_of_events(MARKETER, [event.pk]) == {event.pk: 2**31 - 1}


def test_only_the_last_thirty_days_are_shown() -> None:
    event = an_event()
    count_refusal(REJECTED, event=event.pk, key=None)
    Refusal.objects.update(day=timezone.now().date() - timedelta(days=31))

    assert refusals_of_events(MARKETER, [event.pk]) == {}


def test_whose_permission_is_needed() -> None:
    with pytest.raises(Refused):
        refusals_of_keys(MARKETER, [1])
    with pytest.raises(Refused):
        refused_counts_of_events(NOBODY, [1])
