"""Steps and exit rules, from JSON to frozen objects. The format is described in `docs/definition.md`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from saleor_custom_events.scenarios.condition_parsing import IN_FILTER, IN_STEP, ConditionParser, Sight
from saleor_custom_events.scenarios.definition import (
    ActionStep,
    Branch,
    CommentStep,
    Condition,
    ConditionStep,
    EventExit,
    ExitRule,
    ExitStep,
    SetVariableStep,
    SignExit,
    SplitBranch,
    SplitStep,
    Step,
    WaitForEventStep,
    WaitForTimeStep,
    WaitStep,
    WaitUntilStep,
)
from saleor_custom_events.scenarios.durations import read_wait
from saleor_custom_events.scenarios.limits import (
    MAX_BRANCHES,
    MAX_COMMENT,
    MAX_EXITS,
    MAX_LABEL,
    MAX_SPLIT,
    MAX_STEPS,
    MAX_WAIT_DAYS,
    MAX_WEIGHT,
    MIN_SPLIT,
)
from saleor_custom_events.scenarios.mentions import Mentions
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.signs import Sign
from saleor_custom_events.scenarios.templates import check_template
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.scenarios.when_parsing import WhenParser

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ACTION = re.compile(r"[a-z][a-z0-9_]{0,63}")
_SIGNS = frozenset(sign.value for sign in Sign)
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


class StepReader:
    """Reads steps and exit rules. What it gives is of use only where no fault was found."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.mentions = Mentions()
        self._when = WhenParser(findings, self.mentions)

    def steps(self, raw: Json) -> tuple[Step, ...]:
        """Read the member `steps`."""
        items = self._findings.items(raw, "steps", at_most=MAX_STEPS)
        steps = [self._step(item, f"steps[{i}]") for i, item in enumerate(items)]
        return tuple(step for step in steps if step is not None)

    def exits(self, raw: Json) -> tuple[ExitRule, ...]:
        """Read the member `exits`."""
        items = self._findings.items(raw, "exits", at_most=MAX_EXITS)
        exits = [self._exit_rule(item, f"exits[{i}]") for i, item in enumerate(items)]
        return tuple(rule for rule in exits if rule is not None)

    def _exit_rule(self, raw: Json, place: str) -> ExitRule | None:
        kind = raw.get("type") if isinstance(raw, dict) else None
        if isinstance(kind, str) and kind in _SIGNS:
            self._findings.members(raw, place, required=("type",))
            return SignExit(sign=Sign(kind))
        members = self._findings.members(raw, place, required=("type", "event"), optional=("filter",))
        if members is None:
            return None
        if kind != "event":
            known = ", ".join(("event", *Sign))
            self._findings.add(f"{place}.type", "INVALID", f"An exit rule's type is one of {known}.")
        event = self._findings.number(members.get("event"), f"{place}.event")
        return EventExit(event=event, filter=self._filter(members, place))

    def _step(self, raw: Json, place: str) -> Step | None:
        kind = raw.get("type") if isinstance(raw, dict) else None
        read: Mapping[str, Callable[[dict[str, Json], str], Step | None]] = {
            "condition": self._condition_step,
            "split": self._split_step,
            "wait": self._wait_step,
            "waitUntil": self._wait_until_step,
            "waitForTime": self._wait_for_time_step,
            "waitForEvent": self._wait_for_event_step,
            "action": self._action_step,
            "setVariable": self._set_variable_step,
            "comment": self._comment_step,
            "exit": self._exit_step,
        }
        if not isinstance(raw, dict):
            self._findings.add(place, "INVALID", "A step is an object.")
            return None
        if not isinstance(kind, str) or kind not in read:
            self._findings.add(f"{place}.type", "INVALID", f"A step's type is one of {', '.join(read)}.")
            return None
        return read[kind](raw, place)

    def _condition_step(self, raw: dict[str, Json], place: str) -> ConditionStep:
        self._members(raw, place, required=("branches",), optional=("otherwise",))
        items = self._findings.items(raw.get("branches", []), f"{place}.branches", at_least=1, at_most=MAX_BRANCHES)
        branches = [self._branch(item, f"{place}.branches[{i}]") for i, item in enumerate(items)]
        return ConditionStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            branches=tuple(branch for branch in branches if branch is not None),
            otherwise=self._next(raw.get("otherwise"), f"{place}.otherwise"),
            label=self._label(raw, place),
        )

    def _branch(self, raw: Json, place: str) -> Branch | None:
        members = self._findings.members(raw, place, required=("when",), optional=("next", "label"))
        if members is None or "when" not in members:
            return None
        when = self._condition(members["when"], f"{place}.when", IN_STEP)
        if when is None:
            return None
        next_step = self._next(members.get("next"), f"{place}.next")
        return Branch(when=when, next=next_step, label=self._label(members, place))

    def _split_step(self, raw: dict[str, Json], place: str) -> SplitStep:
        self._members(raw, place, required=("branches",))
        where = f"{place}.branches"
        items = self._findings.items(raw.get("branches", []), where, at_least=MIN_SPLIT, at_most=MAX_SPLIT)
        branches = [self._split_branch(item, f"{where}[{i}]") for i, item in enumerate(items)]
        return SplitStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            branches=tuple(branch for branch in branches if branch is not None),
            label=self._label(raw, place),
        )

    def _split_branch(self, raw: Json, place: str) -> SplitBranch | None:
        members = self._findings.members(raw, place, required=("weight",), optional=("next", "label"))
        if members is None:
            return None
        weight = members.get("weight")
        if isinstance(weight, bool) or not isinstance(weight, int) or not 1 <= weight <= MAX_WEIGHT:
            self._findings.add(f"{place}.weight", "INVALID", f"A weight is a whole number from 1 to {MAX_WEIGHT}.")
            weight = 1
        next_step = self._next(members.get("next"), f"{place}.next")
        return SplitBranch(weight=weight, next=next_step, label=self._label(members, place))

    def _wait_step(self, raw: dict[str, Json], place: str) -> WaitStep:
        self._members(raw, place, required=("duration",), optional=("next",))
        return WaitStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            duration=self._duration(raw.get("duration"), f"{place}.duration"),
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _wait_until_step(self, raw: dict[str, Json], place: str) -> WaitUntilStep:
        self._members(raw, place, required=("date",), optional=("offset", "past", "next"))
        return WaitUntilStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            date=self._when.date(raw.get("date"), f"{place}.date"),
            offset=self._when.offset(raw.get("offset"), f"{place}.offset"),
            past=self._when.past(raw.get("past", "continue"), f"{place}.past"),
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _wait_for_time_step(self, raw: dict[str, Json], place: str) -> WaitForTimeStep:
        self._members(raw, place, required=("time",), optional=("weekdays", "zone", "next"))
        return WaitForTimeStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            time=self._when.time(raw.get("time"), f"{place}.time"),
            weekdays=self._when.weekdays(raw.get("weekdays"), f"{place}.weekdays"),
            zone=self._when.zone(raw.get("zone"), f"{place}.zone"),
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _wait_for_event_step(self, raw: dict[str, Json], place: str) -> WaitForEventStep:
        self._members(raw, place, required=("event", "timeout"), optional=("filter", "happened", "timedOut"))
        return WaitForEventStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            event=self._findings.number(raw.get("event"), f"{place}.event"),
            filter=self._filter(raw, place),
            timeout=self._duration(raw.get("timeout"), f"{place}.timeout"),
            happened=self._next(raw.get("happened"), f"{place}.happened"),
            timed_out=self._next(raw.get("timedOut"), f"{place}.timedOut"),
            label=self._label(raw, place),
        )

    def _action_step(self, raw: dict[str, Json], place: str) -> ActionStep:
        self._members(raw, place, required=("action",), optional=("config", "next"))
        action, config = raw.get("action"), raw.get("config", {})
        if not isinstance(action, str) or not _ACTION.fullmatch(action):
            self._findings.add(f"{place}.action", "INVALID", "This has to be an action's name.")
            action = ""
        if not isinstance(config, dict):
            self._findings.add(f"{place}.config", "INVALID", "This has to be an object.")
            config = {}
        return ActionStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            action=action,
            config=config,
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _set_variable_step(self, raw: dict[str, Json], place: str) -> SetVariableStep:
        self._members(raw, place, required=("name", "value"), optional=("next",))
        name, value = raw.get("name"), raw.get("value")
        if not isinstance(name, str) or not VARIABLE.fullmatch(name):
            message = "A variable's name is 1 to 64 of A-Z, a-z, 0-9 and _, and begins with no digit."
            self._findings.add(f"{place}.name", "INVALID", message)
            name = ""
        if not isinstance(value, str):
            self._findings.add(f"{place}.value", "INVALID", "This has to be a text.")
            value = ""
        elif problem := check_template(value):
            self._findings.extend((problem.under(f"{place}.value"),))
        return SetVariableStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            name=name,
            value=value,
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _comment_step(self, raw: dict[str, Json], place: str) -> CommentStep:
        self._members(raw, place, required=("text",), optional=("next",))
        return CommentStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            text=self._findings.text(raw.get("text"), f"{place}.text", longest=MAX_COMMENT),
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _exit_step(self, raw: dict[str, Json], place: str) -> ExitStep:
        self._members(raw, place)
        return ExitStep(id=self._id(raw.get("id"), f"{place}.id"), label=self._label(raw, place))

    def _members(
        self,
        raw: dict[str, Json],
        place: str,
        *,
        required: tuple[str, ...] = (),
        optional: tuple[str, ...] = (),
    ) -> None:
        self._findings.members(raw, place, required=("id", "type", *required), optional=("label", *optional))

    def _filter(self, members: dict[str, Json], place: str) -> Condition | None:
        """Read a filter that sees an occurrence and nothing else."""
        if members.get("filter") is None:
            return None
        return self._condition(members["filter"], f"{place}.filter", IN_FILTER)

    def _condition(self, raw: Json, place: str, sight: Sight) -> Condition | None:
        return ConditionParser(self._findings, self.mentions, sight).parse(raw, place)

    def _duration(self, raw: Json, place: str) -> timedelta:
        duration = read_wait(raw) if isinstance(raw, str) else None
        if duration is None:
            message = f"Write a time from 1 second to {MAX_WAIT_DAYS} days as ISO 8601 does: PT30M, P1DT12H."
            self._findings.add(place, "INVALID", message)
            return timedelta(0)
        return duration

    def _id(self, raw: Json, place: str) -> str:
        if isinstance(raw, str) and ID.fullmatch(raw):
            return raw
        self._findings.add(place, "INVALID", "An id is 1 to 64 of the characters A-Z, a-z, 0-9, _ and -.")
        return ""

    def _next(self, raw: Json, place: str) -> str | None:
        if raw is None or isinstance(raw, str):
            return raw
        self._findings.add(place, "INVALID", "This has to be a step's id, or null.")
        return None

    def _label(self, members: dict[str, Json], place: str) -> str:
        return self._findings.text(members.get("label", ""), f"{place}.label", longest=MAX_LABEL)
