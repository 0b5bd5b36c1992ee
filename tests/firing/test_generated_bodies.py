"""Twenty thousand bodies, most of them wrong, through the doors: what was refused has left nothing behind."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from django.test import RequestFactory

from saleor_custom_events.doors.http.routes import answer
from saleor_custom_events.models import DataFields, Invocation, KeyType, Occurrence
from tests.firing.bodies import a_body, as_sent
from tests.shop import a_key, a_scenario, an_event

SINGLE, BATCHES, IN_A_BATCH = 1_600, 195, 100
FIELDS = [{"name": "score", "type": "Number", "required": True}, {"name": "size", "type": "String"}]

pytestmark = pytest.mark.django_db(transaction=True)


class Doors:
    """The doors, and what they said was accepted."""

    def __init__(self) -> None:
        free = an_event(public=True)
        strict = an_event(public=True, declared_fields=FIELDS, violations="reject")
        private = an_event(declared_fields=FIELDS, violations="warn")
        a_scenario(free)
        a_scenario(strict, reentry="once")
        self.events: list[int | str] = [event.pk for event in (free, strict, private)]
        self.events += [event.slug for event in (free, strict, private)]
        self.server, self.storefront = a_key(KeyType.SERVER)[0], a_key(KeyType.STOREFRONT)[0]
        self.accepted: set[str] = set()
        self.statuses: dict[int, int] = {}

    def post(self, path: str, body: bytes, key: str) -> Any:
        headers = {"Authorization": f"Bearer {key}"}
        request = RequestFactory().post("/", body, content_type="application/json", headers=headers)
        response = answer(request, path, None)
        assert response.status_code < 500, (path, body)
        return response.status_code, json.loads(response.content)

    def note(self, status: int, answered: dict[str, Any]) -> None:
        self.statuses[status] = self.statuses.get(status, 0) + 1
        if status == 202:
            self.accepted.add(answered["occurrenceId"])
        elif status != 200:
            assert "occurrenceId" not in answered

    def nothing_else_is_there(self) -> None:
        assert {str(pk) for pk in Occurrence.objects.values_list("pk", flat=True)} == self.accepted
        assert set(map(str, Invocation.objects.values_list("occurrence_id", flat=True))) == self.accepted
        assert set(map(str, DataFields.objects.values_list("occurrence_id", flat=True))) <= self.accepted


def test_what_is_refused_leaves_no_occurrence() -> None:
    chance = Random(20261124)
    doors = Doors()
    for number in range(1, SINGLE + 1):
        sent = as_sent(chance, a_body(chance, doors.events))
        doors.note(*doors.post("fire", sent, chance.choice([doors.server, doors.storefront])))
        if number % 200 == 0:
            doors.nothing_else_is_there()
    assert {200, 202, 400, 403, 404, 409, 413, 422} <= doors.statuses.keys()
    assert doors.statuses[202] > SINGLE / 10


def test_what_is_refused_of_a_batch_leaves_no_occurrence() -> None:
    chance = Random(20261125)
    doors = Doors()
    for number in range(1, BATCHES + 1):
        items = [a_body(chance, doors.events) for _ in range(IN_A_BATCH)]
        # A character that PostgreSQL does not take is refused for the whole body, before there are items.
        items = [item for item in items if "\\u0000" not in json.dumps(item) and "\\ud800" not in json.dumps(item)]
        status, answered = doors.post("fire/batch", json.dumps({"events": items}).encode(), doors.server)
        assert status == 207
        for result in answered["results"]:
            doors.note(result["status"], result)
        if number % 15 == 0:
            doors.nothing_else_is_there()
    assert {200, 202, 400, 404, 409, 422} <= doors.statuses.keys()
    assert sum(doors.statuses.values()) + SINGLE > 20_000
