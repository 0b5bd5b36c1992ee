"""Customers' groups, changed by scenarios: nothing is lost, and nothing that cannot be read is overwritten."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from saleor_custom_events.host import current_host
from saleor_custom_events.hosts.groups import MOST
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.store.customers import CustomerReference, GroupsUnusable
from tests.running.waiting import ANNA, END, fired, row
from tests.shop import a_scenario, an_event
from tests.side_by_side import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def anna() -> User:
    return User.objects.create(email=ANNA, private_metadata={"crm": "7"})


def act(name: str, group: str, step: str = "act", after: str = "end") -> dict[str, Any]:
    return {"id": step, "type": "action", "action": name, "config": {"group": group}, "next": after}


def kept(user: User) -> Any:
    user.refresh_from_db()
    return user.private_metadata


def groups_of(user: User) -> list[str]:
    return list(json.loads(kept(user)["customer_groups"]))


def test_groups_are_a_list_in_private_metadata_beside_what_else_is_there(anna: User) -> None:
    start = an_event()
    steps = [
        act("add_to_customer_group", "VIP", "one", "two"),
        act("add_to_customer_group", "B2B", "two", "three"),
        act("remove_from_customer_group", "vip", "three"),
        END,
    ]
    a_scenario(start, steps=steps)
    begun = fired(start)
    run_due()
    assert row(begun).status == "completed"
    assert kept(anna) == {"crm": "7", "customer_groups": '["B2B"]'}
    assert [step.result["changed"] for step in row(begun).step_runs.order_by("visit")[:3]] == [True, True, True]


def test_who_is_in_a_group_already_stays_in_it_as_it_is_written(anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(private_metadata={"customer_groups": '["Vip"]'})
    start = an_event()
    a_scenario(start, steps=[act("add_to_customer_group", "VIP"), END])
    begun = fired(start)
    run_due()
    assert row(begun).step_runs.get(step="act").result["changed"] is False
    assert groups_of(anna) == ["Vip"]


def test_a_later_condition_and_template_see_the_group(anna: User) -> None:
    start = an_event()
    condition = {
        "id": "ask",
        "type": "condition",
        "branches": [
            {"when": {"left": "customer.groups", "operator": "contains", "right": "vip"}, "next": "name"},
        ],
        "otherwise": None,
    }
    name = {
        "id": "name",
        "type": "setVariable",
        "name": "all",
        "value": "{{ customer.groups | join: '+' }}",
        "next": None,
    }
    a_scenario(start, steps=[act("add_to_customer_group", "VIP", after="ask"), condition, name])
    begun = fired(start)
    run_due()
    assert row(begun).step_runs.get(step="name").result["value"] == "VIP"


@pytest.mark.parametrize("value", ["VIP, B2B", "{}", '["VIP", 7]', "[", "null"])
def test_what_is_no_list_is_left_as_it_is_and_said(anna: User, value: str) -> None:
    User.objects.filter(pk=anna.pk).update(private_metadata={"customer_groups": value})
    start = an_event()
    a_scenario(start, steps=[act("add_to_customer_group", "VIP"), END])
    begun = fired(start)
    run_due()
    step_run = row(begun).step_runs.get(step="act")
    assert (row(begun).status, step_run.reason) == ("failed", "GROUPS_UNUSABLE")
    assert "customer_groups" in step_run.detail
    assert kept(anna) == {"customer_groups": value}
    assert current_host().customers([CustomerReference(email=ANNA)])[CustomerReference(email=ANNA)].groups == ()


def test_nobody_is_in_more_groups_than_there_is_room_for(anna: User) -> None:
    full = json.dumps([f"group {i}" for i in range(MOST)])
    User.objects.filter(pk=anna.pk).update(private_metadata={"customer_groups": full})
    with pytest.raises(GroupsUnusable), transaction.atomic():
        current_host().set_customer_group(global_id("User", anna.pk), "one more", member=True)
    with transaction.atomic():
        assert current_host().set_customer_group(global_id("User", anna.pk), "group 7", member=False)
    assert len(groups_of(anna)) == MOST - 1


def test_the_operator_names_the_key(anna: User, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CUSTOMER_GROUPS_KEY = "segments"
    start = an_event()
    a_scenario(start, steps=[act("add_to_customer_group", "VIP"), END])
    fired(start)
    run_due()
    assert kept(anna) == {"crm": "7", "segments": '["VIP"]'}


def test_many_scenarios_that_add_at_the_same_time_lose_nothing(anna: User) -> None:
    host, customer = current_host(), global_id("User", anna.pk)

    def add(i: int) -> None:
        with transaction.atomic():
            assert host.set_customer_group(customer, f"group {i}", member=True)

    together(*(partial(add, i) for i in range(8)))
    assert sorted(groups_of(anna)) == [f"group {i}" for i in range(8)]
    assert kept(anna)["crm"] == "7"
