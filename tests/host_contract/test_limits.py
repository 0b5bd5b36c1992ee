"""Limits, as callers see them: how they stand with every answer, and an address that is blocked."""

from __future__ import annotations

from secrets import token_hex

from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
#: The default of LIMIT_MALFORMED.
MANY = 100


def somewhere() -> dict[str, str]:
    """Give the header by which the proxy in front of the store names a client nobody else is."""
    return {"X-Forwarded-For": f"2a00:{token_hex(2)}:{token_hex(2)}:{token_hex(2)}::1"}


def test_every_answer_says_how_the_limits_stand(
    store: Store, event: Event, public_event: Event, storefront_key: str, server_key: str
) -> None:
    body, there = {"customEventId": public_event.number, "anonymousId": "v"}, somewhere()
    answers = [
        store.fire(body, credential=storefront_key, headers=there),
        store.fire({**body, "customEventId": event.number}, credential=storefront_key, headers=there),
        store.fire(b"{", credential=storefront_key, headers=there),
        store.fire(body, headers=there),
        store.fire(body, credential="garbage", headers=there),
        store.fire(body, credential=server_key, headers=there),
        store.post("fire/batch", {"events": [body, body, {}]}, credential=server_key, headers=there),
    ]

    assert [answer.status_code for answer in answers] == [202, 403, 400, 401, 401, 202, 207]
    for answer in answers:
        limit, left, _ = (int(answer.headers[name]) for name in HEADERS)
        assert 0 <= left <= limit, answer.headers
        assert all(name in answer.headers["Access-Control-Expose-Headers"] for name in ("Retry-After", *HEADERS))


def test_an_address_that_sends_nonsense_is_blocked_and_nobody_else(
    store: Store, make: Maker, public_event: Event, storefront_key: str
) -> None:
    there, body = somewhere(), {"customEventId": public_event.number, "anonymousId": "v"}
    statuses = [store.fire(b"{", credential=storefront_key, headers=there).status_code for _ in range(MANY)]
    assert set(statuses) == {400}

    blocked = store.fire(body, credential=storefront_key, headers=there)

    assert blocked.status_code == 429
    problem = blocked.json()
    assert (problem["code"], problem["limit"]) == ("RATE_LIMITED", "malformed")
    assert 0 < problem["retryAfter"] == int(blocked.headers["Retry-After"]) <= 60
    assert make.log(public_event) == []
    assert store.fire(body, credential=storefront_key, headers=somewhere()).status_code == 202


def test_a_key_fires_nothing_from_the_moment_it_is_revoked(store: Store, make: Maker, event: Event) -> None:
    key, body = make.key("SERVER"), {"customEventId": event.number, "anonymousId": "v"}
    assert store.fire(body, credential=key).status_code == 202

    make.revoke(key)

    assert store.fire(body, credential=key).status_code == 401
    assert len(make.log(event)) == 1
