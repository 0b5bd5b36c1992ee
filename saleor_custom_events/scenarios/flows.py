"""Flow control: how often, and how many at a time, occurrences may begin invocations at one start point.

What each kind does is described for authors in `docs/definition.md`; how the database decides it, in
`docs/architecture.md`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.values import Json, value_to_json

CUSTOMER = "customer"
DATA_FIELD = "dataFields."


@dataclass(frozen=True, kw_only=True, slots=True)
class Debounce:
    """The newest occurrence begins once it has been quiet for a while; those before it do not."""

    quiet: timedelta
    #: The longest that the first one of a row may keep the newest waiting.
    at_most: timedelta
    #: What is kept apart: `customer`, `dataFields.<name>`, or None for the whole scenario.
    key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Throttle:
    """Begins are spread out evenly, `per / count` apart; what comes faster waits for its place."""

    count: int
    per: timedelta
    key: str | None = None

    @property
    def apart(self) -> timedelta:
        """Say how far two begins are apart."""
        return self.per / self.count


@dataclass(frozen=True, kw_only=True, slots=True)
class RateLimit:
    """At most `count` begin in a period, which starts with the first of them; what comes above is dropped."""

    count: int
    per: timedelta
    key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OneAtATime:
    """The next one begins when the one before has ended."""

    key: str | None = None


Flow: TypeAlias = Debounce | Throttle | RateLimit | OneAtATime

NAMES: dict[str, type[Flow]] = {
    "debounce": Debounce,
    "throttle": Throttle,
    "rateLimit": RateLimit,
    "oneAtATime": OneAtATime,
}
_BY_TYPE = {kind: name for name, kind in NAMES.items()}


def name_of(flow: Flow) -> str:
    """Give the word of the format."""
    return _BY_TYPE[type(flow)]


def digest(*parts: Json) -> str:
    """Give a name for rows that outlive what is said here: SHA-256, in hexadecimal, without a secret."""
    said = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def lane_of(flow: Flow, occurrence: OccurrenceFacts) -> str | None:
    """Give the name of the lane that this occurrence is in, 64 characters; None where nobody is named.

    Occurrences without the data field share a lane. Texts count without regard to case, as in conditions.
    """
    if flow.key == CUSTOMER:
        person = occurrence.identity_key
        return None if person is None else digest(name_of(flow), CUSTOMER, person)
    if flow.key is None:
        return digest(name_of(flow), None)
    wanted = flow.key.removeprefix(DATA_FIELD)
    value = next((value_to_json(field.value) for field in occurrence.fields if field.name == wanted), None)
    return digest(name_of(flow), flow.key, value.casefold() if isinstance(value, str) else value)
