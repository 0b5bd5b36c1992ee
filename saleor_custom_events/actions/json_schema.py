"""The settings of actions as JSON Schema, from what each of them declares."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from saleor_custom_events.actions.base import Action, Field, Input
from saleor_custom_events.actions.forms import form_of, is_required, member_name
from saleor_custom_events.actions.inputs import MAX_ENTRIES, MAX_ENTRY_NAME
from saleor_custom_events.scenarios.json_schema import ActionSchema
from saleor_custom_events.scenarios.values import Json


def action_schemas(actions: Iterable[Action[Any]]) -> tuple[ActionSchema, ...]:
    """Give what a step of each action may say, in the order of `actions`."""
    return tuple(ActionSchema(name=one.name, help=one.help.en, config=_config(one)) for one in actions)


def _config(action: Action[Any]) -> dict[str, Json]:
    fields = dataclasses.fields(action.Settings)
    properties: dict[str, Json] = {
        member_name(field.name): _setting(form_of(field), is_required(field)) for field in fields
    }
    required: list[Json] = [member_name(field.name) for field in fields if is_required(field)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _setting(form: Field, required: bool) -> dict[str, Json]:
    return {"title": form.label.en, **({"description": form.help.en} if form.help else {}), **_kind(form, required)}


def _kind(form: Field, required: bool) -> dict[str, Json]:
    if form.input is Input.BOOLEAN:
        return {"type": "boolean"}
    if form.input is Input.EVENT:
        return {"$ref": "#/$defs/event"}
    text: dict[str, Json] = {"type": "string", "maxLength": form.max_length}
    if form.input in (Input.TEMPLATE_MAP, Input.HEADERS):
        names: Json = {"minLength": 1, "maxLength": MAX_ENTRY_NAME}
        return {"type": "object", "propertyNames": names, "additionalProperties": text, "maxProperties": MAX_ENTRIES}
    if form.input is Input.CHOICE:
        # An empty text stands for what was not chosen.
        choices: list[Json] = [*(value for value, _ in form.choices), *(() if required else ("",))]
        return {"enum": choices}
    return text
