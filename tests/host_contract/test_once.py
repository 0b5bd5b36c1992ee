"""The same occurrence sent twice runs once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store


def test_the_same_again_is_answered_with_the_first(store: Store, make: Maker, event: Event, server_key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com", "idempotencyKey": "order-1"}

    first = store.fire(body, credential=server_key)
    again = store.fire(body, credential=server_key)

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {**first.json(), "duplicate": True}
    assert len(make.log(event)) == 1


def test_the_same_key_with_another_body_is_a_conflict(store: Store, make: Maker, event: Event, server_key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com", "idempotencyKey": "order-1"}
    store.fire(body, credential=server_key)

    answer = store.fire({**body, "dataFields": {"score": 7}}, credential=server_key)

    assert answer.status_code == 409
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert len(make.log(event)) == 1


def test_another_caller_has_keys_of_its_own(store: Store, make: Maker, event: Event, server_key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com", "idempotencyKey": "order-1"}

    answers = [store.fire(body, credential=key) for key in (server_key, store.token("app_all"))]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert len(make.log(event)) == 2


def test_of_ten_at_the_same_time_one_is_accepted(store: Store, make: Maker, event: Event, server_key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": "a@example.com", "idempotencyKey": "order-1"}

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: store.fire(body, credential=server_key), range(10)))

    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [202]
    assert len({answer.json()["occurrenceId"] for answer in answers}) == 1
    assert len(make.log(event)) == 1


def test_a_public_duplicate_tells_no_more_than_the_first(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    body = {"customEventId": public_event.number, "anonymousId": "v", "idempotencyKey": "visit-1"}

    first = store.fire(body, credential=storefront_key)
    again = store.fire(body, credential=storefront_key)

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == first.json()
    assert len(make.log(public_event)) == 1
