"""Choosing what happens in the store and fires an event."""

from __future__ import annotations

import json

import pytest

from saleor_custom_events.defining.events import EventChanges, create_event, update_event
from saleor_custom_events.defining.exporting import export_scenario
from saleor_custom_events.defining.files import check_file, file_schema
from saleor_custom_events.defining.importing import Target, apply_import, plan_import
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fired_by import fields_of, read_fired_by
from saleor_custom_events.firing.values import FiredBy
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import ObjectKind
from tests.defining.people import MARKETER
from tests.shop import a_scenario

pytestmark = pytest.mark.django_db

ABANDONED = FiredBy(kind=HappeningKind.CHECKOUT_ABANDONED, minutes=60)
TIER = FiredBy(kind=HappeningKind.CUSTOMER_METADATA_CHANGED, keys=("tier",))


def test_what_fires_an_event_is_kept_and_can_be_changed() -> None:
    event = create_event(MARKETER, EventChanges(name="Left a cart", happenings=(ABANDONED, TIER)))
    assert read_fired_by(CustomEvent.objects.get().happenings) == (ABANDONED, TIER)

    update_event(MARKETER, event.pk, EventChanges(name="Left a cart alone"))
    assert read_fired_by(CustomEvent.objects.get().happenings) == (ABANDONED, TIER)

    update_event(MARKETER, event.pk, EventChanges(happenings=()))
    assert CustomEvent.objects.get().happenings == []


@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        (FiredBy(kind=HappeningKind.CHECKOUT_ABANDONED), "minutes", "REQUIRED"),
        (FiredBy(kind=HappeningKind.CHECKOUT_ABANDONED, minutes=4), "minutes", "INVALID"),
        (FiredBy(kind=HappeningKind.CHECKOUT_ABANDONED, minutes=43_201), "minutes", "INVALID"),
        (FiredBy(kind=HappeningKind.ORDER_CREATED, minutes=60), "minutes", "INVALID"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED), "keys", "REQUIRED"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED, keys=("a", "a")), "keys", "UNIQUE"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED, keys=(" ",)), "keys", "INVALID"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED, keys=("a\0",)), "keys", "INVALID"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED, keys=("k" * 251,)), "keys", "INVALID"),
        (FiredBy(kind=HappeningKind.ORDER_METADATA_CHANGED, keys=tuple(map(str, range(21)))), "keys", "TOO_MANY"),
        (FiredBy(kind=HappeningKind.ORDER_CREATED, keys=("a",)), "keys", "INVALID"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(wrong: FiredBy, place: str, code: str) -> None:
    fine = FiredBy(kind=HappeningKind.CUSTOMER_CREATED)
    with pytest.raises(Refused) as refused:
        create_event(MARKETER, EventChanges(name="Event", happenings=(fine, wrong)))

    assert [(one.field, one.code) for one in refused.value.problems] == [(f"happenings[1].{place}", code)]


def test_an_event_is_fired_by_the_same_once() -> None:
    twice = (FiredBy(kind=HappeningKind.ORDER_PAID),) * 2
    with pytest.raises(Refused) as refused:
        create_event(MARKETER, EventChanges(name="Event", happenings=twice))

    assert [(one.field, one.code) for one in refused.value.problems] == [("happenings[1].kind", "UNIQUE")]


def test_what_a_later_release_wrote_is_left_out() -> None:
    assert read_fired_by([{"kind": "tomorrow"}, {"kind": "orderPaid"}]) == (FiredBy(kind=HappeningKind.ORDER_PAID),)


@pytest.mark.parametrize("kind", HappeningKind)
def test_every_happening_knows_its_object_and_its_fields(kind: HappeningKind) -> None:
    assert kind.of in ObjectKind
    names = [field.name for field in fields_of(kind)]
    assert names
    assert ({"key", "value"} <= set(names)) == kind.is_about_metadata


def test_a_scenarios_file_carries_what_fires_its_events() -> None:
    event = create_event(MARKETER, EventChanges(name="Left a cart", happenings=(ABANDONED, TIER)))
    file = export_scenario(MARKETER, a_scenario(event).pk)
    elsewhere = json.loads(json.dumps(file).replace('"left-a-cart"', '"another-store"'))

    apply_import(MARKETER, elsewhere, Target(as_new=True))

    made = CustomEvent.objects.get(slug="another-store")
    assert read_fired_by(made.happenings) == (ABANDONED, TIER)


def test_importing_says_where_an_event_of_the_store_is_fired_by_something_else() -> None:
    event = create_event(MARKETER, EventChanges(name="Left a cart", happenings=(ABANDONED,)))
    file = export_scenario(MARKETER, a_scenario(event).pk)
    update_event(MARKETER, event.pk, EventChanges(happenings=()))

    (plan,) = plan_import(MARKETER, file, Target()).events

    assert plan.differs == ("happenings",)


def test_a_file_that_says_what_cannot_be_names_the_place() -> None:
    happenings = [{"kind": "checkoutAbandoned"}, {"kind": "nothing"}, {"kind": "orderPaid", "more": 1}]
    file = {
        "scenarioFile": 1,
        "name": "Welcome",
        "events": [{"slug": "quiz", "name": "Quiz", "happenings": happenings}],
        "definition": {"spec": 1, "starts": [{"id": "s", "type": "customEvent", "event": "quiz"}], "steps": []},
    }

    found = {(one.field, one.code) for one in check_file(file).problems}

    assert ("events[0].happenings[0].minutes", "REQUIRED") in found
    assert ("events[0].happenings[1].kind", "INVALID") in found
    assert any(field == "events[0].happenings[2].more" for field, _ in found)


def test_the_schema_of_files_names_every_happening() -> None:
    schema = str(file_schema([]))
    assert all(f"'{kind.value}'" in schema for kind in HappeningKind)
