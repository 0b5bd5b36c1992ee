"""A scenario's definition, from JSON to frozen objects. The format is described in `docs/definition.md`.

Whatever comes in, all that leaves is a `Definition` or a `DefinitionError` with every fault and its place.
What an action's `config` means is the action's own business: see `actions.check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from saleor_custom_events.errors import DefinitionError, Problem
from saleor_custom_events.scenarios.condition_parsing import ConditionParser
from saleor_custom_events.scenarios.definition import (
    SPEC_VERSION,
    ActionStep,
    Branch,
    Condition,
    ConditionStep,
    Definition,
    EventStart,
    ExitStep,
    Reentry,
    Step,
    WaitStep,
)
from saleor_custom_events.scenarios.limits import (
    MAX_BRANCHES,
    MAX_DEFINITION,
    MAX_LABEL,
    MAX_STARTS,
    MAX_STEPS,
    MAX_WAIT_DAYS,
)
from saleor_custom_events.scenarios.reading import Findings, check_json
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.scenarios.wiring import check_wiring

#: From one spec version to the next: `UPGRADES[n]` takes a definition of version n and gives one of n + 1.
Upgrades: TypeAlias = Mapping[int, Callable[[dict[str, Json]], dict[str, Json]]]
UPGRADES: Upgrades = {}

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ACTION = re.compile(r"[a-z][a-z0-9_]{0,63}")
_DURATION = re.compile(r"P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII)


def parse_definition(raw: Json) -> Definition:
    """Give the definition that `raw` (what `json.loads` gives) describes. DefinitionError with all faults."""
    current = upgrade(raw)
    findings = Findings()
    members = findings.members(current, "", required=("spec", "starts", "steps")) or {}
    reader = _Reader(findings)
    starts = reader.starts(members.get("starts"))
    steps = reader.steps(members.get("steps"))
    if not findings.problems:
        check_wiring(starts, steps, reader.named_steps, findings)
    if findings.problems:
        raise DefinitionError(*findings.problems)
    return Definition(spec=SPEC_VERSION, starts=starts, steps=steps)


def upgrade(raw: Json, upgrades: Upgrades = UPGRADES, newest: int = SPEC_VERSION) -> dict[str, Json]:
    """Give the definition in today's spec version, unread. DefinitionError where there is none."""
    if problem := check_json(raw, MAX_DEFINITION):
        raise DefinitionError(problem)
    if not isinstance(raw, dict):
        raise DefinitionError(Problem(field="", code="INVALID", message="A definition is an object."))
    spec = raw.get("spec")
    if isinstance(spec, bool) or not isinstance(spec, int) or not 1 <= spec <= newest:
        message = f"This has to be a spec version from 1 to {newest}."
        code = "INVALID" if "spec" in raw else "REQUIRED"
        raise DefinitionError(Problem(field="spec", code=code, message=message))
    for version in range(spec, newest):
        raw = upgrades[version](raw)
    return raw


def read_duration(text: str) -> timedelta | None:
    """Read whole days, hours, minutes, seconds as ISO 8601 writes them (`P1DT2H`), else None."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    days, hours, minutes, seconds = (int(group or 0) for group in match.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return timedelta.max


class _Reader:
    """Reads start points and steps. What it gives is of use only where no fault was found."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        #: Every `steps.<id>` that a condition looks at, with its place.
        self.named_steps: list[tuple[str, str]] = []

    def starts(self, raw: Json) -> tuple[EventStart, ...]:
        items = self._findings.items(raw, "starts", at_least=1, at_most=MAX_STARTS)
        starts = [self._start(item, f"starts[{i}]") for i, item in enumerate(items)]
        return tuple(start for start in starts if start is not None)

    def steps(self, raw: Json) -> tuple[Step, ...]:
        items = self._findings.items(raw, "steps", at_most=MAX_STEPS)
        steps = [self._step(item, f"steps[{i}]") for i, item in enumerate(items)]
        return tuple(step for step in steps if step is not None)

    def _start(self, raw: Json, place: str) -> EventStart | None:
        members = self._findings.members(
            raw,
            place,
            required=("id", "type", "event"),
            optional=("filter", "reentry", "allowUnverified"),
        )
        if members is None:
            return None
        if members.get("type") != "customEvent":
            self._findings.add(f"{place}.type", "INVALID", "A start point is of the type customEvent.")
        reentry = self._findings.choice(
            members.get("reentry", "every"), f"{place}.reentry", Reentry, ", ".join(Reentry)
        )
        unverified = self._findings.boolean(members.get("allowUnverified", False), f"{place}.allowUnverified")
        condition = None
        if members.get("filter") is not None:
            condition = self._condition(members["filter"], f"{place}.filter", in_filter=True)
        return EventStart(
            id=self._id(members.get("id"), f"{place}.id"),
            event=self._findings.number(members.get("event"), f"{place}.event"),
            filter=condition,
            reentry=reentry or Reentry.EVERY,
            allow_unverified=unverified,
        )

    def _step(self, raw: Json, place: str) -> Step | None:
        kind = raw.get("type") if isinstance(raw, dict) else None
        read: Mapping[str, Callable[[dict[str, Json], str], Step | None]] = {
            "condition": self._condition_step,
            "wait": self._wait_step,
            "action": self._action_step,
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
        when = self._condition(members["when"], f"{place}.when", in_filter=False)
        if when is None:
            return None
        next_step = self._next(members.get("next"), f"{place}.next")
        return Branch(when=when, next=next_step, label=self._label(members, place))

    def _wait_step(self, raw: dict[str, Json], place: str) -> WaitStep | None:
        self._members(raw, place, required=("duration",), optional=("next",))
        text = raw.get("duration")
        duration = read_duration(text) if isinstance(text, str) else None
        if duration is None or not timedelta(seconds=1) <= duration <= timedelta(days=MAX_WAIT_DAYS):
            message = f"Write a time from 1 second to {MAX_WAIT_DAYS} days as ISO 8601 does: PT30M, P1DT12H."
            self._findings.add(f"{place}.duration", "INVALID", message)
            duration = timedelta(0)
        return WaitStep(
            id=self._id(raw.get("id"), f"{place}.id"),
            duration=duration,
            next=self._next(raw.get("next"), f"{place}.next"),
            label=self._label(raw, place),
        )

    def _action_step(self, raw: dict[str, Json], place: str) -> ActionStep | None:
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

    def _condition(self, raw: Json, place: str, *, in_filter: bool) -> Condition | None:
        parser = ConditionParser(self._findings, in_filter=in_filter)
        condition = parser.parse(raw, place)
        self.named_steps += parser.steps
        return condition

    def _id(self, raw: Json, place: str) -> str:
        if isinstance(raw, str) and _ID.fullmatch(raw):
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
