"""A scenario's definition, from JSON to frozen objects. The format is described in `docs/definition.md`.

Whatever comes in, all that leaves is a `Definition` or a `DefinitionError` with every fault and its place.
What an action's `config` means is the action's own business: see `actions.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from saleor_custom_events.errors import DefinitionError, Problem
from saleor_custom_events.scenarios.definition import SPEC_VERSION, Definition
from saleor_custom_events.scenarios.limits import MAX_DEFINITION
from saleor_custom_events.scenarios.reading import Findings, check_json
from saleor_custom_events.scenarios.start_parsing import StartReader
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.scenarios.wiring import check_wiring

#: From one spec version to the next: `UPGRADES[n]` takes a definition of version n and gives one of n + 1.
Upgrades: TypeAlias = Mapping[int, Callable[[dict[str, Json]], dict[str, Json]]]
UPGRADES: Upgrades = {}


def parse_definition(raw: Json) -> Definition:
    """Give the definition that `raw` (what `json.loads` gives) describes. DefinitionError with all faults."""
    current = upgrade(raw)
    findings = Findings()
    members = findings.members(current, "", required=("spec", "starts", "steps"), optional=("exits",)) or {}
    reader = StartReader(findings)
    starts = reader.starts(members.get("starts"))
    steps = reader.steps(members.get("steps"))
    exits = reader.exits(members.get("exits", []))
    if not findings.problems:
        check_wiring(starts, steps, reader.mentions, findings)
    if findings.problems:
        raise DefinitionError(*findings.problems)
    return Definition(spec=SPEC_VERSION, starts=starts, steps=steps, exits=exits)


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
