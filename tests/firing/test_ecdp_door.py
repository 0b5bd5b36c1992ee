"""ECDP's method at the door: what it asks the database, and what of a refusal is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.doors.http.routes import answer
from saleor_custom_events.models import KeyType, Occurrence, Refusal
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db


def post(body: Any, key: str) -> HttpResponse:
    request = RequestFactory().post(
        "/plugins/global/custom-events/scenariocustomevents",
        data=json.dumps(body),
        content_type="application/json",
        headers={"x-api-key": key},
    )
    return answer(request, "scenariocustomevents", None)


@pytest.fixture
def key() -> str:
    return a_key(KeyType.SERVER)[0]


@pytest.mark.parametrize(
    "who",
    [
        {"customerEmailMd5": "0" * 32},
        {"customerEmailSha256": "0" * 64},
        {"customerPhone": "+48600100200"},
        {"customerCrmId": "crm-7"},
    ],
)
def test_no_customer_is_looked_up_before_the_answer(key: str, who: dict[str, str]) -> None:
    event = an_event()
    with CaptureQueriesContext(connection) as captured:
        assert post({"customEventId": event.pk, **who}, key).status_code == 201
    assert captured.captured_queries
    assert not [query for query in captured if "sandbox_user" in query["sql"]]


def test_a_refusal_is_counted_under_the_key_and_the_event_and_leaves_no_occurrence(key: str) -> None:
    event = an_event()
    assert post({"customEventId": event.pk, "customerPhone": "call me"}, key).status_code == 400
    assert post({"customEventId": event.pk, "segmentId": 7}, key).status_code == 400
    counted = Refusal.objects.order_by("code").values_list("code", "event_id", "count", "samples")
    (invalid, segments) = [(code, number, count, samples[0]["fields"]) for code, number, count, samples in counted]
    assert invalid == ("INVALID_BODY", event.pk, 1, ["customerPhone"])
    assert segments == ("SEGMENTS_NOT_SUPPORTED", event.pk, 1, []), "a name that nobody knows may be a value"
    assert not Refusal.objects.filter(key_id=None).exists()
    assert not Occurrence.objects.exists()


def test_a_storefront_key_is_counted_as_what_it_is() -> None:
    secret, caller = a_key()
    assert (
        post({"customEventId": an_event(public=True).pk, "customerEmail": "a@example.com"}, secret).status_code == 401
    )
    assert [(row.code, str(row.key_id)) for row in Refusal.objects.all()] == [("INVALID_KEY", caller.id)]


@pytest.mark.parametrize(
    "raw", [[], "x", 7, None, {"customEventId": {}}, {"dataFields": [[]]}, {"customerEmail": ["a"]}, {"": ""}]
)
def test_whatever_comes_is_a_bad_request_and_never_a_fault(key: str, raw: Any) -> None:
    answered = post(raw, key)
    assert answered.status_code == 400, answered.content
    assert json.loads(answered.content)["instance"] == "/plugins/global/custom-events/scenariocustomevents"
