"""Add to customer group: which group, and whom it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saleor_custom_events.actions.add_to_customer_group import AddToCustomerGroup
from saleor_custom_events.errors import ActionError
from saleor_custom_events.scenarios.outcomes import Reason
from tests.actions.performing import FACTS, World, perform


def test_the_name_is_rendered() -> None:
    world = World()
    outcome = perform(AddToCustomerGroup(), {"group": " {{ event.slug }} "}, world)
    assert world.memberships == [("quiz", True)]
    assert outcome.result == {"group": "quiz", "changed": True}


def test_somebody_whom_the_store_does_not_know_is_skipped() -> None:
    world = World()
    outcome = perform(AddToCustomerGroup(), {"group": "VIP"}, world, facts=replace(FACTS, customer=None))
    assert (outcome.skipped, world.memberships) == (Reason.NO_CUSTOMER, [])


def test_a_customer_who_was_deleted_meanwhile_is_skipped() -> None:
    assert perform(AddToCustomerGroup(), {"group": "VIP"}, World(knows=False)).skipped is Reason.NO_CUSTOMER


@pytest.mark.parametrize(("group", "code"), [("{{ nothing }} ", "EMPTY_GROUP"), ("x" * 101, "GROUP_TOO_LONG")])
def test_what_is_no_name_fails_the_step(group: str, code: str) -> None:
    world = World()
    with pytest.raises(ActionError) as raised:
        perform(AddToCustomerGroup(), {"group": group.replace("nothing", "dataFields.nothing")}, world)
    assert (raised.value.code, raised.value.again, world.memberships) == (code, False, [])


def test_a_hundred_characters_are_a_name() -> None:
    world = World()
    perform(AddToCustomerGroup(), {"group": "ż" * 100}, world)
    assert world.memberships == [("ż" * 100, True)]
