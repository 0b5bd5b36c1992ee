"""What actions would do: as the worker would have it, without performing anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from saleor_custom_events.actions.foreseeing import Foresight
from saleor_custom_events.scenarios.advance import State
from saleor_custom_events.scenarios.definition import ActionStep, EventStart
from saleor_custom_events.scenarios.limits import MAX_FORESEEN, MAX_HOPS
from saleor_custom_events.scenarios.outcomes import Identity, Reason
from saleor_custom_events.scenarios.trying import Foreseen
from saleor_custom_events.store.customers import Customer
from tests.scenarios.test_conditions import ANN, OCCURRENCE_FACTS

START = EventStart(id="start", event=7)
MAIL = {"subject": "Hi {{ customer.firstName }}", "text": "Hi {{ event.slug }}"}


def foresight(
    customer: Customer | None = ANN, start: EventStart = START, is_over: bool = False, **occurrence: Any
) -> Foresight:
    return Foresight(
        occurrence=replace(OCCURRENCE_FACTS, **occurrence),
        start=start,
        customer=customer,
        scenario_id=3,
        scenario_name="Welcome",
        scenario_version=2,
        is_over=lambda: is_over,
    )


def foreseen(action: str, config: Mapping[str, Any], by: Foresight | None = None) -> Foreseen:
    step = ActionStep(id="s", action=action, config=config, next=None)
    return (by or foresight())(step, State(step="s"))


def test_its_settings_are_rendered() -> None:
    would = foreseen("send_email", MAIL)

    assert (would.status, would.reason, would.shown) == ("done", "", None)
    assert would.input is not None
    assert (would.input["subject"], would.input["text"]) == ("Hi Ann", "Hi quiz")


def test_the_scenario_is_named_as_it_would_be() -> None:
    text = "{{ scenario.id }} {{ scenario.name }} {{ scenario.version }}"

    would = foreseen("send_webhook", {"url": "https://x.example/", "message": text}).input
    assert would is not None
    assert (would["url"], would["message"]) == ("https://x.example/", "3 Welcome 2")


def test_outputs_of_earlier_steps_are_not_known() -> None:
    config = {"url": "https://x.example/", "message": "{{ steps.a.status }}."}

    would = foreseen("send_webhook", config).input
    assert would is not None
    assert would["message"] == "."


def test_what_is_not_for_unverified_addresses_is_left_out_unless_the_start_point_allows_it() -> None:
    unverified = {"identity": Identity.UNVERIFIED}

    left_out = foreseen("send_email", MAIL, foresight(**unverified))
    assert (left_out.status, left_out.reason, left_out.input) == ("skipped", "SKIPPED_UNVERIFIED", None)
    allowing = replace(START, allow_unverified=True)
    assert foreseen("send_email", MAIL, foresight(start=allowing, **unverified)).status == "done"


def test_a_customer_whom_the_store_does_not_know_cannot_be_changed() -> None:
    would = foreseen("set_customer_metadata", {"entries": {"a": "b"}}, foresight(customer=None))

    assert (would.status, would.reason, would.shown) == ("skipped", "SKIPPED_NO_CUSTOMER", Reason.NO_CUSTOMER)
    assert would.input == {"entries": {"a": "b"}, "private": False}


def test_nobody_can_be_written_to_without_an_address() -> None:
    would = foreseen("send_email", {"subject": "Hi", "text": "Hi"}, foresight(customer=None, customer_email=None))

    assert (would.status, would.reason) == ("skipped", "SKIPPED_NO_EMAIL")


def test_a_mail_without_a_subject_would_fail() -> None:
    would = foreseen("send_email", {"subject": "{{ customer.firstName }}", "text": "Hi"}, foresight(customer=None))

    assert (would.status, would.reason, would.shown) == ("failed", "EMPTY_SUBJECT", Reason.ACTION)
    assert would.detail


def test_a_mail_without_a_message_would_fail() -> None:
    would = foreseen("send_email", {"subject": "Hi", "text": "{{ dataFields.nothing }}"})

    assert (would.status, would.reason) == ("failed", "EMPTY_MESSAGE")


def test_a_body_that_would_be_no_json_would_fail() -> None:
    config = {"url": "https://x.example/", "body": '{"size": {{ dataFields.nothing }}}'}

    assert foreseen("send_webhook", config).reason == "BODY_NO_JSON"


def test_events_that_fire_events_too_often_are_foreseen() -> None:
    at_the_end = foreseen("fire_event", {"event": 7}, foresight(hops=MAX_HOPS))

    assert (at_the_end.status, at_the_end.reason, at_the_end.shown) == ("failed", "SKIPPED_HOPS", Reason.ACTION)
    assert foreseen("fire_event", {"event": 7}, foresight(hops=MAX_HOPS - 1)).status == "done"


@pytest.mark.parametrize(
    ("action", "config", "reason"),
    [
        ("send_email", {"subject": "{{ customer.firstName | nothing }}", "text": "Hi"}, "FAILED_DEFINITION"),
        ("send_email", {"subject": "Hi", "text": "{{ 1 | divided_by: 0 }}"}, "FAILED_TEMPLATE"),
        ("send_email", {}, "FAILED_DEFINITION"),
        ("of_another_package", {}, "FAILED_DEFINITION"),
    ],
)
def test_what_cannot_be_rendered_fails_as_it_would(action: str, config: dict[str, Any], reason: str) -> None:
    would = foreseen(action, config)

    assert (would.status, would.reason, would.input) == ("failed", reason, None)
    assert would.detail


def test_no_more_is_shown_than_can_be_looked_at() -> None:
    by = foresight()
    half = {"url": "https://x.example/", "message": "a" * 2000}
    statuses = [foreseen("send_webhook", half, by).status for _ in range(MAX_FORESEEN // 2000 + 1)]

    assert statuses[0] == "done"
    assert statuses[-1] == "failed"
    assert foreseen("send_webhook", half, by).reason == "FAILED_LIMIT"


def test_no_more_time_is_taken_than_there_is() -> None:
    assert foreseen("send_email", MAIL, foresight(is_over=True)).reason == "FAILED_LIMIT"
