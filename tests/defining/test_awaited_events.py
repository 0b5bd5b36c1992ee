"""Events that steps and exit rules wait for: they have to exist, and from then on their firings are written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from saleor_custom_events.checks import check_settings
from saleor_custom_events.defining.scenarios import create_scenario, publish_scenario, update_scenario
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.models import CustomEvent, Happening, Scenario
from tests.defining.people import BOSS
from tests.shop import TRUSTED, all_is_alive, an_event

pytestmark = pytest.mark.django_db

TOTAL = {"left": "dataFields.total", "operator": "isSet"}


def draft(event: CustomEvent, *, awaits: int | None = None, leaves: int | None = None, **more: Any) -> dict[str, Any]:
    wait = {"id": "wait", "type": "waitForEvent", "event": awaits, "timeout": "P1D", **more}
    return {
        "spec": 1,
        "starts": [{"id": "start", "type": "customEvent", "event": event.pk}],
        "steps": [] if awaits is None else [wait],
        "exits": [] if leaves is None else [{"type": "event", "event": leaves, **more}],
    }


def refusal(made: Scenario) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        publish_scenario(BOSS, made.pk)
    return [(problem.field, problem.code) for problem in caught.value.problems]


def written(event: CustomEvent) -> int:
    fire(read_firing({"customEventId": event.pk, "customerEmail": "anna@example.com"}), TRUSTED)
    return Happening.objects.filter(event_id=event.pk).count()


@pytest.mark.parametrize("how", ["awaits", "leaves"])
def test_publishing_has_its_firings_written_down_for_good(how: str) -> None:
    start, awaited = an_event(), an_event()
    made = create_scenario(BOSS, "Wait", draft(start, **{how: awaited.pk}))
    assert written(awaited) == 0, "a draft waits for nothing"
    publish_scenario(BOSS, made.pk)
    assert written(awaited) == 1
    update_scenario(BOSS, made.pk, revision=made.revision, draft=draft(start))
    publish_scenario(BOSS, made.pk)
    assert written(awaited) == 2, "an invocation of the version before may wait for another year"


def test_an_occurrence_is_written_down_under_every_name_of_its_customer() -> None:
    start, awaited = an_event(), an_event()
    publish_scenario(BOSS, create_scenario(BOSS, "Wait", draft(start, awaits=awaited.pk)).pk)
    names = {"customerEmail": "anna@example.com", "customerId": "VXNlcjox", "anonymousId": "browser-1"}
    fire(read_firing({"customEventId": awaited.pk, **names}), TRUSTED)
    rows = Happening.objects.all()
    assert len({row.identity for row in rows}) == 3
    assert not any("anna" in row.identity for row in rows), "rows that are kept beside the log hold no address"


def test_a_repeated_or_dry_firing_is_not_written_down_again() -> None:
    start, awaited = an_event(), an_event()
    publish_scenario(BOSS, create_scenario(BOSS, "Wait", draft(start, awaits=awaited.pk)).pk)
    body = {"customEventId": awaited.pk, "customerEmail": "anna@example.com"}
    for more in ({"idempotencyKey": "a"}, {"idempotencyKey": "a"}, {"dryRun": True}):
        fire(read_firing({**body, **more}), TRUSTED)
    assert Happening.objects.count() == 1


@pytest.mark.parametrize(("how", "place"), [("awaits", "steps[0].event"), ("leaves", "exits[0].event")])
def test_what_is_waited_for_has_to_exist(how: str, place: str) -> None:
    start, gone = an_event(), an_event(archived_at=timezone.now())
    assert refusal(create_scenario(BOSS, "Wait", draft(start, **{how: 999_999}))) == [(place, "NOT_FOUND")]
    assert refusal(create_scenario(BOSS, "Wait", draft(start, **{how: gone.pk}))) == [(place, "ARCHIVED")]


@pytest.mark.parametrize(("how", "step"), [("awaits", "wait"), ("leaves", "")])
def test_a_filter_that_names_what_the_awaited_event_does_not_declare_is_warned_of(how: str, step: str) -> None:
    all_is_alive()
    size = {"name": "size", "type": "String", "required": False}
    start, awaited = an_event(declared_fields=[{**size, "name": "total"}]), an_event(declared_fields=[size])
    made = create_scenario(BOSS, "Wait", draft(start, **{how: awaited.pk}, filter=TOTAL))
    _, warnings = publish_scenario(BOSS, made.pk)
    assert [(w.code, w.step, w.subject) for w in warnings] == [("UNDECLARED_FIELD", step, "total")]
    assert awaited.name in warnings[0].message


@pytest.mark.parametrize(("named", "found"), [("Europe/Warsaw", []), ("Warsaw", ["saleor_custom_events.E007"])])
def test_a_time_zone_that_there_is_not_is_an_error_of_the_system_check(
    settings: Settings, named: str, found: list[str]
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_TIME_ZONE_DEFAULT = named
    assert [message.id for message in check_settings(None) if message.id == "saleor_custom_events.E007"] == found
