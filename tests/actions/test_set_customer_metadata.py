"""Set customer metadata: what is written, and into whom."""

from __future__ import annotations

from dataclasses import replace

from saleor_custom_events.actions.set_customer_metadata import SetCustomerMetadata
from saleor_custom_events.scenarios.outcomes import Reason
from tests.actions.performing import FACTS, World, perform

ENTRIES = {"entries": {"quiz": "{{ event.slug }}", "by": "{{ scenario.name }}\n{{ scenario.version }}"}}


def test_values_are_rendered_and_keys_are_not() -> None:
    world = World()
    outcome = perform(SetCustomerMetadata(), {**ENTRIES, "private": True}, world)
    assert world.metadata == [({"quiz": "quiz", "by": "Welcome 2"}, True)]
    assert outcome.result == {"keys": ["by", "quiz"], "private": True}


def test_metadata_is_public_unless_asked_for() -> None:
    world = World()
    perform(SetCustomerMetadata(), ENTRIES, world)
    assert world.metadata[0][1] is False


def test_somebody_whom_the_store_does_not_know_is_skipped() -> None:
    world = World()
    outcome = perform(SetCustomerMetadata(), ENTRIES, world, facts=replace(FACTS, customer=None))
    assert (outcome.skipped, world.metadata) == (Reason.NO_CUSTOMER, [])


def test_a_customer_who_was_deleted_meanwhile_is_skipped() -> None:
    assert perform(SetCustomerMetadata(), ENTRIES, World(knows=False)).skipped is Reason.NO_CUSTOMER
