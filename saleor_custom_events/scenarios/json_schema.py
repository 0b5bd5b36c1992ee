"""The format of a definition as JSON Schema (2020-12), for editors and other people's tools.

It says what a JSON Schema can: members, types, limits. Whether ids are unique, every `next` exists, templates can be
read and operators go with what they compare is decided by `parsing.py`, and only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saleor_custom_events.scenarios import limits
from saleor_custom_events.scenarios.definition import SPEC_VERSION, Operator, Past, Reentry
from saleor_custom_events.scenarios.durations import DURATION
from saleor_custom_events.scenarios.flows import CUSTOMER
from saleor_custom_events.scenarios.operands import CHECKOUT, OCCURRENCE, ORDERS, RECENT, UNARY
from saleor_custom_events.scenarios.operands import CUSTOMER as CUSTOMER_NAMES
from saleor_custom_events.scenarios.reading import LARGEST_ID
from saleor_custom_events.scenarios.signs import Sign
from saleor_custom_events.scenarios.step_parsing import ID, VARIABLE
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.scenarios.when_parsing import TIME, WEEKDAYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: An event by its number, as the API takes definitions.
NUMBER: Mapping[str, Json] = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}

_NEXT: Mapping[str, Json] = {"type": ["string", "null"], "description": "A step's id; null ends the invocation."}
_NUMBER: Mapping[str, Json] = {"type": ["number", "string"]}


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionSchema:
    """What an action's step may say."""

    name: str
    #: One sentence in English.
    help: str
    #: The schema of `config`.
    config: Mapping[str, Json]


def definition_schema(actions: Iterable[ActionSchema], event: Mapping[str, Json] = NUMBER) -> dict[str, Json]:
    """Give the schema of a definition with its `$defs`. `event`: how an event is named in it."""
    return {
        **_object({"spec": {"const": SPEC_VERSION}, **_lists()}, optional=("exits",)),
        "$defs": defs(actions, event),
    }


def defs(actions: Iterable[ActionSchema], event: Mapping[str, Json]) -> dict[str, Json]:
    """Give the parts that refer to each other."""
    return {
        "event": dict(event),
        "id": {"type": "string", "pattern": _whole(ID)},
        "next": dict(_NEXT),
        "label": {"type": "string", "maxLength": limits.MAX_LABEL},
        "duration": {
            "type": "string",
            "pattern": _whole(DURATION),
            "description": f"ISO 8601, from one second to {limits.MAX_WAIT_DAYS} days: P7D, PT12H.",
        },
        "start": _start(),
        "flow": {"oneOf": _flows()},
        "exit": {"oneOf": _exits()},
        "condition": {"oneOf": [*_groups(), *_comparisons()]},
        "left": {"type": "string", "pattern": _operands(), "maxLength": limits.MAX_TEXT},
        "value": {"oneOf": _values()},
        "step": {"oneOf": [*_steps(), *(_action(action) for action in actions)]},
    }


def _whole(pattern: re.Pattern[str]) -> str:
    return f"^{pattern.pattern}$"


def _lists() -> dict[str, Json]:
    return {
        "starts": _list("start", limits.MAX_STARTS, at_least=1),
        "steps": _list("step", limits.MAX_STEPS),
        "exits": _list("exit", limits.MAX_EXITS),
    }


def _object(members: Mapping[str, Json], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    required: list[Json] = [name for name in members if name not in optional]
    return {"type": "object", "properties": dict(members), "required": required, "additionalProperties": False}


def _ref(name: str) -> dict[str, Json]:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(name: str) -> dict[str, Json]:
    return {"anyOf": [_ref(name), {"type": "null"}]}


def _list(name: str, at_most: int, at_least: int = 0) -> dict[str, Json]:
    return {"type": "array", "items": _ref(name), "minItems": at_least, "maxItems": at_most}


def _words(words: Iterable[str]) -> dict[str, Json]:
    listed: list[Json] = [str(word) for word in words]
    return {"enum": listed}


def _start() -> dict[str, Json]:
    members: dict[str, Json] = {
        "id": _ref("id"),
        "type": {"const": "customEvent"},
        "event": _ref("event"),
        "filter": _or_null("condition"),
        "customerFilter": _or_null("condition"),
        "reentry": _words(Reentry),
        "period": _or_null("duration"),
        "flow": _or_null("flow"),
        "allowUnverified": {"type": "boolean"},
    }
    return _object(members, ("filter", "customerFilter", "reentry", "period", "flow", "allowUnverified"))


def _exits() -> list[Json]:
    event: dict[str, Json] = {"type": {"const": "event"}, "event": _ref("event"), "filter": _or_null("condition")}
    return [_object(event, ("filter",)), _object({"type": _words(Sign)})]


def _flows() -> list[Json]:
    key: Json = {"anyOf": [{"const": CUSTOMER}, {"type": "string", "pattern": "^dataFields\\..+"}, {"type": "null"}]}
    rate: dict[str, Json] = {
        "count": {"type": "integer", "minimum": 1, "maximum": limits.MAX_FLOW_COUNT},
        "per": _ref("duration"),
    }
    kinds: dict[str, dict[str, Json]] = {
        "debounce": {"quiet": _ref("duration"), "atMost": _ref("duration")},
        "throttle": rate,
        "rateLimit": rate,
        "oneAtATime": {},
    }
    return [_object({"type": {"const": kind}, **members, "key": key}, ("key",)) for kind, members in kinds.items()]


def _groups() -> list[Json]:
    several: Json = {"type": "array", "items": _ref("condition"), "minItems": 1, "maxItems": limits.MAX_COMPARISONS}
    return [_object({"all": several}), _object({"any": several}), _object({"not": _ref("condition")})]


def _comparisons() -> list[Json]:
    others = UNARY | RECENT | {Operator.ONE_OF}
    with_one = [operator for operator in Operator if operator not in others]
    span = _object({"duration": {"type": "string", "pattern": _whole(DURATION)}})
    values: Json = {"type": "array", "items": _ref("value"), "minItems": 1, "maxItems": limits.MAX_VALUES}
    return [
        _object({"left": _ref("left"), "operator": _words(with_one), "right": _ref("value")}),
        _object({"left": _ref("left"), "operator": {"const": Operator.ONE_OF.value}, "right": values}),
        _object({"left": _ref("left"), "operator": _words(sorted(RECENT)), "right": span}),
        _object({"left": _ref("left"), "operator": _words(sorted(UNARY)), "right": {"type": "null"}}, ("right",)),
    ]


def _operands() -> str:
    return (
        r"^(?:(?:dataFields|variables|stock\.dataFields)\..+"
        rf"|occurrence\.(?:{'|'.join(OCCURRENCE)})"
        rf"|customer\.(?:{'|'.join(CUSTOMER_NAMES)}|metadata\..+)"
        rf"|orders\.(?:{'|'.join(ORDERS)})|checkout\.(?:{'|'.join(CHECKOUT)})"
        r"|steps\.[^.]+\..+)$"
    )


def _values() -> list[Json]:
    return [
        {"type": ["string", "number", "boolean"], "maxLength": limits.MAX_TEXT},
        _object({"number": dict(_NUMBER)}),
        _object({"amount": dict(_NUMBER), "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}),
        _object({"date": _date()}),
        _object({"dateTime": _date_time()}),
    ]


def _date() -> dict[str, Json]:
    return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _date_time() -> dict[str, Json]:
    return {"type": "string", "description": "With its offset: 2026-01-02T10:00:00+01:00."}


def _step(kind: str, members: Mapping[str, Json], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    every: dict[str, Json] = {"id": _ref("id"), "type": {"const": kind}, "label": _ref("label")}
    return _object({**every, **members}, ("label", *optional))


def _branches(way: Mapping[str, Json], at_least: int, at_most: int) -> dict[str, Json]:
    branch = _object({**way, "next": _ref("next"), "label": _ref("label")}, ("next", "label"))
    return {"type": "array", "items": branch, "minItems": at_least, "maxItems": at_most}


def _steps() -> list[Json]:
    weight: Json = {"type": "integer", "minimum": 1, "maximum": limits.MAX_WEIGHT}
    condition = _branches({"when": _ref("condition")}, 1, limits.MAX_BRANCHES)
    split = _branches({"weight": weight}, limits.MIN_SPLIT, limits.MAX_SPLIT)
    following: dict[str, Json] = {"next": _ref("next")}
    name: Json = {"type": "string", "pattern": _whole(VARIABLE)}
    value: Json = {"type": "string", "maxLength": limits.MAX_TEMPLATE, "description": "Liquid."}
    return [
        _step("condition", {"branches": condition, "otherwise": _ref("next")}, ("otherwise",)),
        _step("split", {"branches": split}),
        _step("wait", {"duration": _ref("duration"), **following}, ("next",)),
        *_waits(following),
        _step("setVariable", {"name": name, "value": value, **following}, ("next",)),
        _step("comment", {"text": {"type": "string", "maxLength": limits.MAX_COMMENT}, **following}, ("next",)),
        _step("exit", {}),
    ]


def _waits(following: Mapping[str, Json]) -> list[Json]:
    dates: list[Json] = [{"type": "string"}, _object({"date": _date()}), _object({"dateTime": _date_time()})]
    offset: Json = {"type": ["string", "null"], "description": "Before or after: -P1D, PT2H."}
    day = _words(WEEKDAYS)
    weekdays: Json = {"type": ["array", "null"], "items": day, "minItems": 1, "maxItems": len(WEEKDAYS)}
    time: Json = {"type": "string", "pattern": _whole(TIME)}
    zone: Json = {"oneOf": [{"type": ["string", "null"]}, _object({"from": {"type": "string"}})]}
    until: dict[str, Json] = {"date": {"oneOf": dates}, "offset": offset, "past": _words(Past), **following}
    at: dict[str, Json] = {"time": time, "weekdays": weekdays, "zone": zone, **following}
    event: dict[str, Json] = {
        "event": _ref("event"),
        "filter": _or_null("condition"),
        "timeout": _ref("duration"),
        "happened": _ref("next"),
        "timedOut": _ref("next"),
    }
    return [
        _step("waitUntil", until, ("offset", "past", "next")),
        _step("waitForTime", at, ("weekdays", "zone", "next")),
        _step("waitForEvent", event, ("filter", "happened", "timedOut")),
    ]


def _action(action: ActionSchema) -> dict[str, Json]:
    members: dict[str, Json] = {
        "action": {"const": action.name},
        "config": dict(action.config),
        "next": _ref("next"),
    }
    required = action.config.get("required")
    return {**_step("action", members, ("next",) if required else ("config", "next")), "description": action.help}
