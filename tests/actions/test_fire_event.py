"""Fire another event: with which data fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from saleor_custom_events.actions.fire_event import FireEvent
from saleor_custom_events.scenarios.values import DataField, FieldType
from tests.actions.performing import World, perform

SENT = (DataField("score", FieldType.NUMBER, Decimal(51)), DataField("size", FieldType.STRING, "M"))


def fired(**config: Any) -> tuple[int, tuple[DataField, ...]]:
    world = World()
    outcome = perform(FireEvent(), {"event": 9, **config}, world, fields=SENT)
    assert outcome.output == {"occurrenceId": "01943e9a-0000-7000-8000-000000000001"}
    assert outcome.result == {"event": 9, **outcome.output}
    (one,) = world.fired
    return one


def test_without_fields_none_are_sent() -> None:
    assert fired() == (9, ())


def test_fields_are_rendered_as_texts() -> None:
    assert fired(fields={"from": "{{ event.slug }}", "score": "{{ dataFields.score }}"}) == (
        9,
        (DataField("from", FieldType.STRING, "quiz"), DataField("score", FieldType.STRING, "51")),
    )


def test_what_is_longer_than_a_string_is_a_text() -> None:
    long = "{% for i in (1..256) %}x{% endfor %}"
    _, fields = fired(fields={"long": long, "short": long.replace("256", "255")})
    assert [field.type for field in fields] == [FieldType.TEXT, FieldType.STRING]


def test_copied_fields_keep_their_types_and_own_ones_win() -> None:
    assert fired(copyFields=True, fields={"size": "L"}) == (9, (SENT[0], DataField("size", FieldType.STRING, "L")))
