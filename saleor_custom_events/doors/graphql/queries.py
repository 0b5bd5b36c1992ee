"""Resolvers of the queries: read the arguments, ask, answer."""

from __future__ import annotations

from typing import Any

from graphql import ResolveInfo

from saleor_custom_events.defining import reading
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.pages import Order, by_number, by_text, by_time
from saleor_custom_events.defining.reading import DefinitionFilter
from saleor_custom_events.doors.graphql.asking import answering, caller, given_members
from saleor_custom_events.doors.graphql.event_types import CustomEventConnection, CustomEventKeyConnection
from saleor_custom_events.doors.graphql.ids import EVENT, INVOCATION, SCENARIO, number_of, plain_number
from saleor_custom_events.doors.graphql.log_types import CustomEventInvocationConnection
from saleor_custom_events.doors.graphql.pages import as_connection, counted_connection, slice_of
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenarioConnection
from saleor_custom_events.doors.graphql.times import moment
from saleor_custom_events.log import explain as explaining
from saleor_custom_events.log import reading as log
from saleor_custom_events.log.counted import CountedFilter
from saleor_custom_events.log.reading import LogFilter
from saleor_custom_events.log.results import Outcome
from saleor_custom_events.log.reveals import reveal
from saleor_custom_events.log.rows import LogRow
from saleor_custom_events.models import CustomEvent, RevealKind, Scenario

_READERS = {"name": by_text, "created_at": by_time, "updated_at": by_time, "last_fired": by_time}


def _order(sort: dict[str, Any] | None) -> Order:
    """Take the order out of `sortBy`: by number, lowest first, where nothing is said."""
    sort = sort or {}
    column = sort.get("field") or "pk"
    return _READERS.get(column, by_number)(column, descending=sort.get("direction") == "-")


def _exactly_one(given: dict[str, Any], *names: str) -> str:
    found = [name for name in names if given.get(name) is not None]
    if len(found) != 1:
        raise refused_because(400, "INVALID", f"Give exactly one of: {', '.join(names)}.", names[0])
    return found[0]


def _definition_filter(kind: str, sent: dict[str, Any]) -> DefinitionFilter:
    members = given_members(sent)
    if "ids" in members:
        members["ids"] = tuple(number_of(kind, given, "filter.ids") for given in members["ids"])
    if "event" in members:
        members["event"] = number_of(EVENT, members["event"], "filter.event")
    return DefinitionFilter(**members)


@answering
def resolve_events(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEvents`."""
    wanted, part = _definition_filter(EVENT, given.get("filter", {})), slice_of(given)
    counted = reading.read_events(caller(info), wanted, _order(given.get("sort_by")), part)
    return counted_connection(CustomEventConnection, counted)


@answering
def resolve_event(root: Any, info: ResolveInfo, **given: Any) -> CustomEvent | None:
    """Answer `customEvent`."""
    name = _exactly_one(given, "id", "number", "slug")
    if name == "slug":
        return reading.find_event(caller(info), slug=given["slug"])
    number = number_of(EVENT, given["id"]) if name == "id" else given["number"]
    return reading.find_event(caller(info), number=number)


@answering
def resolve_scenarios(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEventScenarios`."""
    wanted, part = _definition_filter(SCENARIO, given.get("filter", {})), slice_of(given)
    counted = reading.read_scenarios(caller(info), wanted, _order(given.get("sort_by")), part)
    return counted_connection(CustomEventScenarioConnection, counted)


@answering
def resolve_scenario(root: Any, info: ResolveInfo, **given: Any) -> Scenario | None:
    """Answer `customEventScenario`."""
    name = _exactly_one(given, "id", "number")
    number = number_of(SCENARIO, given["id"]) if name == "id" else given["number"]
    return reading.find_scenario(caller(info), number)


@answering
def resolve_invocations(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEventInvocations`."""
    wanted, part = log_filter(given.get("filter", {})), slice_of(given)
    page = log.read_log(caller(info), wanted, part)
    reveal(caller(info), RevealKind.LOG, email=wanted.email, customer_id=wanted.customer)
    return as_connection(CustomEventInvocationConnection, page)


def log_filter(sent: dict[str, Any]) -> LogFilter:
    """Read the filter of the log. Refused 400 for ids and moments that are none."""
    members = given_members(sent)
    created = given_members(members.pop("created", {}))
    if "ids" in members:
        members["ids"] = tuple(number_of(INVOCATION, given, "filter.ids") for given in members["ids"])
    for name, kind in (("event", EVENT), ("scenario", SCENARIO)):
        if name in members:
            members[name] = number_of(kind, members[name], f"filter.{name}")
    for name, attribute in (("status", "statuses"), ("reason", "reasons")):
        if name in members:
            members[attribute] = tuple(members.pop(name))
    if "step" in members:
        step = given_members(members["step"])
        members["step"] = CountedFilter(**{**step, "outcome": Outcome(step["outcome"])})
    for name, attribute in (("gte", "created_from"), ("lte", "created_to")):
        if name in created:
            members[attribute] = moment(created[name], f"filter.created.{name}")
    return LogFilter(**members)


@answering
def resolve_invocation(root: Any, info: ResolveInfo, **given: Any) -> LogRow | None:
    """Answer `customEventInvocation`."""
    name = _exactly_one(given, "id", "number")
    number = number_of(INVOCATION, given["id"]) if name == "id" else plain_number(given["number"])
    row = log.find_invocation(caller(info), number)
    if row is not None:
        reveal(caller(info), RevealKind.DETAILS, email=row.customer_email)
    return row


@answering
def resolve_explanation(root: Any, info: ResolveInfo, **given: Any) -> explaining.Explanation:
    """Answer `customEventExplain`."""
    reference = _exactly_one(given, "custom_event_id", "custom_event")
    question = explaining.Question(
        email=given["email"],
        event=given[reference],
        since=moment(given["since"], "from"),
        until=moment(given["until"], "to"),
    )
    explanation = explaining.explain(caller(info), question)
    reveal(caller(info), RevealKind.EXPLANATION, email=question.email)
    return explanation


@answering
def resolve_keys(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEventKeys`."""
    return counted_connection(CustomEventKeyConnection, reading.read_keys(caller(info), slice_of(given)))
