"""Counting firings: the rates, and that Redis and a process by itself count alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
import redis
from django.conf import settings as django_settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as some

from saleor_custom_events.firing import metering
from saleor_custom_events.firing.limits import (
    Allowance,
    LimitKind,
    LimitRules,
    Rate,
    allowances_of,
    count,
    refusal_of,
    standing_of,
    tightest,
)
from saleor_custom_events.firing.metering import Meter, OwnMeter, SharedMeter
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.store.callers import Caller, CallerKind

#: Nothing comes back while a test runs.
SLOW = 0.0001


def allowance(burst: int, *, kind: LimitKind = LimitKind.KEY, per_second: float = SLOW, name: str = "") -> Allowance:
    rate = Rate(per_second=per_second, burst=burst)
    return Allowance(kind=kind, name=name or str(uuid4()), rate=rate)


@pytest.fixture
def client() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(django_settings.REDIS_URL) as opened:
        yield opened


@pytest.fixture(params=["own", "shared"])
def meter(request: pytest.FixtureRequest, client: redis.Redis) -> Meter:
    return OwnMeter() if request.param == "own" else SharedMeter(client)


def allowed(meter: Meter, *group: tuple[Allowance, ...]) -> list[bool]:
    every = list({one.name: one for firing in group for one in firing}.values())
    return [stop is None for stop in meter.count(every, group).stops]


# The arithmetic, with a clock of its own


def test_a_burst_passes_at_once_and_then_as_many_as_the_rate_allows() -> None:
    one, kept = allowance(3, per_second=2), {}

    stops = count([[one]] * 4, kept, 1000.0)

    assert [stop is None for stop in stops] == [True, True, True, False]
    assert stops[3] is not None
    assert stops[3].wait == pytest.approx(0.5)
    assert count([[one]], kept, 1000.4)[0] is not None
    assert count([[one]], kept, 1000.5)[0] is None
    assert count([[one]], kept, 1000.9)[0] is not None


def test_whoever_waited_long_has_the_burst_and_no_more() -> None:
    one, kept = allowance(3, per_second=2), {}
    count([[one]] * 3, kept, 1000.0)

    assert [stop is None for stop in count([[one]] * 5, kept, 9000.0)] == [True] * 3 + [False] * 2


def test_how_it_stands_is_told_in_firings_and_seconds() -> None:
    one, kept = allowance(10, per_second=2), {}
    count([[one]] * 4, kept, 1000.0)

    standing = standing_of(one, kept[one.name] - 1000.0)

    assert (standing.most, standing.left, standing.reset) == (10, 6, 2.0)
    assert tightest([standing_of(allowance(20), 0), standing]) == standing
    assert tightest([]) is None


def test_the_refusal_says_which_limit_and_when_to_come_back() -> None:
    one = allowance(1, per_second=0.1, kind=LimitKind.ADDRESS)
    stop = count([[one]] * 2, {}, 1000.0)[1]
    assert stop is not None

    refused = refusal_of(stop)

    assert (refused.status, refused.code, refused.limit) == (429, "RATE_LIMITED", "address")
    assert refused.retry_after is not None
    assert refused.retry_after.total_seconds() == 10


# What a firing falls under

RULES = LimitRules(
    storefront_key=Rate(per_second=1, burst=1),
    server_key=Rate(per_second=2, burst=1),
    address=Rate(per_second=3, burst=1),
    identity=Rate(per_second=4, burst=1),
    event=Rate(per_second=5, burst=1),
    secret=b"secret",
)
STOREFRONT = Caller(kind=CallerKind.STOREFRONT_KEY, id="1")
BACKEND = Caller(kind=CallerKind.SERVER_KEY, id="1")
CUSTOMER = Caller(kind=CallerKind.CUSTOMER, id="VXNlcjox", customer_id="VXNlcjox", customer_email="anna@example.com")


def kinds(firing: Firing, caller: Caller, address: str = "192.0.2.1") -> list[tuple[str, float]]:
    found = allowances_of(firing, caller, address=address, event=7, rules=RULES)
    return [(one.kind.value, one.rate.per_second) for one in found]


def test_a_storefront_is_limited_by_key_address_customer_and_event() -> None:
    firing = Firing(event=7, customer_email="anna@example.com", anonymous_id="visitor")

    assert kinds(firing, STOREFRONT) == [("key", 1), ("address", 3), ("identity", 4), ("identity", 4), ("event", 5)]
    assert kinds(firing, STOREFRONT, address="") == [("key", 1), ("identity", 4), ("identity", 4), ("event", 5)]


def test_a_server_fires_for_all_customers_from_one_address() -> None:
    assert kinds(Firing(event=7, customer_email="anna@example.com"), BACKEND) == [("key", 2), ("event", 5)]


def test_a_customer_has_no_key() -> None:
    assert kinds(Firing(event=7), CUSTOMER) == [("address", 3), ("identity", 4), ("event", 5)]


def test_whoever_names_a_customer_does_not_use_up_what_the_customer_may_fire() -> None:
    def identity(caller: Caller, **who: str) -> str:
        found = allowances_of(Firing(event=7, **who), caller, address="", event=None, rules=RULES)  # type: ignore[arg-type]
        return next(one.name for one in found if one.kind is LimitKind.IDENTITY)

    assert identity(STOREFRONT, customer_id="VXNlcjox") != identity(CUSTOMER)
    assert identity(STOREFRONT, customer_email="x") != identity(STOREFRONT, anonymous_id="x")


def test_names_tell_nobodys_address() -> None:
    firing = Firing(event=7, customer_email="anna@example.com")

    names = [one.name for one in allowances_of(firing, STOREFRONT, address="192.0.2.1", event=7, rules=RULES)]

    assert not any("anna" in name or "192.0.2.1" in name for name in names)
    assert len(set(names)) == len(names)


def test_what_is_off_is_not_counted() -> None:
    off = Rate(per_second=0, burst=1)
    rules = LimitRules(storefront_key=off, server_key=off, address=off, identity=off, event=off, secret=RULES.secret)

    assert allowances_of(Firing(event=7, anonymous_id="x"), STOREFRONT, address="::/64", event=7, rules=rules) == ()


# Both who count


def test_a_group_is_counted_one_after_the_other(meter: Meter) -> None:
    key, anna, ben = allowance(4), allowance(1), allowance(5)

    assert allowed(meter, (key, anna), (key, anna), (key, ben), (key, ben), (key, ben), (key, ben)) == [
        True, False, True, True, True, False,
    ]  # fmt: skip
    assert allowed(meter, (ben,), (ben,), (ben,)) == [True, True, False], "what was refused used up nothing"


def test_looking_uses_up_nothing(meter: Meter) -> None:
    one = allowance(2)
    meter.count([one], [[one]])

    for _ in range(3):
        counted = meter.count([one], [])
        assert [(s.most, s.left) for s in counted.standings] == [(2, 1)]


def test_many_threads_together_get_the_burst_and_no_more(meter: Meter) -> None:
    one, passed = allowance(100), []

    def fire() -> None:
        for _ in range(30):
            passed.extend(allowed(meter, (one,)))

    threads = [threading.Thread(target=fire) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(passed), sum(passed)) == (240, 100)


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    bursts=some.lists(some.integers(1, 6), min_size=3, max_size=3),
    firings=some.lists(some.sets(some.integers(0, 2), max_size=3), max_size=12),
)
# Two that forbid the last but one for the same time: the last digits of a float do not say which of them is named.
@example(
    bursts=[2, 3, 1],
    firings=[{0, 1, 2}, {1, 2}, {1}, set(), {0, 1}, {0, 1, 2}, {0, 1, 2}, {0, 1}, set(), {0, 2}],
)
def test_redis_counts_as_a_process_does(bursts: list[int], firings: list[set[int]]) -> None:
    names = [allowance(burst) for burst in bursts]
    group = [[names[number] for number in sorted(firing)] for firing in firings]
    own, shared = OwnMeter(), SharedMeter(redis.Redis.from_url(django_settings.REDIS_URL))

    here, there = own.count(names, group), shared.count(names, group)

    assert [stop and stop.allowance for stop in here.stops] == [stop and stop.allowance for stop in there.stops]
    assert [s.left for s in here.standings] == [s.left for s in there.standings]


def test_what_redis_keeps_goes_by_itself(client: redis.Redis) -> None:
    one = allowance(5, per_second=10)
    SharedMeter(client).count([one], [[one]] * 3)

    assert 0 < client.pttl(metering.PREFIX + one.name) <= 301  # type: ignore[operator]


def test_a_process_forgets_who_was_longest_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metering, "MOST_NAMES", 3)
    meter, key = OwnMeter(), allowance(2, kind=LimitKind.KEY)
    first, *others = [allowance(1, kind=LimitKind.IDENTITY) for _ in range(4)]

    assert allowed(meter, (key, first), *((one,) for one in others)) == [True] * 4
    assert allowed(meter, (others[-1],)) == [False]
    assert allowed(meter, (first,)) == [True], "forgotten"
    assert allowed(meter, (key,), (key,)) == [True, False], "other kinds do not push it out"


def test_an_address_that_complains_too_often_is_blocked(meter: Meter) -> None:
    name = str(uuid4())
    assert [meter.complain(name, 3).blocked > 0 for _ in range(2)] == [False, False]
    known = meter.complaints(name)
    assert (known.count, known.blocked) == (2, 0)
    assert 0 < known.reset <= 60

    assert meter.complain(name, 3).blocked > 0

    assert 59 < meter.complaints(name).blocked <= 60
    assert meter.complaints(str(uuid4())).blocked == 0
