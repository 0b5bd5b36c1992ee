"""Refused firings, as shown with the event and the key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.log.refusals import refusals_of_events, refusals_of_keys
from saleor_custom_events.models import Refusal
from tests.defining.people import BOSS, MARKETER
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


def test_only_the_last_thirty_days_are_shown() -> None:
    event = an_event()
    count_refusal(REJECTED, event=event.pk, key=None)
    Refusal.objects.update(day=timezone.now().date() - timedelta(days=31))

    assert refusals_of_events(MARKETER, [event.pk]) == {}


def test_whose_permission_is_needed() -> None:
    with pytest.raises(Refused):
        refusals_of_keys(MARKETER, [1])
