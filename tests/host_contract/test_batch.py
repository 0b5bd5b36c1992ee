"""Many events in one call: a result for each, in order; a bad one fails nobody else."""

from __future__ import annotations

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store


def test_a_bad_item_does_not_fail_the_rest(store: Store, make: Maker, event: Event, server_key: str) -> None:
    good = {"customEventId": event.number, "customerEmail": "a@example.com"}
    items = [
        {**good, "idempotencyKey": "one"},
        {"customEventId": event.number},
        {**good, "idempotencyKey": "one"},
        {**good, "customEventId": 1_999_999_999},
        "nonsense",
        {**good, "idempotencyKey": "two"},
    ]

    answer = store.post("fire/batch", {"events": items}, credential=server_key)

    assert answer.status_code == 207
    results = answer.json()["results"]
    assert [result["status"] for result in results] == [202, 400, 200, 404, 400, 202]
    assert results[2]["occurrenceId"] == results[0]["occurrenceId"]
    assert results[1]["errors"][0]["field"] == "customerEmail"
    assert len(make.log(event)) == 2


def test_a_batch_that_is_all_good_is_accepted(store: Store, make: Maker, event: Event, server_key: str) -> None:
    items = [{"customEventId": event.number, "customerEmail": f"c{i}@example.com"} for i in range(50)]

    answer = store.post("fire/batch", {"events": items}, credential=server_key)

    assert answer.status_code == 202, answer.text
    assert len({result["occurrenceId"] for result in answer.json()["results"]}) == 50
    emails = {row["customerEmail"] for row in make.log(event)}
    assert emails == {item["customerEmail"] for item in items}


def test_a_storefront_may_not(store: Store, make: Maker, public_event: Event, storefront_key: str) -> None:
    items = [{"customEventId": public_event.number, "anonymousId": "v"}]

    answer = store.post("fire/batch", {"events": items}, credential=storefront_key)

    assert answer.status_code == 403
    assert make.log(public_event) == []


def test_a_batch_has_its_limit(store: Store, make: Maker, event: Event, server_key: str) -> None:
    items = [{"customEventId": event.number, "customerEmail": "a@example.com"}] * 1001

    answer = store.post("fire/batch", {"events": items}, credential=server_key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "events"
    assert make.log(event) == []
