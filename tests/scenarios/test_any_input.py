"""Whatever comes in: only DefinitionError comes out of parsing, and what was accepted runs to an end."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_custom_events.errors import DefinitionError
from saleor_custom_events.scenarios.advance import (
    Act,
    Acted,
    Ask,
    Awaited,
    End,
    Known,
    Live,
    Look,
    Wait,
    advance,
    begin,
)
from saleor_custom_events.scenarios.definition import Definition
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.limits import MAX_VISITS
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.references import Given, Reading
from saleor_custom_events.scenarios.signs import PlacedOrder, Seen, Sign
from saleor_custom_events.scenarios.state import state_from_json, state_to_json
from saleor_custom_events.scenarios.values import DataField, FieldType, Money
from saleor_custom_events.store.shopping import Shopping
from tests.scenarios.making import FULL, definition
from tests.scenarios.test_conditions import ANN, NOW, OCCURRENCE_FACTS

#: Everything `json.loads` gives, and what slips into Python's dicts beside it.
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**300)
    | st.floats()
    | st.decimals()
    | st.text()
    | st.sampled_from(["\0", "\ud800", "s1", "s3", "start", "steps.s3.status", "customer.email", "PT1H", "isSet"])
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))


def parse(raw: Any) -> Definition | None:
    try:
        return parse_definition(raw)
    except DefinitionError as error:
        assert error.problems
        assert all(problem.code and problem.message for problem in error.problems)
        json.dumps([problem.field for problem in error.problems]).encode()
        return None


@given(JSON)
@settings(max_examples=300, deadline=None)
def test_any_json(raw: Any) -> None:
    parse(raw)


@given(JSON, JSON)
@settings(max_examples=300, deadline=None)
def test_any_start_and_step(start: Any, step: Any) -> None:
    parse({"spec": 1, "starts": [start], "steps": [step]})


@given(st.lists(st.tuples(st.integers(0), st.sampled_from(["set", "remove", "copy"]), JSON), min_size=1, max_size=3))
@settings(max_examples=500, deadline=None)
def test_a_valid_definition_changed_at_random(changes: list[tuple[int, str, Any]]) -> None:
    raw = copy.deepcopy(FULL)
    for where, how, value in changes:
        _change(raw, where, how, value)
    if accepted := parse(raw):
        run(accepted, OCCURRENCE_FACTS)


def _change(raw: Any, where: int, how: str, value: Any) -> None:
    places = list(_places(raw))
    container, key = places[where % len(places)]
    if how == "remove":
        del container[key]
    else:
        other, name = places[(where // 7) % len(places)]
        container[key] = value if how == "set" else copy.deepcopy(other[name])


def _places(raw: Any) -> Any:
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, inner in list(items):
        yield raw, key
        yield from _places(inner)


#: What the store has of what the data field x names, where it names something.
READING = Reading(
    given={
        "x": Given(
            values={"total": Money(Decimal("9.90"), "PLN"), "isOpen": True, "changedAt": NOW},
            lines=({"quantity": Decimal(2), "price": Money(Decimal("4.95"), "PLN")},),
        )
    }
)
OPERANDS = st.sampled_from(
    [
        "dataFields.x",
        "dataFields.x.total",
        "dataFields.x.isOpen",
        "occurrence.url",
        "occurrence.occurredAt",
        "occurrence.isVerified",
    ]
) | (
    st.sampled_from(["customer.email", "customer.groups", "customer.metadata.x", "customer.exists", "steps.a.x"])
    | st.sampled_from(["orders.count", "orders.total", "orders.lastAt", "checkout.isOpen", "stock.dataFields.x"])
)
OPERATORS = st.sampled_from(
    [
        "equals",
        "notEquals",
        "greaterThan",
        "greaterThanOrEqual",
        "lessThan",
        "lessThanOrEqual",
        "contains",
        "notContains",
        "startsWith",
        "endsWith",
        "oneOf",
        "isSet",
        "isNotSet",
    ]
)
ONE = (
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9)
    | st.integers(-(10**20), 10**20)
    | st.booleans()
    | st.builds(lambda d: {"date": d.isoformat()}, st.dates())
    | st.builds(lambda t: {"dateTime": t.isoformat() + "+00:00"}, st.datetimes())
    | st.builds(lambda n: {"amount": str(n), "currency": "PLN"}, st.integers(-(10**20), 10**20))
)


def _comparison(left: str, operator: str, right: Any, rights: list[Any]) -> dict[str, Any]:
    if operator in ("isSet", "isNotSet"):
        return {"left": left, "operator": operator}
    return {"left": left, "operator": operator, "right": rights if operator == "oneOf" else right}


COMPARISONS = st.builds(_comparison, OPERANDS, OPERATORS, ONE, st.lists(ONE, min_size=1, max_size=4))
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: (
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, inner)
    ),
    max_leaves=6,
)
DATA_FIELDS = (
    st.builds(lambda v: (FieldType.STRING, v), st.text(max_size=9))
    | st.builds(lambda v: (FieldType.NUMBER, v), st.decimals(allow_nan=False, allow_infinity=False))
    | st.builds(lambda v: (FieldType.BOOLEAN, v), st.booleans())
    | st.builds(lambda v: (FieldType.DATE, v), st.dates())
    | st.builds(lambda v: (FieldType.DATETIME, v), st.datetimes(timezones=st.timezones()))
    | st.builds(lambda v: (FieldType.CHECKOUT, v), st.text(max_size=9))
    | st.builds(lambda v: (FieldType.MONEY, Money(v, "PLN")), st.decimals(allow_nan=False, allow_infinity=False))
)
OUTPUTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(CONDITIONS, DATA_FIELDS, OUTPUTS)
@settings(max_examples=500, deadline=None)
def test_every_accepted_condition_decides_whatever_it_meets(
    when: Any, field: tuple[FieldType, Any], given: Any
) -> None:
    action = {"id": "a", "type": "action", "action": "a", "next": "c"}
    step = {"id": "c", "type": "condition", "branches": [{"when": when, "next": "x"}], "otherwise": "x"}
    accepted = parse(definition(action, step, {"id": "x", "type": "exit"}))
    if accepted is not None:
        occurrence = _with_field(OCCURRENCE_FACTS, DataField("x", *field))
        assert run(accepted, occurrence, lambda: Acted({"x": given})) == 3


def _with_field(occurrence: OccurrenceFacts, field: DataField) -> OccurrenceFacts:
    members = {name: getattr(occurrence, name) for name in OccurrenceFacts.__slots__}
    return OccurrenceFacts(**{**members, "fields": (field,)})


def _awaited(occurrence: OccurrenceFacts, awaited: Awaited, now: datetime) -> OccurrenceFacts:
    event = EventFacts(number=awaited.event, slug="awaited", name="Awaited")
    at = max(now, awaited.since + timedelta(seconds=1))
    return replace(occurrence, id="01943e9a-0000-7000-8000-00000000000f", event=event, registered_at=at)


def run(
    definition: Definition,
    occurrence: OccurrenceFacts,
    act: Callable[[], Acted] = Acted,
    *,
    clock: datetime = NOW,
    coming: bool = False,
    seen: Seen | None = None,
) -> int:
    """Run to the end, the state as JSON text between any two calls, and give the number of visits.

    `coming`: what is waited for happens as soon as somebody looks. `seen`: what is seen of signs then.
    """
    now, acted, known, live = clock, None, None, None
    kept = json.dumps(state_to_json(begin(definition)))
    happened: tuple[OccurrenceFacts, ...] | None = None
    for _ in range(4 * MAX_VISITS):
        state = state_from_json(json.loads(kept))
        progress = advance(
            definition, state, occurrence, now, known=known, acted=acted, happened=happened, live=live, seen=seen
        )
        json.dumps([dict(passed.decision) for passed in progress.passed], allow_nan=False)
        kept, then = json.dumps(state_to_json(progress.state)), progress.then
        acted, happened, live = None, None, None
        if isinstance(then, End):
            assert then.reason is not Reason.DEFINITION
            return progress.state.visit if then.reason else progress.state.visit - 1
        if isinstance(then, Look):
            happened = tuple(_awaited(occurrence, awaited, now) for awaited in then.awaits) if coming else ()
        elif isinstance(then, Ask):
            known = Known(ANN)
            live = Live(asked_at=now, shopping=Shopping(orders=1), in_stock={"x": True}, reading=READING)
        elif isinstance(then, Wait):
            now = then.until + timedelta(seconds=1)
        elif isinstance(then, Act):
            acted = act()
    raise AssertionError("This never ends.")


#: IANA's, and what is none.
ZONES = st.sampled_from(
    [
        "Europe/Warsaw",
        "America/New_York",
        "Pacific/Apia",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "Antarctica/Troll",
        "UTC",
        "",
    ]
)
SOURCES = st.sampled_from(
    [
        "dataFields.x",
        "dataFields.x.changedAt",
        "steps.a.x",
        "steps.e.x",
        "variables.v",
        "occurrence.occurredAt",
        {"date": "0001-01-01"},
        {"dateTime": "9999-12-31T23:59:59+00:00"},
        {"date": "2028-02-29"},
    ]
)
OFFSETS = st.none() | st.sampled_from(["-P1D", "PT2H", "-P400D", "P400D", "P1DT23H59M59S", "-PT1S", "PT0S"])
PARTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "split": st.lists(st.integers(1, 1000), min_size=2, max_size=4).map(
        lambda weights: {"branches": [{"weight": weight} for weight in weights]}
    ),
    "wait": st.sampled_from(["PT1S", "P400D"]).map(lambda duration: {"duration": duration}),
    "waitUntil": st.builds(
        lambda date, offset, past: {"date": date, "offset": offset, "past": past},
        SOURCES,
        OFFSETS,
        st.sampled_from(["continue", "exit"]),
    ),
    "waitForTime": st.builds(
        lambda time, days, zone: {"time": time, "weekdays": days, "zone": zone},
        st.times().map(lambda time: time.strftime("%H:%M")),
        st.none() | st.lists(st.sampled_from(["mon", "wed", "sun"]), min_size=1, max_size=3),
        st.none()
        | ZONES.filter(bool)
        | st.sampled_from(["dataFields.x", "steps.e.x"]).map(lambda name: {"from": name}),
    ),
    "waitForEvent": st.builds(
        lambda event, timeout, filter: {"event": event, "timeout": timeout, "filter": filter},
        st.sampled_from([7, 8]),
        st.sampled_from(["PT1S", "P400D"]),
        st.none() | st.just({"left": "dataFields.x", "operator": "isSet"}),
    ),
    "action": st.just({"action": "a"}),
    "setVariable": st.sampled_from(
        [
            "",
            "{{ dataFields.x }}",
            "{{ dataFields.x.total | times: 2 }}{% for line in dataFields.x.lines %}{{ line.price }}{% endfor %}",
            "{{ variables.v }}{{ variables.v }}!",
            "{{ customer.email }}",
            "{{ 1 | divided_by: 0 }}",
            "{% for i in (1..900) %}{{ steps }}{% endfor %}",
        ]
    ).map(lambda value: {"name": "v", "value": value}),
    "comment": st.text(max_size=9).filter(lambda text: "\0" not in text).map(lambda text: {"text": text}),
    "condition": st.sampled_from(["dataFields.x", "steps.a.x", "steps.e.x", "variables.v", "customer.email"]).map(
        lambda left: {"branches": [{"when": {"left": left, "operator": "equals", "right": "x"}}]}
    ),
}
STEPS = st.lists(
    st.sampled_from([*PARTS]).flatmap(lambda kind: PARTS[kind].map(lambda part: {"type": kind, **part})), max_size=8
)
#: Steps that others name, at the front.
NAMED = [
    {"id": "a", "type": "action", "action": "a"},
    {"id": "e", "type": "waitForEvent", "event": 8, "timeout": "PT1H"},
    {"id": "v", "type": "setVariable", "name": "v", "value": "{{ dataFields.x }}"},
]


def _in_a_row(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let every way out of a step lead to the next one."""
    row: list[dict[str, Any]] = [{"id": f"s{i}", **step} for i, step in enumerate([*NAMED, *steps])]
    for step, following in pairwise(row):
        ways = {"waitForEvent": ("happened", "timedOut"), "condition": ("otherwise",), "split": ()}
        step |= dict.fromkeys(ways.get(step["type"], ("next",)), following["id"])
        step |= (
            {"branches": [branch | {"next": following["id"]} for branch in step["branches"]]}
            if ("branches" in step)
            else {}
        )
    return row


EXITS = st.sampled_from([{"type": "event", "event": 9}, *({"type": sign.value} for sign in Sign)])
MOMENTS = st.datetimes(timezones=st.just(UTC))
SEEN = st.builds(
    Seen,
    order=st.none() | st.builds(PlacedOrder, at=MOMENTS, id=st.text(max_size=3), number=st.text(max_size=3)),
    consents=st.none() | st.booleans(),
    unsubscribed_at=st.none() | MOMENTS,
)


@given(
    STEPS,
    DATA_FIELDS,
    OUTPUTS,
    ZONES,
    st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.booleans(),
    st.lists(EXITS, max_size=3),
    SEEN,
)
@settings(max_examples=400, deadline=None)
def test_every_step_that_is_accepted_runs_to_an_end_whatever_it_meets(
    steps: list[dict[str, Any]],
    field: tuple[FieldType, Any],
    given: Any,
    zone: str,
    clock: datetime,
    coming: bool,
    leaving: list[dict[str, Any]],
    seen: Seen,
) -> None:
    raw = definition(*_in_a_row(steps)) | ({"exits": leaving} if leaving else {})
    accepted = parse_definition(json.loads(json.dumps(raw)))
    fields = (DataField("x", *field), DataField("zone", FieldType.STRING, zone))
    begun = replace(OCCURRENCE_FACTS, fields=fields, registered_at=clock, occurred_at=clock)
    assert run(accepted, begun, lambda: Acted({"x": given}), clock=clock, coming=coming, seen=seen) <= len(raw["steps"])
