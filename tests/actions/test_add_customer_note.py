"""Add customer note: what is written, and about whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saleor_custom_events.actions.add_customer_note import AddCustomerNote
from saleor_custom_events.errors import ActionError
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import DataField, FieldType
from tests.actions.performing import FACTS, World, perform


def test_a_note_is_rendered() -> None:
    world = World()
    outcome = perform(AddCustomerNote(), {"text": "Finished {{ event.slug }}\n"}, world)
    assert world.notes == ["Finished quiz"]
    assert outcome.result == {"characters": 13}


def test_a_note_is_cut() -> None:
    world = World()
    long = DataField("long", FieldType.TEXT, "x" * 9000)
    perform(AddCustomerNote(), {"text": "{{ dataFields.long }}"}, world, fields=(long,))
    assert len(world.notes[0]) == 2000


def test_a_note_that_came_out_empty_is_the_authors_fault() -> None:
    world = World()
    with pytest.raises(ActionError) as failure:
        perform(AddCustomerNote(), {"text": "{{ dataFields.gone }}"}, world)
    assert (failure.value.code, world.notes) == ("EMPTY_NOTE", [])


def test_somebody_whom_the_store_does_not_know_is_skipped() -> None:
    world = World()
    outcome = perform(AddCustomerNote(), {"text": "Hi"}, world, facts=replace(FACTS, customer=None))
    assert (outcome.skipped, world.notes) == (Reason.NO_CUSTOMER, [])


def test_a_customer_who_was_deleted_meanwhile_is_skipped() -> None:
    assert perform(AddCustomerNote(), {"text": "Hi"}, World(knows=False)).skipped is Reason.NO_CUSTOMER
