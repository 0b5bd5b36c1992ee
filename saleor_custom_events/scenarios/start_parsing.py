"""Start points, from JSON to frozen objects. The format is described in `docs/definition.md`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from saleor_custom_events.scenarios.condition_parsing import IN_CUSTOMER_FILTER
from saleor_custom_events.scenarios.definition import Condition, EventStart, Reentry
from saleor_custom_events.scenarios.flows import (
    CUSTOMER,
    DATA_FIELD,
    NAMES,
    Debounce,
    Flow,
    OneAtATime,
    RateLimit,
    Throttle,
)
from saleor_custom_events.scenarios.limits import MAX_FLOW_COUNT, MAX_LABEL, MAX_STARTS
from saleor_custom_events.scenarios.step_parsing import StepReader
from saleor_custom_events.scenarios.values import Json

_MEMBERS = ("filter", "reentry", "period", "customerFilter", "flow", "allowUnverified")


class StartReader(StepReader):
    """Reads start points beside steps and exit rules."""

    def starts(self, raw: Json) -> tuple[EventStart, ...]:
        """Read the member `starts`."""
        items = self._findings.items(raw, "starts", at_least=1, at_most=MAX_STARTS)
        starts = [self._start(item, f"starts[{i}]") for i, item in enumerate(items)]
        return tuple(start for start in starts if start is not None)

    def _start(self, raw: Json, place: str) -> EventStart | None:
        members = self._findings.members(raw, place, required=("id", "type", "event"), optional=_MEMBERS)
        if members is None:
            return None
        if members.get("type") != "customEvent":
            self._findings.add(f"{place}.type", "INVALID", "A start point is of the type customEvent.")
        chosen = self._findings.choice(members.get("reentry", "every"), f"{place}.reentry", Reentry, ", ".join(Reentry))
        reentry = chosen or Reentry.EVERY
        flow = self._flow(members["flow"], f"{place}.flow") if members.get("flow") is not None else None
        if reentry is Reentry.RESTART and isinstance(flow, OneAtATime):
            message = "restart ends the one before, oneAtATime waits for it: choose one of them."
            self._findings.add(f"{place}.flow.type", "CONTRADICTION", message)
        return EventStart(
            id=self._id(members.get("id"), f"{place}.id"),
            event=self._findings.number(members.get("event"), f"{place}.event"),
            filter=self._filter(members, place),
            customer_filter=self._customer_filter(members, place),
            reentry=reentry,
            period=self._period(members, reentry, f"{place}.period"),
            flow=flow,
            allow_unverified=self._findings.boolean(members.get("allowUnverified", False), f"{place}.allowUnverified"),
        )

    def _customer_filter(self, members: dict[str, Json], place: str) -> Condition | None:
        if members.get("customerFilter") is None:
            return None
        return self._condition(members["customerFilter"], f"{place}.customerFilter", IN_CUSTOMER_FILTER)

    def _period(self, members: dict[str, Json], reentry: Reentry, place: str) -> timedelta | None:
        if reentry is Reentry.ONCE_PER_PERIOD:
            if members.get("period") is None:
                self._findings.add(place, "REQUIRED", "Say how long the period is: P7D.")
                return None
            return self._duration(members["period"], place)
        if members.get("period") is not None:
            self._findings.add(place, "INVALID", "Only the re-entry oncePerPeriod has a period.")
        return None

    def _flow(self, raw: Json, place: str) -> Flow | None:
        kind = raw.get("type") if isinstance(raw, dict) else None
        read: dict[str, Callable[[dict[str, Json], str], Flow | None]] = {
            "debounce": self._debounce,
            "throttle": self._throttle,
            "rateLimit": self._rate_limit,
            "oneAtATime": self._one_at_a_time,
        }
        if not isinstance(raw, dict):
            self._findings.add(place, "INVALID", "This has to be an object.")
            return None
        if not isinstance(kind, str) or kind not in read:
            self._findings.add(f"{place}.type", "INVALID", f"This has to be one of {', '.join(NAMES)}.")
            return None
        return read[kind](raw, place)

    def _debounce(self, raw: dict[str, Json], place: str) -> Debounce | None:
        self._findings.members(raw, place, required=("type", "quiet", "atMost"), optional=("key",))
        if "quiet" not in raw or "atMost" not in raw:
            return None
        quiet = self._duration(raw["quiet"], f"{place}.quiet")
        at_most = self._duration(raw["atMost"], f"{place}.atMost")
        if at_most < quiet:
            self._findings.add(f"{place}.atMost", "INVALID", "This has to be at least as long as `quiet`.")
        return Debounce(quiet=quiet, at_most=at_most, key=self._key(raw, place))

    def _throttle(self, raw: dict[str, Json], place: str) -> Throttle:
        count, per = self._rate(raw, place)
        return Throttle(count=count, per=per, key=self._key(raw, place))

    def _rate_limit(self, raw: dict[str, Json], place: str) -> RateLimit:
        count, per = self._rate(raw, place)
        return RateLimit(count=count, per=per, key=self._key(raw, place))

    def _one_at_a_time(self, raw: dict[str, Json], place: str) -> OneAtATime:
        self._findings.members(raw, place, required=("type",), optional=("key",))
        return OneAtATime(key=self._key(raw, place))

    def _rate(self, raw: dict[str, Json], place: str) -> tuple[int, timedelta]:
        self._findings.members(raw, place, required=("type", "count", "per"), optional=("key",))
        count = raw.get("count", 1)
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_FLOW_COUNT:
            message = f"This has to be a whole number from 1 to {MAX_FLOW_COUNT}."
            self._findings.add(f"{place}.count", "INVALID", message)
            count = 1
        per = self._duration(raw["per"], f"{place}.per") if "per" in raw else timedelta(seconds=1)
        return count, per

    def _key(self, raw: dict[str, Json], place: str) -> str | None:
        key = raw.get("key")
        if isinstance(key, str):
            names_field = key.startswith(DATA_FIELD) and len(DATA_FIELD) < len(key) <= MAX_LABEL
            if key == CUSTOMER or names_field:
                return key
        if key is not None:
            message = "This has to be customer, dataFields.<name>, or null for the whole scenario."
            self._findings.add(f"{place}.key", "INVALID", message)
        return None
