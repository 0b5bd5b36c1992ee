"""Checking a whole definition: its form and its actions' settings together."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from saleor_custom_events.actions.check import actions_of, check_definition, events_fired
from tests.scenarios.making import FULL, definition, leaf, wait
from tests.scenarios.test_any_input import JSON


def act(action: Any, config: Any = None, **values: Any) -> dict[str, Any]:
    return {"id": action, "type": "action", "action": action, "config": config or {}, **values}


def faults(raw: Any) -> dict[str, str]:
    found, problems = check_definition(raw)
    assert found is None
    return {problem.field: problem.code for problem in problems}


def test_a_definition_that_could_be_published() -> None:
    found, problems = check_definition(FULL)
    assert problems == ()
    assert found is not None
    assert found.first == "s1"


def test_settings_are_checked_with_everything_else() -> None:
    steps = [
        wait("w", duration="soon", next="send_webhook"),
        act("send_webhook", {"url": "ftp://x/"}, next="nobody"),
        act("send_fax"),
        act("send_email", {"subject": "{{ x", "text": "ok", "bcc": "all"}),
        act("fire_event", {"fields": {"x": "{% if %}"}}),
        {"id": "odd", "type": "action", "action": 5, "config": 7},
    ]
    assert faults(definition(*steps)) == {
        "steps[0].duration": "INVALID",
        "steps[1].config.url": "INVALID_URL",
        "steps[2].action": "UNKNOWN_ACTION",
        "steps[3].config.subject": "INVALID_TEMPLATE",
        "steps[3].config.bcc": "UNKNOWN_MEMBER",
        "steps[4].config.fields.x": "INVALID_TEMPLATE",
        "steps[4].config.event": "REQUIRED",
        "steps[5].action": "INVALID",
        "steps[5].config": "INVALID",
    }


def test_wrong_settings_alone_are_enough_to_refuse() -> None:
    assert faults(definition(act("send_webhook"))) == {"steps[0].config.url": "REQUIRED"}


def test_what_is_no_definition_at_all() -> None:
    assert faults(None) == {"": "INVALID"}
    assert faults({"spec": 99}) == {"spec": "INVALID"}


def test_the_events_that_actions_fire_are_found_with_their_places() -> None:
    steps = [wait("w", next="fire_event"), act("fire_event", {"event": 9}, next="x"), leaf("x")]
    found, _ = check_definition(definition(*steps))
    assert found is not None
    assert events_fired(found) == (("steps[1].config.event", 9),)


def test_the_actions_of_a_definition_say_what_publishing_them_needs() -> None:
    mail = act("send_email", {"subject": "Hi", "text": "Hi"})
    found, _ = check_definition(definition(act("fire_event", {"event": 9}, next="send_email"), mail))
    assert found is not None
    needed = {"MANAGE_USERS"}
    assert [(step.action, one.permissions) for step, one in actions_of(found)] == [
        ("fire_event", needed),
        ("send_email", needed),
    ]
    harmless, _ = check_definition(definition(leaf()))
    assert harmless is not None
    assert actions_of(harmless) == ()


@given(JSON, JSON)
@settings(max_examples=200, deadline=None)
def test_any_settings_of_any_action(config: Any, value: Any) -> None:
    steps = [act(name, config) for name in ("send_webhook", "fire_event")]
    steps += [act("send_email", {"subject": value, "text": value}), act("set_customer_metadata", {"entries": value})]
    check_definition(definition(*steps))
