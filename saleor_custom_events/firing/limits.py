"""How often may be fired, and by whom. Pure: which limits a firing falls under, and the arithmetic of counting.

The arithmetic is GCRA (the generic cell rate algorithm of ITU-T I.371): of everybody who is counted one moment is kept,
the one at which all that they fired is used up. A firing moves it on by the time that one firing has; it may, as long
as the moment is not further ahead than the burst. So there are no windows at whose borders twice as much passes, and
whoever waited has the whole burst again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2b

from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.store.callers import Caller, CallerKind

#: Seconds. Moments are floats that count from 1970, so each sum of two is off by up to 0.12 µs, and a burst of 10,000
#: is as many sums: what is less than this is nothing, in comparing and in naming which of several forbids.
ROUNDING = 1e-4


class LimitKind(StrEnum):
    """What is counted."""

    KEY = "key"
    ADDRESS = "address"
    IDENTITY = "identity"
    EVENT = "event"
    MALFORMED = "malformed"


_MESSAGES: Mapping[LimitKind, str] = {
    LimitKind.KEY: "This key, or token, fires too often.",
    LimitKind.ADDRESS: "This address fires too often.",
    LimitKind.IDENTITY: "For this customer is fired too often.",
    LimitKind.EVENT: "This event is fired too often.",
    LimitKind.MALFORMED: "Too many requests from this address were malformed, or had no good credential.",
}
#: The identity's members, in the order of the body.
_WHO = (
    ("customerEmail", "customer_email"),
    ("customerId", "customer_id"),
    ("customerExternalReference", "customer_external_reference"),
    ("anonymousId", "anonymous_id"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How much of something may be fired: in the long run, and at once."""

    per_second: float
    burst: int

    @property
    def is_on(self) -> bool:
        """Say whether it limits at all."""
        return self.per_second > 0

    @property
    def apart(self) -> float:
        """Give the seconds that one firing has."""
        return 1 / self.per_second


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitRules:
    """What the operator's settings say about limits."""

    storefront_key: Rate
    server_key: Rate
    address: Rate
    identity: Rate
    event: Rate
    #: Digests are made with it, so that nobody reads addresses out of the names of what is counted.
    secret: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """One thing that is counted, with its rate."""

    kind: LimitKind
    #: A digest: what it is of cannot be read from it.
    name: str
    rate: Rate
    #: The body's member that it is about, where it is about one.
    member: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How an allowance stands."""

    kind: LimitKind
    #: What may be fired at once by who waited.
    most: int
    #: What may be fired now.
    left: int
    #: Seconds until all of it may be again.
    reset: float


@dataclass(frozen=True, slots=True)
class Stop:
    """A firing that may not be: why, and for how many seconds."""

    allowance: Allowance
    wait: float


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a group of firings: for each the reason why not, or None; and how all stands afterwards."""

    stops: tuple[Stop | None, ...]
    standings: tuple[Standing, ...]


def allowances_of(
    firing: Firing, caller: Caller, *, address: str, event: int | None, rules: LimitRules
) -> tuple[Allowance, ...]:
    """Say what a firing is counted under. `address` is empty where the client's is not known, `event` None likewise.

    Address and identity limit only public callers: a server fires for all customers, from one address.
    """
    found = [*caller_allowances(caller, address=address, rules=rules)]
    if caller.is_public and rules.identity.is_on:
        found += (
            _allowance(LimitKind.IDENTITY, rules.identity, rules, *who, member=member)
            for member, *who in _who(firing, caller)
        )
    if event is not None and rules.event.is_on:
        member = "customEventId" if isinstance(firing.event, int) else "customEvent"
        found.append(_allowance(LimitKind.EVENT, rules.event, rules, str(event), member=member))
    return tuple(found)


def caller_allowances(caller: Caller, *, address: str, rules: LimitRules) -> Iterable[Allowance]:
    """Say what is counted whatever is fired."""
    # A customer without a key is counted by address and identity.
    rate = rules.storefront_key if caller.is_public else rules.server_key
    if rate.is_on and caller.kind not in (CallerKind.ANONYMOUS, CallerKind.CUSTOMER):
        yield _allowance(LimitKind.KEY, rate, rules, caller.reference)
    if caller.is_public and address and rules.address.is_on:
        yield _allowance(LimitKind.ADDRESS, rules.address, rules, address)


def _who(firing: Firing, caller: Caller) -> Iterable[tuple[str, str, str]]:
    """Give whom a firing is about: every name counts, so that changing one of them does not help.

    Whom a token proves is counted apart: otherwise whoever knows an address could use up its owner's firings.
    """
    if caller.customer_id is not None:
        yield "", "proved", caller.customer_id
        return
    for member, attribute in _WHO:
        if (value := getattr(firing, attribute)) is not None:
            yield member, member, value


def _allowance(kind: LimitKind, rate: Rate, rules: LimitRules, *said: str, member: str = "") -> Allowance:
    return Allowance(kind=kind, name=digest_of(kind, *said, secret=rules.secret), rate=rate, member=member)


def digest_of(kind: LimitKind, *said: str, secret: bytes) -> str:
    """Give the name under which something is counted. `secret` of any length."""
    key = blake2b(secret).digest()
    return f"{kind}:{blake2b(chr(0).join(said).encode(), digest_size=16, key=key).hexdigest()}"


def count(group: Sequence[Sequence[Allowance]], kept: dict[str, float], now: float) -> tuple[Stop | None, ...]:
    """Count a group of firings, one after the other; `kept` has a moment by name, and is written.

    A firing that any of its allowances forbids uses up nothing. `metering.SHARED_COUNT` says the same in Redis' words.
    """
    stops: list[Stop | None] = []
    for allowances in group:
        moments = [max(kept.get(one.name, now), now) + one.rate.apart for one in allowances]
        waits = [
            moment - now - one.rate.burst * one.rate.apart for moment, one in zip(moments, allowances, strict=True)
        ]
        longest = max(waits, default=0.0)
        if longest > ROUNDING:
            first = next(place for place, wait in enumerate(waits) if wait >= longest - ROUNDING)
            stops.append(Stop(allowances[first], longest))
            continue
        kept.update(zip((one.name for one in allowances), moments, strict=True))
        stops.append(None)
    return tuple(stops)


def standing_of(allowance: Allowance, ahead: float) -> Standing:
    """Say how an allowance stands whose moment is `ahead` seconds from now."""
    rate, ahead = allowance.rate, max(ahead, 0.0)
    left = math.floor(rate.burst - ahead / rate.apart + ROUNDING)
    return Standing(kind=allowance.kind, most=rate.burst, left=min(max(left, 0), rate.burst), reset=ahead)


def tightest(standings: Iterable[Standing]) -> Standing | None:
    """Give the one that will be the first to forbid something, None where nothing is limited."""
    return min(standings, key=lambda one: (one.left, -one.reset), default=None)


def refusal_of(stop: Stop) -> Refused:
    """Give the refusal of a firing that may not be: 429 `RATE_LIMITED`, with the limit named, and when it may be."""
    return _refusal(stop.allowance.kind, stop.wait, stop.allowance.member)


def blocked_for(seconds: float) -> Refused:
    """Give the refusal of whatever comes from an address that is blocked."""
    return _refusal(LimitKind.MALFORMED, seconds, "")


def _refusal(kind: LimitKind, wait: float, member: str) -> Refused:
    seconds = max(math.ceil(wait), 1)
    message = f"{_MESSAGES[kind]} Try again in {seconds} s."
    problem = Problem(field=member, code="RATE_LIMITED", message=message)
    return Refused(429, "RATE_LIMITED", message, problem, retry_after=timedelta(seconds=seconds), limit=kind)
