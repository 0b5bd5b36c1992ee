"""Whichever invocation was debounced or restarted names the one that runs in its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.errors import Refused
from saleor_custom_events.log.reading import find_invocation
from saleor_custom_events.log.superseding import superseded_by
from saleor_custom_events.models import Invocation
from tests.defining.people import BOSS, NOBODY
from tests.firing.flows import fired
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db

DEBOUNCE = {"type": "debounce", "quiet": "PT10M", "atMost": "PT1H", "key": "customer"}
WAIT = {"id": "wait", "type": "wait", "duration": "PT1H", "next": None}


@pytest.mark.parametrize("start", [{"flow": DEBOUNCE}, {"reentry": "restart"}], ids=["debounced", "restarted"])
def test_every_one_of_a_row_names_the_one_that_runs(start: dict[str, Any]) -> None:
    event = an_event()
    a_scenario(event, steps=[WAIT], **start)
    other = a_scenario(event)
    for _ in range(4):
        fired(event)
    mine = Invocation.objects.exclude(scenario=other)
    *gone, runs = mine.order_by("pk").values_list("pk", flat=True)
    with CaptureQueriesContext(connection) as queries:
        found = superseded_by(BOSS, list(Invocation.objects.values_list("pk", flat=True)))
    assert found == dict.fromkeys(gone, runs)
    assert len(queries) == 2, "the numbers, and one for all"


def test_who_may_not_see_the_log_is_told_nothing() -> None:
    with pytest.raises(Refused):
        superseded_by(NOBODY, [1])


def test_whoever_is_in_line_shows_no_time_that_nobody_knows() -> None:
    event = an_event()
    a_scenario(event, flow={"type": "oneAtATime", "key": None})
    for _ in range(2):
        fired(event)
    row = find_invocation(BOSS, Invocation.objects.order_by("-pk")[0].pk)
    assert row is not None
    assert (row.status, row.due_at) == ("waiting", None)
