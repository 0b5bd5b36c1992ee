"""A scenario as a file: its definition with slugs in the place of events' numbers, and the events it names.

```json
{"scenarioFile": 1, "name": "Welcome", "events": [{"slug": "size-quiz", "name": "Size quiz"}], "definition": {…}}
```
Numbers are a store's own; slugs survive from staging to production. Nothing here asks the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.check import check_definition
from saleor_custom_events.actions.json_schema import action_schemas
from saleor_custom_events.actions.naming import event_names, with_events
from saleor_custom_events.defining.checking import Checking, is_storable
from saleor_custom_events.defining.events import EventChanges
from saleor_custom_events.defining.fields import check_declared
from saleor_custom_events.defining.happenings import happenings_schema, read_happenings
from saleor_custom_events.errors import Problem
from saleor_custom_events.firing.body import MAX_FIELDS
from saleor_custom_events.firing.values import DeclaredField, Privacy, Violations
from saleor_custom_events.scenarios.json_schema import DIALECT, definition_schema
from saleor_custom_events.scenarios.limits import MAX_LABEL
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.values import FieldType, Json

FILE_VERSION = 1
#: Events that one file describes: no definition names more.
_MAX_EVENTS = 250
_SLUG = "^[a-z0-9_-]{1,100}$"
_EVENT_MEMBERS = ("description", "logging", "public", "dataFields", "violations", "happenings")


@dataclass(frozen=True, kw_only=True, slots=True)
class EventInFile:
    """An event that the file's scenario names."""

    slug: str
    #: Everything to make it with.
    changes: EventChanges


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioFile:
    """A file that can be read; its definition may still be wrong."""

    name: str
    events: tuple[EventInFile, ...]
    #: With slugs.
    definition: dict[str, Json]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Give the slugs of all events that the definition names, without repeats."""
        return tuple(dict.fromkeys(slug for _, slug in event_names(self.definition) if isinstance(slug, str)))


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCheck:
    """What checking a file came to. `file` is None where not even its frame can be read."""

    file: ScenarioFile | None
    problems: tuple[Problem, ...]


def check_file(raw: Json) -> FileCheck:
    """Check a file as far as it can be without a store: everything that is wrong, by place (`definition.steps[3]`)."""
    frame, findings = check_frame(raw), Findings()
    file = frame.file
    if file is None:
        return frame
    # The check knows events by their numbers: any will do, as long as each slug has one of its own.
    numbers = {slug: i for i, slug in enumerate(file.slugs, start=1)}
    definition = with_numbers(file.definition, numbers, findings)
    findings.extend(tuple(problem.under("definition") for problem in check_definition(definition)[1]))
    return FileCheck(file=file, problems=findings.problems)


def check_frame(raw: Json) -> FileCheck:
    """Check everything of a file but its definition, which may be unfinished."""
    findings = Findings()
    file = _read(raw, findings)
    return FileCheck(file=file, problems=findings.problems)


def with_numbers(definition: Json, numbers: Mapping[str, int], findings: Findings) -> Json:
    """Give a definition with numbers in the place of slugs. Faults: no slug, and slugs that have no number."""

    def number(place: str, slug: Json) -> Json:
        found = numbers.get(slug) if isinstance(slug, str) else None
        if found is None:
            message = "Name the event by its slug here." if not isinstance(slug, str) else "There is no such event."
            code = "INVALID" if not isinstance(slug, str) else "UNKNOWN_EVENT"
            findings.add(f"definition.{place}", code, message)
        return found or 1

    return with_events(definition, number)


def _read(raw: Json, findings: Findings) -> ScenarioFile | None:
    members = findings.members(raw, "", required=("scenarioFile", "name", "definition"), optional=("events", "$schema"))
    if members is None:
        return None
    version = members.get("scenarioFile")
    if isinstance(version, bool) or version != FILE_VERSION:
        findings.add("scenarioFile", "INVALID", f"This release reads files of version {FILE_VERSION}.")
    name = findings.text(members.get("name"), "name", longest=MAX_LABEL)
    if not name.strip() or not is_storable(name):
        findings.add("name", "REQUIRED", "A scenario needs a name that can be stored.")
    events = _events(members.get("events", []), findings)
    definition = members.get("definition")
    if not isinstance(definition, dict):
        findings.add("definition", "INVALID", "This has to be an object.")
    if findings.problems or not isinstance(definition, dict):
        return None
    return ScenarioFile(name=name.strip(), events=events, definition=definition)


def _events(raw: Json, findings: Findings) -> tuple[EventInFile, ...]:
    items = findings.items(raw, "events", at_most=_MAX_EVENTS)
    read = [_event(item, f"events[{i}]", findings) for i, item in enumerate(items)]
    events = tuple(event for event in read if event is not None)
    seen: set[str] = set()
    for i, event in enumerate(events):
        if event.slug in seen:
            findings.add(f"events[{i}].slug", "DUPLICATE", "The file describes this event twice.")
        seen.add(event.slug)
    return events


def _event(raw: Json, place: str, findings: Findings) -> EventInFile | None:
    members = findings.members(raw, place, required=("slug", "name"), optional=_EVENT_MEMBERS)
    if members is None:
        return None
    slug = findings.text(members.get("slug"), f"{place}.slug", longest=100)
    if not re.fullmatch(_SLUG, slug):
        findings.add(f"{place}.slug", "INVALID", "Use lower-case letters a–z, digits, - and _ only.")
    violations = None
    if members.get("violations") is not None:
        known = ", ".join(Violations)
        violations = findings.choice(members["violations"], f"{place}.violations", Violations, known)
    fields = members.get("dataFields")
    changes = EventChanges(
        name=findings.text(members.get("name"), f"{place}.name", longest=MAX_LABEL),
        slug=slug,
        description=findings.text(members.get("description", ""), f"{place}.description", longest=10_000),
        logging=findings.boolean(members.get("logging", True), f"{place}.logging"),
        public=findings.boolean(members.get("public", False), f"{place}.public"),
        declared_fields=None if fields is None else _fields(fields, f"{place}.dataFields", findings),
        violations=violations,
        happenings=read_happenings(members.get("happenings", []), f"{place}.happenings", findings),
    )
    return EventInFile(slug=slug, changes=changes)


def _fields(raw: Json, place: str, findings: Findings) -> tuple[DeclaredField, ...]:
    fields = []
    for i, item in enumerate(findings.items(raw, place, at_most=MAX_FIELDS)):
        where = f"{place}[{i}]"
        members = findings.members(item, where, required=("name", "type"), optional=("required", "privacy"))
        kind = findings.choice((members or {}).get("type"), f"{where}.type", FieldType, ", ".join(FieldType))
        if members is not None and kind is not None:
            name = findings.text(members.get("name"), f"{where}.name", longest=MAX_LABEL)
            required = findings.boolean(members.get("required", False), f"{where}.required")
            privacy = Privacy.STORE
            if "privacy" in members:
                asked = findings.choice(members["privacy"], f"{where}.privacy", Privacy, ", ".join(Privacy))
                privacy = asked or privacy
            fields.append(DeclaredField(name=name, type=kind, required=required, privacy=privacy))
    checking = Checking()
    check_declared(tuple(fields), checking)
    findings.extend(tuple(problem.under(place.rpartition(".")[0]) for problem in checking.problems))
    return tuple(fields)


def file_schema(actions: Iterable[Action[object]]) -> dict[str, Json]:
    """Give the JSON Schema of a file, for these actions."""
    definition = definition_schema(action_schemas(actions), {"type": "string", "pattern": _SLUG})
    parts = definition.pop("$defs")
    assert isinstance(parts, dict)
    text: Json = {"type": "string", "minLength": 1, "maxLength": MAX_LABEL}
    types: list[Json] = [kind.value for kind in FieldType]
    privacy: Json = {"enum": [one.value for one in Privacy]}
    field = _closed(
        {"name": text, "type": {"enum": types}, "required": {"type": "boolean"}, "privacy": privacy}, "name", "type"
    )
    event: dict[str, Json] = {
        "slug": {"$ref": "#/$defs/event"},
        "name": text,
        "description": {"type": "string", "maxLength": 10_000},
        "logging": {"type": "boolean"},
        "public": {"type": "boolean"},
        "dataFields": {"type": ["array", "null"], "items": field, "maxItems": MAX_FIELDS},
        "violations": {"enum": [*(one.value for one in Violations), None]},
        "happenings": happenings_schema(),
    }
    members: dict[str, Json] = {
        "$schema": {"type": "string"},
        "scenarioFile": {"const": FILE_VERSION},
        "name": text,
        "events": {"type": "array", "items": _closed(event, "slug", "name"), "maxItems": _MAX_EVENTS},
        "definition": {"$ref": "#/$defs/definition"},
    }
    frame = _closed(members, "scenarioFile", "name", "definition")
    return {"$schema": DIALECT, "title": "A scenario as a file", **frame, "$defs": {"definition": definition, **parts}}


def _closed(members: dict[str, Json], *required: str) -> dict[str, Json]:
    return {"type": "object", "properties": members, "required": [*required], "additionalProperties": False}
