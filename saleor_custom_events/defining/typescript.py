"""A store's events as TypeScript, so that a storefront's code is checked before it fires anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.firing.catalogue import read_declared
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.values import FieldType
from saleor_custom_events.store.callers import Caller, CallerKind

#: What JSON carries as something else than a string.
_TYPES = {FieldType.NUMBER: "number", FieldType.BOOLEAN: "boolean", FieldType.MONEY: "Money"}
_HEAD = """\
// The custom events of a store, made by it: change them there, then make this file again.
//   import { createClient } from "saleor-custom-events-client";
//   const client = createClient<StoreEvents>({ … });

type Money = { readonly amount: string | number; readonly currency: string };
type AnyFields = { readonly [name: string]: string | number | boolean | Money | undefined };

export interface StoreEvents {
"""


def types_of_events(caller: Caller, *, public_only: bool) -> str:
    """Give a `.d.ts` with `StoreEvents`: the data fields of each event that may be fired, by slug and by number.

    A declared field that is not required may be left out, one that is not declared may not be given; an event that
    declares none takes any. Refused 403 for whoever may not see definitions and is no server.
    """
    if caller.kind is not CallerKind.SERVER_KEY:
        demand(caller, Operation.SEE_DEFINITIONS)
    rows = CustomEvent.objects.filter(archived_at__isnull=True).order_by("pk")
    events = list(rows.filter(public=True) if public_only else rows)
    slugs = {event.slug for event in events}
    return _HEAD + "".join(line for event in events for line in _members(event, slugs)) + "}\n"


def _members(event: CustomEvent, slugs: set[str]) -> Iterable[str]:
    slug = json.dumps(event.slug)
    yield f"  /** {_comment(event.name)} (ID {event.pk}) */\n"
    yield f"  {slug}: {_fields(read_declared(event.declared_fields))};\n"
    # To TypeScript 7 and "7" are one member; then the slug has it.
    if str(event.pk) not in slugs:
        yield f"  {event.pk}: StoreEvents[{slug}];\n"


def _fields(declared: Sequence[DeclaredField]) -> str:
    if not declared:
        return "AnyFields"
    members = (
        f"readonly {json.dumps(field.name, ensure_ascii=False)}: {_type(field)}"
        if field.required
        else f"readonly {json.dumps(field.name, ensure_ascii=False)}?: {_type(field)} | undefined"
        for field in declared
    )
    return "{ " + "; ".join(members) + " }"


def _type(field: DeclaredField) -> str:
    return _TYPES.get(field.type, "string")


def _comment(text: str) -> str:
    """Give a name on one line from which nothing gets out of the comment."""
    return re.sub(r"\s+", " ", text).replace("*/", "*\\/").strip()
