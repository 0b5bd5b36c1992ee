"""The plugin's settings and its kill switches, in whole stores: each keeps the merchant's fields its own way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.switching import KNOWN_EVERYWHERE
from tests.host_contract.test_end_to_end import SOON

READ = "{ customEventSettings { active publicUrl publicUrlInUse senderName senderAddress } }"
UPDATE = """mutation ($input: CustomEventSettingsInput!) { customEventSettingsUpdate(input: $input) {
  settings { publicUrl senderName senderAddress } errors { field code } } }"""
LATEST = """query ($event: ID!) { customEventInvocations(first: 1, filter: {event: $event}) { edges { node {
  status reason } } } }"""


def read(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = store.ask(READ, by="staff_define")["customEventSettings"]
    return found


def update(store: Store, **members: Any) -> dict[str, Any]:
    answer: dict[str, Any] = store.ask(UPDATE, {"input": members}, by="staff_all")["customEventSettingsUpdate"]
    return answer


@pytest.fixture
def as_it_was(store: Store) -> Iterator[dict[str, Any]]:
    before = read(store)
    yield before
    update(store, **{name: before[name] for name in ("publicUrl", "senderName", "senderAddress")})


def test_what_is_saved_here_is_what_the_store_keeps(store: Store, as_it_was: dict[str, Any]) -> None:
    # The address stays the one at which this store is reached: what it makes of its URL must go on working.
    in_use = as_it_was["publicUrlInUse"]
    done = update(store, publicUrl=in_use + "/", senderName="Shoes", senderAddress="shoes@example.com")
    assert done["errors"] == []
    assert done["settings"] == {
        "publicUrl": in_use + "/", "senderName": "Shoes", "senderAddress": "shoes@example.com"
    }  # fmt: skip
    assert until(lambda: read(store)["publicUrlInUse"] == in_use, KNOWN_EVERYWHERE * 10)
    assert read(store)["active"], "filling in a field does not switch the plugin off"


def test_what_could_not_work_is_refused_at_its_field(store: Store, as_it_was: dict[str, Any]) -> None:
    assert update(store, senderName="", senderAddress="nobody")["errors"] == [
        {"field": "senderAddress", "code": "INVALID"}
    ]
    assert update(store, publicUrl="shop")["errors"] == [{"field": "publicUrl", "code": "INVALID"}]
    assert read(store) == as_it_was


def status(store: Store, event: Event) -> tuple[str, str | None]:
    edges = store.ask(LATEST, {"event": event.id}, by="staff_define")["customEventInvocations"]["edges"]
    return (edges[0]["node"]["status"], edges[0]["node"]["reason"]) if edges else ("", None)


@pytest.mark.parametrize(
    ("pause", "resume", "reason"),
    [
        ("customEventPauseAll", "customEventResumeAll", "HELD_ALL"),
        ('customEventPause(id: "EVENT")', 'customEventResume(id: "EVENT")', "HELD_EVENT"),
        ('customEventActionPause(name: "fire_event")', 'customEventActionResume(name: "fire_event")', "HELD_ACTION"),
    ],
)
def test_what_is_paused_is_held_in_a_store_with_workers_and_goes_on_when_it_is_resumed(
    store: Store, make: Maker, pause: str, resume: str, reason: str
) -> None:
    event, other = make.event(), make.event()
    make.scenario(
        event,
        [{"id": "fire", "type": "action", "action": "fire_event", "config": {"event": other.number}, "next": None}],
    )

    def throw(switch: str) -> None:
        switch = switch.replace('EVENT"', f'{event.id}"')
        assert (
            store.ask(f"mutation {{ done: {switch} {{ errors {{ code }} }} }}", by="staff_all")["done"]["errors"] == []
        )

    throw(pause)
    try:
        fired = store.fire(
            {"customEventId": event.number, "customerEmail": "ewa@example.com"}, credential=make.key("SERVER")
        )
        assert fired.status_code == 202
        assert until(lambda: status(store, event)[1] == reason, SOON)
    finally:
        throw(resume)
    assert until(lambda: status(store, event) == ("COMPLETED", None), SOON), status(store, event)
