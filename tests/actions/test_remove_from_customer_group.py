"""Remove from customer group: which group, and whom it leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saleor_custom_events.actions.remove_from_customer_group import RemoveFromCustomerGroup
from saleor_custom_events.errors import ActionError
from saleor_custom_events.scenarios.outcomes import Reason
from tests.actions.performing import FACTS, World, perform


def test_the_name_is_rendered() -> None:
    world = World()
    outcome = perform(RemoveFromCustomerGroup(), {"group": "{{ event.slug }}"}, world)
    assert world.memberships == [("quiz", False)]
    assert outcome.result == {"group": "quiz", "changed": True}


def test_somebody_whom_the_store_does_not_know_is_skipped() -> None:
    world = World()
    outcome = perform(RemoveFromCustomerGroup(), {"group": "VIP"}, world, facts=replace(FACTS, customer=None))
    assert (outcome.skipped, world.memberships) == (Reason.NO_CUSTOMER, [])


def test_a_customer_who_was_deleted_meanwhile_is_skipped() -> None:
    assert perform(RemoveFromCustomerGroup(), {"group": "VIP"}, World(knows=False)).skipped is Reason.NO_CUSTOMER


def test_a_name_that_came_out_empty_fails_the_step() -> None:
    with pytest.raises(ActionError) as raised:
        perform(RemoveFromCustomerGroup(), {"group": "{{ dataFields.nothing }}"}, World())
    assert raised.value.code == "EMPTY_GROUP"
