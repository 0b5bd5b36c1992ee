"""The settings: those that a merchant makes here, and those that the operator made outside, to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from saleor_custom_events.conf import PREFIX, Settings, settings
from saleor_custom_events.defining.checking import Checking
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.host import current_host
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.plugin_fields import PluginFields

#: Never told, only whether they are set. A Redis' address may hold its password.
SECRETS = frozenset({"WEBHOOK_SECRET", "REDIS_URL"})
#: Characters of a merchant's field.
LONGEST = 250


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatorSetting:
    """One of `conf.Settings`, as it is in force in this process."""

    #: As in the environment, `SALEOR_CUSTOM_EVENTS_LEASE`.
    name: str
    #: None where it is a secret.
    value: str | None
    #: Something else than the default.
    is_set: bool


def read_plugin_fields(caller: Caller) -> PluginFields:
    """Give what the merchant has set. Refused 403."""
    demand(caller, Operation.SEE_DEFINITIONS)
    return current_host().plugin_fields()


def update_plugin_fields(caller: Caller, changes: Mapping[str, Any]) -> PluginFields:
    """Change what is named, by `PluginFields`' names; the others stay. Refused 403, or 400 at each wrong member."""
    demand(caller, Operation.SETTINGS)
    checking = Checking()
    texts = {"public_url": "publicUrl", "sender_name": "senderName", "sender_address": "senderAddress"}
    clean: dict[str, Any] = {
        name: checking.text(texts[name], value, longest=LONGEST) if name in texts else value
        for name, value in changes.items()
    }
    checking.refuse_if_wrong()
    host = current_host()
    host.save_plugin_fields(replace(host.plugin_fields(), **clean))
    return host.plugin_fields()


def operator_settings() -> tuple[OperatorSetting, ...]:
    """Give all of the operator's settings, in the order of `conf.py`; no secret among their values."""
    return tuple(_in_force(name) for name in get_type_hints(Settings))


def _in_force(name: str) -> OperatorSetting:
    value = getattr(settings, name)
    is_set = value != vars(Settings)[name]
    return OperatorSetting(name=PREFIX + name, value=None if name in SECRETS else _in_words(value), is_set=is_set)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
