"""An action's settings: declared as a dataclass, read from a definition, rendered, and kept as a mark.

```
@dataclass(frozen=True, kw_only=True)
class Settings:
    url: str = setting(Input.URL, Label("Address", "Adres"))
    copy_fields: bool = setting(Input.BOOLEAN, Label("Copy", "Kopiuj"), default=False)
```
In JSON the members have camelCase names (`copyFields`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

from saleor_custom_events.actions.base import Action, Effect, Field, Input, Label
from saleor_custom_events.actions.inputs import PYTHON_TYPES, read_input
from saleor_custom_events.errors import Problem
from saleor_custom_events.scenarios.reading import Findings
from saleor_custom_events.scenarios.templates import render
from saleor_custom_events.scenarios.values import Json

_KEY = "saleor_custom_events"
#: What stands in the place of a secret.
HIDDEN = "•••"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
#: What a rendered one-liner may not contain: it ends up in headers and in lists.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def setting(
    input: Input,
    label: Label,
    *,
    help: Label | None = None,
    default: Any = dataclasses.MISSING,
    choices: tuple[tuple[str, Label], ...] = (),
    max_length: int = 2000,
    html: bool = False,
    only_with: tuple[str, tuple[str, ...]] | None = None,
    advanced: bool = False,
) -> Any:
    """Declare one setting, as a field of a frozen dataclass. Without a `default` it is required.

    `choices`: value and label, for `Input.CHOICE`. `max_length`: characters before rendering. `html`: a template
    whose output is HTML. `only_with`: another setting, a choice, and its values with which this one matters.
    `advanced`: an editor keeps it out of the way. The field's annotation is `str`, `bool`, `int` (`Input.EVENT`) or
    `Mapping[str, str]` (`Input.TEMPLATE_MAP`, `Input.HEADERS`).
    """
    form = Field(
        input=input,
        label=label,
        help=help,
        choices=choices,
        max_length=max_length,
        html=html,
        only_with=only_with,
        advanced=advanced,
    )
    if isinstance(default, Mapping):
        return dataclasses.field(default_factory=lambda: dict(default), metadata={_KEY: form})
    return dataclasses.field(default=default, metadata={_KEY: form})


def form_of(field: dataclasses.Field[Any]) -> Field:
    """Give what `setting` declared. TypeError for a field that it did not make."""
    form = field.metadata.get(_KEY)
    if not isinstance(form, Field):
        raise TypeError(f"{field.name}: declare settings with setting(…).")
    return form


def member_name(name: str) -> str:
    """Give a setting's name in JSON: `copy_fields` is `copyFields`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Say whether a setting has no default."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def check_settings(action: type[Action[Any]] | Action[Any]) -> None:
    """Check what an action declares of itself, when it is registered. TypeError, with what is wrong."""
    name = getattr(action, "name", None)
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise TypeError(f"name = {name!r}: an action's name is snake_case, 64 characters at most.")
    for member, kind in (("label", Label), ("help", Label), ("effect", Effect)):
        if not isinstance(getattr(action, member, None), kind):
            raise TypeError(f"{name}: {member} has to be a {kind.__name__}.")
    settings = getattr(action, "Settings", None)
    if not isinstance(settings, type) or not dataclasses.is_dataclass(settings):
        raise TypeError(f"{name}: Settings has to be a dataclass.")
    if not settings.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        raise TypeError(f"{name}: Settings has to be frozen.")
    hints = get_type_hints(settings)
    for field in dataclasses.fields(settings):
        expected = PYTHON_TYPES[form_of(field).input]
        if hints[field.name] != expected:
            raise TypeError(f"{name}: {field.name} has to be annotated {expected}, not {hints[field.name]}.")
    _check_dependence(name, {member_name(field.name): form_of(field) for field in dataclasses.fields(settings)})


def _check_dependence(action: str, forms: Mapping[str, Field]) -> None:
    for name, form in forms.items():
        if form.only_with is None:
            continue
        other, values = form.only_with
        known = {value for value, _ in forms[other].choices} if other in forms else set()
        if not values or not set(values) <= known:
            raise TypeError(f"{action}: {name} depends on {other}, which has no such values.")


def read_settings(action: Action[Any], raw: Mapping[str, Json], place: str) -> tuple[Any | None, tuple[Problem, ...]]:
    """Give the action's Settings from a definition's `config`, or None and what is wrong, under `place`.

    Texts are as written: nothing is rendered yet.
    """
    findings = Findings()
    fields = {member_name(field.name): field for field in dataclasses.fields(action.Settings)}
    required = tuple(name for name, field in fields.items() if is_required(field))
    findings.members(dict(raw), place, required=required, optional=tuple(fields))
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name in raw:
            values[field.name] = read_input(
                form_of(field), raw[name], f"{place}.{name}", findings, required=is_required(field)
            )
    if findings.problems:
        return None, findings.problems
    settings = action.Settings(**values)
    if wrong := tuple(problem.under(place) for problem in action.check(settings)):
        return None, wrong
    return settings, ()


def render_settings(settings: Any, context: Mapping[str, object]) -> Any:
    """Give the same Settings with every template rendered (`templates.context_of` makes `context`).

    One-line templates give one line: line breaks and control characters become a space. TemplateFailed.
    """
    rendered: dict[str, Any] = {}
    for field in dataclasses.fields(settings):
        form, value = form_of(field), getattr(settings, field.name)
        if form.input in (Input.TEMPLATE_MAP, Input.HEADERS):
            rendered[field.name] = {name: _line(render(text, context)) for name, text in value.items()}
        elif form.input is Input.TEMPLATE:
            rendered[field.name] = _line(render(value, context, html=form.html))
        elif form.input is Input.TEMPLATE_BLOCK:
            rendered[field.name] = render(value, context, html=form.html)
    return dataclasses.replace(settings, **rendered)


def templates_of(settings: Any) -> Iterator[str]:
    """Give the text of every template in Settings that are not rendered yet."""
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if form_of(field).is_template:
            yield from value.values() if isinstance(value, Mapping) else (value,)


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def settings_to_json(settings: Any) -> dict[str, Json]:
    """Give rendered Settings as they are kept with the step run, so that every try sends the same.

    Of what is secret the names alone: see `with_secrets`.
    """
    kept: dict[str, Json] = {}
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, Mapping):
            hidden = form_of(field).is_secret
            value = {name: HIDDEN if hidden else text for name, text in value.items()}
        kept[member_name(field.name)] = value
    return kept


def has_secrets(action: Action[Any], config: Mapping[str, Json]) -> bool:
    """Say whether a step's config sets something that is kept nowhere else."""
    return any(
        form_of(field).is_secret and config.get(member_name(field.name))
        for field in dataclasses.fields(action.Settings)
    )


def with_secrets(settings: Any, rendered: Any) -> Any:
    """Give Settings that were read back from a mark, with what is secret from those that were rendered anew."""
    secrets = {f.name: getattr(rendered, f.name) for f in dataclasses.fields(settings) if form_of(f).is_secret}
    return dataclasses.replace(settings, **secrets)


def settings_from_json(action: Action[Any], raw: Json) -> Any:
    """Read back what `settings_to_json` wrote, maybe an earlier release: what that did not know has its default.

    ValueError where a required setting is missing.
    """
    kept = raw if isinstance(raw, dict) else {}
    names = {field.name: member_name(field.name) for field in dataclasses.fields(action.Settings)}
    try:
        return action.Settings(**{name: kept[member] for name, member in names.items() if member in kept})
    except TypeError as error:
        raise ValueError(f"These settings are not those of {action.name}: {error}") from error


def settings_named(action: Action[Any], input: Input) -> Iterable[str]:
    """Give the JSON names of an action's settings of one kind (`Input.EVENT`: those that name events)."""
    return (member_name(f.name) for f in dataclasses.fields(action.Settings) if form_of(f).input is input)
