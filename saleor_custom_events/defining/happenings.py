"""What happens in the store and fires an event."""

from __future__ import annotations

from saleor_custom_events.defining.checking import Checking, is_storable
from saleor_custom_events.firing.fired_by import MAX_KEY, MAX_KEYS, MAX_MINUTES, MIN_MINUTES
from saleor_custom_events.firing.values import FiredBy
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.happenings import HappeningKind


def check_happenings(happenings: tuple[FiredBy, ...], checking: Checking) -> None:
    """Note what is wrong with what fires an event, at places like `happenings[2].minutes`."""
    seen: set[HappeningKind] = set()
    for index, one in enumerate(happenings):
        place = f"happenings[{index}]"
        if one.kind in seen:
            checking.wrong(f"{place}.kind", "UNIQUE", "The event is fired by this already.")
        seen.add(one.kind)
        _check_minutes(one, place, checking)
        _check_keys(one, place, checking)


def _check_minutes(one: FiredBy, place: str, checking: Checking) -> None:
    if one.kind is not HappeningKind.CHECKOUT_ABANDONED:
        if one.minutes is not None:
            checking.wrong(f"{place}.minutes", "INVALID", "Only an abandoned checkout has minutes.")
    elif one.minutes is None:
        checking.wrong(f"{place}.minutes", "REQUIRED", "Say after how many quiet minutes it counts as abandoned.")
    elif not MIN_MINUTES <= one.minutes <= MAX_MINUTES:
        checking.wrong(f"{place}.minutes", "INVALID", f"This has to be {MIN_MINUTES} to {MAX_MINUTES:,} minutes.")


def _check_keys(one: FiredBy, place: str, checking: Checking) -> None:
    if not one.kind.is_about_metadata:
        if one.keys:
            checking.wrong(f"{place}.keys", "INVALID", "Only changed metadata has keys.")
        return
    if not one.keys:
        checking.wrong(f"{place}.keys", "REQUIRED", "Say which keys of the metadata are looked at.")
    if len(one.keys) > MAX_KEYS:
        checking.wrong(f"{place}.keys", "TOO_MANY", f"At most {MAX_KEYS} keys.")
    if len(set(one.keys)) < len(one.keys):
        checking.wrong(f"{place}.keys", "UNIQUE", "A key is named twice.")
    if any(not key.strip() or len(key) > MAX_KEY or not is_storable(key) for key in one.keys):
        checking.wrong(f"{place}.keys", "INVALID", f"A key has 1 to {MAX_KEY} characters that can be stored.")


def read_happenings(raw: Json, place: str, findings: Findings) -> tuple[FiredBy, ...]:
    """Read what fires an event from a file; `place` is where the list stands in it (`events[0].happenings`)."""
    known = ", ".join(HappeningKind)
    happenings = []
    for i, item in enumerate(findings.items(raw, place, at_most=len(HappeningKind))):
        where = f"{place}[{i}]"
        members = findings.members(item, where, required=("kind",), optional=("minutes", "keys")) or {}
        kind = findings.choice(members.get("kind"), f"{where}.kind", HappeningKind, known)
        minutes = findings.number(members["minutes"], f"{where}.minutes") if "minutes" in members else None
        keys = findings.items(members.get("keys", []), f"{where}.keys", at_most=MAX_KEYS)
        texts = tuple(findings.text(key, f"{where}.keys[{j}]", longest=MAX_KEY) for j, key in enumerate(keys))
        if kind is not None:
            happenings.append(FiredBy(kind=kind, minutes=minutes, keys=texts))
    checking = Checking()
    check_happenings(tuple(happenings), checking)
    findings.extend(tuple(problem.under(place.rpartition(".")[0]) for problem in checking.problems))
    return tuple(happenings)


def happenings_schema() -> dict[str, Json]:
    """Give the JSON Schema of what `read_happenings` reads."""
    key: Json = {"type": "string", "minLength": 1, "maxLength": MAX_KEY}
    properties: dict[str, Json] = {
        "kind": {"enum": [kind.value for kind in HappeningKind]},
        "minutes": {"type": "integer", "minimum": MIN_MINUTES, "maximum": MAX_MINUTES},
        "keys": {"type": "array", "items": key, "maxItems": MAX_KEYS},
    }
    one: Json = {"type": "object", "properties": properties, "required": ["kind"], "additionalProperties": False}
    return {"type": "array", "items": one, "maxItems": len(HappeningKind)}
