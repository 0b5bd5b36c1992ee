"""`customEventFire`: the same answers and refusals as HTTP's `fire`."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.doors.graphql.ids import INVOCATION, SCENARIO, global_id
from saleor_custom_events.models import Invocation, KeyType, Occurrence, Refusal
from tests.graphql.conftest import Asker, customer
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db

FIRE = """
mutation ($input: CustomEventFireInput!) {
  customEventFire(input: $input) { errors { field code } occurrenceId duplicate
    invocations { id number scenarioId scenarioNumber scenarioName outcome reason } } }
"""


def test_a_trusted_caller_learns_what_was_started(ask: Asker, boss: str) -> None:
    event = an_event()
    scenario = a_scenario(event, name="Welcome")
    sent = {
        "customEvent": event.slug,
        "customerEmail": "Anna@Example.com",
        "dataFields": {"score": 0.1, "page": "x", "price": {"amount": "199.90", "currency": "PLN"}},
        "occurredAt": "2026-03-01T12:00:00+01:00",
        "idempotencyKey": "k1",
    }

    done = ask(FIRE, {"input": sent}, by=boss).done

    invocation = Invocation.objects.get()
    assert done["duplicate"] is False
    assert done["invocations"] == [
        {
            "id": global_id(INVOCATION, invocation.pk),
            "number": str(invocation.pk),
            "scenarioId": global_id(SCENARIO, scenario.pk),
            "scenarioNumber": scenario.pk,
            "scenarioName": "Welcome",
            "outcome": "STARTED",
            "reason": None,
        }
    ]
    occurrence = Occurrence.objects.get(pk=done["occurrenceId"])
    assert (occurrence.customer_email, occurrence.caller_kind) == ("anna@example.com", "staff")
    assert occurrence.occurred_at.isoformat() == "2026-03-01T11:00:00+00:00"
    assert occurrence.data_fields.fields[0] == {"name": "score", "type": "Number", "value": "0.1"}

    again = ask(FIRE, {"input": sent}, by=boss).done
    assert (again["occurrenceId"], again["duplicate"]) == (done["occurrenceId"], True)
    assert ask(FIRE, {"input": {**sent, "url": "https://x.example/"}}, by=boss).refusals == [
        ("idempotencyKey", "IDEMPOTENCY_CONFLICT")
    ]


def test_values_in_the_querys_text_are_exact(ask: Asker, boss: str) -> None:
    event = an_event()
    text = """mutation { customEventFire(input: {customEventId: %d, customerEmail: "a@example.com",
      dataFields: {score: 0.30000000000000004441, count: 12345678901234567890, on: true}}) {
      errors { field code } } }"""

    assert ask(text % event.pk, by=boss).refusals == []

    fields = Occurrence.objects.get().data_fields.fields
    assert [field["value"] for field in fields] == ["0.30000000000000004441", "12345678901234567890", True]


@pytest.mark.parametrize("value", ["{a: $x}", "{a: bare}", "[" * 120 + "]" * 120])
def test_a_value_that_would_be_lost_is_refused(ask: Asker, boss: str, value: str) -> None:
    fire = f"customEventFire(input: {{customEventId: 1, dataFields: {value}}})"
    text = f"mutation ($x: Int) {{ {fire} {{ duplicate }} }}"

    answer = ask(text, {"x": 1}, by=boss)

    assert answer.status == 400
    assert Occurrence.objects.count() == 0


@pytest.mark.parametrize("kind", ["storefront key", "customer"])
def test_a_public_caller_learns_the_occurrences_id_and_nothing_else(ask: Asker, kind: str) -> None:
    event = an_event(public=True)
    a_scenario(event)
    token = customer() if kind == "customer" else a_key()[0]
    sent: dict[str, Any] = {"customEventId": event.pk}
    if kind != "customer":
        sent["customerEmail"] = "anna@example.com"

    done = ask(FIRE, {"input": sent}, by=token).done

    assert done == {
        "errors": [],
        "occurrenceId": str(Occurrence.objects.get().pk),
        "duplicate": None,
        "invocations": None,
    }


def test_a_dry_run_writes_nothing(ask: Asker, boss: str) -> None:
    event = an_event()
    a_scenario(event)
    sent = {"customEventId": event.pk, "customerEmail": "anna@example.com", "dryRun": True}

    done = ask(FIRE, {"input": sent}, by=boss).done

    assert done["occurrenceId"] is None
    assert [(i["id"], i["outcome"]) for i in done["invocations"]] == [(None, "STARTED")]
    assert Occurrence.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ("customerEmail", "REQUIRED")),
        ({"customerEmail": "nobody"}, ("customerEmail", "INVALID_EMAIL")),
        ({"customerEmail": "a@example.com", "dataFields": {"x": [1]}}, ("dataFields.x", "WRONG_TYPE")),
        ({"customerEmail": "a@example.com", "dataFields": "x"}, ("dataFields", "WRONG_TYPE")),
        ({"customerEmail": "a@example.com", "customEvent": "x"}, ("customEvent", "AMBIGUOUS")),
        ({"customerEmail": "a@example.com", "occurredAt": "2026-03-01T12:00:00"}, ("occurredAt", "NO_OFFSET")),
    ],
)
def test_bad_input_names_the_member_and_writes_nothing(
    ask: Asker, boss: str, sent: dict[str, Any], wrong: tuple[str, str]
) -> None:
    event = an_event()

    assert wrong in ask(FIRE, {"input": {"customEventId": event.pk, **sent}}, by=boss).refusals
    assert Occurrence.objects.count() == 0


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_characters_that_cannot_be_stored_are_refused(ask: Asker, boss: str, text: str) -> None:
    event = an_event()
    sent = {"customEventId": event.pk, "customerEmail": "a@example.com", "dataFields": {"x": text}}

    answer = ask(FIRE, {"input": sent}, by=boss)

    assert answer.status == 400
    assert Occurrence.objects.count() == 0


def test_a_public_callers_body_is_as_small_as_over_http(ask: Asker) -> None:
    event = an_event(public=True)
    sent = {"customEventId": event.pk, "customerEmail": "a@example.com", "dataFields": {"x": "y" * 20_000}}

    assert ask(FIRE, {"input": sent}, by=a_key()[0]).refusals == [(None, "BODY_TOO_LARGE")]


def test_what_is_refused_is_counted_with_event_and_key(ask: Asker) -> None:
    event = an_event(public=False)
    secret, caller = a_key(KeyType.STOREFRONT)

    sent = {"customEventId": event.pk, "customerEmail": "a@example.com"}
    assert ask(FIRE, {"input": sent}, by=secret).refusals == [("customEventId", "EVENT_NOT_PUBLIC")]

    refusal = Refusal.objects.get()
    assert (refusal.event_id, refusal.key_id, refusal.code, refusal.count) == (
        event.pk,
        int(caller.id),
        "EVENT_NOT_PUBLIC",
        1,
    )


@pytest.mark.parametrize("field", ["customEvents(first: 1) { totalCount }", "customEventActions { name }"])
@pytest.mark.parametrize("kind", [KeyType.STOREFRONT, KeyType.SERVER])
def test_a_key_never_reads_anything(ask: Asker, field: str, kind: KeyType) -> None:
    assert ask(f"{{ {field} }}", by=a_key(kind)[0]).codes == ["PermissionDenied"]
