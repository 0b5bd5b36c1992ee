"""What publishing warns of: nothing of it keeps a scenario from being published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from saleor_custom_events.defining.advice import Warned
from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario
from saleor_custom_events.models import CustomEvent, Heartbeat, ScenarioStatus
from saleor_custom_events.running import heartbeat
from tests.defining.people import BOSS
from tests.shop import all_is_alive, an_event

pytestmark = pytest.mark.django_db

SCORE = {"name": "score", "type": "Number", "required": True}
PAGE = {"name": "size quiz.v2", "type": "String", "required": False}


def warned(*events: CustomEvent, steps: list[dict[str, Any]] | None = None, **start: Any) -> list[Warned]:
    """Publish a scenario that starts from `events`, and give its warnings."""
    starts = [{"id": f"s{i}", "type": "customEvent", "event": e.pk, **start} for i, e in enumerate(events)]
    made = create_scenario(BOSS, "Welcome", {"spec": 1, "starts": starts, "steps": steps or []})
    scenario, warnings = publish_scenario(BOSS, made.pk)
    assert scenario.status == ScenarioStatus.ACTIVE
    return list(warnings)


def undeclared(*events: CustomEvent, **more: Any) -> list[tuple[str, str]]:
    """Give step and subject of every warning; there is no other warning."""
    all_is_alive()
    found = warned(*events, **more)
    assert {w.code for w in found} <= {"UNDECLARED_FIELD"}
    assert all(w.subject in w.message for w in found)
    return [(w.step, w.subject) for w in found]


def greater(*fields: str) -> dict[str, Any]:
    return {"any": [{"not": {"left": f"dataFields.{name}", "operator": "greaterThan", "right": 1}} for name in fields]}


def condition(*fields: str) -> dict[str, Any]:
    return {"id": "look", "type": "condition", "branches": [{"when": greater(*fields), "next": None}]}


def webhook(message: str) -> dict[str, Any]:
    config = {"url": "https://example.com/hook", "message": message}
    return {"id": "hook", "type": "action", "action": "send_webhook", "config": config}


def test_the_customer_filter_and_the_key_of_flow_control_name_data_fields_too() -> None:
    event = an_event(declared_fields=[SCORE])
    flow = {"type": "oneAtATime", "key": "dataFields.checkout"}

    assert undeclared(event, customerFilter=greater("score", "total"), flow=flow) == [
        ("s0", "checkout"),
        ("s0", "total"),
    ]
    assert undeclared(event, flow={"type": "oneAtATime", "key": "customer"}) == []


def test_where_all_is_well_nothing_is_said() -> None:
    all_is_alive()

    assert warned(an_event(declared_fields=[SCORE]), steps=[condition("score")]) == []


def test_nobody_has_ever_been_seen() -> None:
    found = warned(an_event())

    assert [(w.code, w.step, w.subject) for w in found] == [("NO_BEAT", "", ""), ("NO_WORKER", "", "")]
    assert all("never seen" in w.message for w in found)


@pytest.mark.parametrize(("name", "code"), [("beat", "NO_BEAT"), ("worker", "NO_WORKER")])
def test_somebody_has_not_been_seen_for_two_minutes(name: str, code: str) -> None:
    all_is_alive()
    seen = timezone.now() - timedelta(seconds=100)
    Heartbeat.objects.filter(name=name).update(at=seen)
    assert warned(an_event()) == []

    Heartbeat.objects.filter(name=name).update(at=seen - timedelta(seconds=21))
    (warning,) = warned(an_event())

    assert warning.code == code
    assert f"{seen - timedelta(seconds=21):%H:%M:%S} UTC" in warning.message


def test_a_sign_of_life_ends_the_warning() -> None:
    heartbeat._said.clear()
    heartbeat.beat(heartbeat.BEAT, heartbeat.WORKER)

    assert warned(an_event()) == []


def test_a_field_that_the_event_does_not_declare_is_named_where_it_stands() -> None:
    event = an_event(declared_fields=[SCORE, PAGE])
    template = 'Hi {{ dataFields.scroe }} {{ dataFields["size quiz.v2"] }} {{ dataFields.page.amount }}'
    steps = [condition("size quiz.v2", "scoer", "score") | {"otherwise": "hook"}, webhook(template)]

    found = undeclared(event, steps=steps, filter=greater("score", "sorce"))

    assert found == [("s0", "sorce"), ("look", "scoer"), ("hook", "page"), ("hook", "scroe")]


def test_maps_of_templates_are_looked_through() -> None:
    event = an_event(declared_fields=[SCORE])
    config = {"entries": {"score": "{{ dataFields.score }}", "page": "{% if dataFields.page %}yes{% endif %}"}}
    step = {"id": "set", "type": "action", "action": "set_customer_metadata", "config": config}

    assert undeclared(event, steps=[step]) == [("set", "page")]


def test_what_one_of_the_events_declares_is_declared_for_a_step_but_not_for_the_others_filter() -> None:
    score, page = an_event(declared_fields=[SCORE]), an_event(declared_fields=[PAGE])

    found = undeclared(score, page, steps=[condition("score", "size quiz.v2")], filter=greater("score"))

    assert found == [("s1", "score")]


def test_an_event_that_declares_nothing_may_bring_anything() -> None:
    free, strict = an_event(), an_event(declared_fields=[SCORE])

    assert undeclared(free, steps=[condition("page")], filter=greater("page")) == []
    assert undeclared(free, strict, steps=[condition("page")]) == []


def test_a_template_that_names_no_field_or_one_only_rendering_would_show_is_not_warned_of() -> None:
    event = an_event(declared_fields=[SCORE])
    template = "{% for field in dataFields %}{{ field }}{% endfor %}{{ dataFields[customer.email] }}{{ customer.page }}"

    assert undeclared(event, steps=[webhook(template)]) == []
