"""What happens in the store and fires events, over GraphQL."""

from __future__ import annotations

import pytest

from saleor_custom_events.store.happenings import HappeningKind
from tests.graphql.conftest import Asker, staff

pytestmark = pytest.mark.django_db

CREATE = """
mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) {
    errors { field code }
    customEvent { id happenings { kind minutes keys } }
  } }
"""
UPDATE = """
mutation ($id: ID!, $input: CustomEventUpdateInput!) {
  customEventUpdate(id: $id, input: $input) {
    errors { field code } customEvent { happenings { kind minutes keys } } } }
"""
KINDS = "{ customEventHappenings { kind fields { name type } } }"


def test_what_fires_an_event_is_chosen_and_read_back(ask: Asker, definer: str) -> None:
    sent = [
        {"kind": "CHECKOUT_ABANDONED", "minutes": 60},
        {"kind": "ORDER_METADATA_CHANGED", "keys": ["parcel"]},
        {"kind": "ORDER_PAID"},
    ]
    made = ask(CREATE, {"input": {"name": "By the store", "happenings": sent}}, by=definer).done["customEvent"]
    assert made["happenings"] == [
        {"kind": "CHECKOUT_ABANDONED", "minutes": 60, "keys": []},
        {"kind": "ORDER_METADATA_CHANGED", "minutes": None, "keys": ["parcel"]},
        {"kind": "ORDER_PAID", "minutes": None, "keys": []},
    ]

    kept = ask(UPDATE, {"id": made["id"], "input": {"happenings": None, "name": "Else"}}, by=definer).done
    assert len(kept["customEvent"]["happenings"]) == 3

    emptied = ask(UPDATE, {"id": made["id"], "input": {"happenings": []}}, by=definer).done
    assert emptied["customEvent"]["happenings"] == []


def test_a_happening_that_cannot_be_is_refused_at_its_place(ask: Asker, definer: str) -> None:
    sent = {"input": {"name": "By the store", "happenings": [{"kind": "CHECKOUT_ABANDONED"}]}}
    assert ask(CREATE, sent, by=definer).refusals == [("happenings[0].minutes", "REQUIRED")]


def test_every_happening_says_which_fields_it_comes_with(ask: Asker, definer: str) -> None:
    kinds = {one["kind"]: one["fields"] for one in ask(KINDS, by=definer).data["customEventHappenings"]}
    assert set(kinds) == {kind.name for kind in HappeningKind}
    assert {"name": "total", "type": "MONEY"} in kinds["ORDER_CREATED"]


def test_the_happenings_are_for_those_who_see_definitions(ask: Asker) -> None:
    assert ask(KINDS, by=staff("MANAGE_PAGES")).codes == ["PermissionDenied"]
