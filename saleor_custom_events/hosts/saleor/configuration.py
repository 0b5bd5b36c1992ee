"""What the merchant has set on the plugin's page in the dashboard, and the shop's own switches beside it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from typing import Any

from django.contrib.sites.models import Site
from django.core.exceptions import FieldDoesNotExist, ValidationError
from saleor.core.db.connection import allow_writer
from saleor.plugins.models import PluginConfiguration
from saleor.site.models import SiteSettings

from saleor_custom_events.conf import settings as our_settings
from saleor_custom_events.hosts.plugin_fields import faults, refused_for
from saleor_custom_events.hosts.saleor.plugin import PLUGIN_ID, CustomEventsPlugin
from saleor_custom_events.store.plugin_fields import PluginFields

#: The fields, as Saleor keeps them and `PluginFields` names them.
_NAMES = tuple(str(entry["name"]) for entry in CustomEventsPlugin.DEFAULT_CONFIGURATION)
#: Seconds for which an answer is kept: how long another process may go on after the merchant's click.
KEPT = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Configuration:
    """The plugin's page, read."""

    active: bool
    #: Without a slash at the end; empty where the merchant left it to Saleor.
    public_url: str
    #: RFC 5322 address with name; empty where the shop's own sender is to be used.
    sender: str
    #: Saleor's switch "allow storefront traffic" (3.23); True where this Saleor has none.
    storefront_open: bool


#: The last answer and when it was read (`time.monotonic()`). One tuple, so that threads see both or neither.
_last: tuple[float, Configuration] | None = None


def configuration() -> Configuration:
    """Give the configuration as it was at most `KEPT` seconds ago."""
    global _last
    now = time.monotonic()
    if _last is None or now - _last[0] > KEPT:
        _last = (now, _read())
    return _last[1]


def forget() -> None:
    """Read anew what is asked next: for whoever has just changed it."""
    global _last
    _last = None


def check_fields(entries: Iterable[Mapping[str, Any]]) -> None:
    """Refuse merchant's fields that could not work. Raises Django's ValidationError, by field's name."""
    if wrong := faults(_values(entries)):
        raise ValidationError(wrong)


def plugin_fields() -> PluginFields:
    """Give what is kept, as it is now and not as it was a second ago."""
    with allow_writer():
        row = _row()
    values = _values([] if row is None else row.configuration)
    return PluginFields(active=CustomEventsPlugin.DEFAULT_ACTIVE if row is None else row.active, **values)


def save_plugin_fields(fields: PluginFields) -> None:
    """Save as Saleor's `pluginUpdate` does, with the same checks. Refused 400, with each fault at its member."""
    values = {name: getattr(fields, name) for name in _NAMES}
    if wrong := faults(values):
        raise refused_for(wrong)
    with allow_writer():
        row, _ = PluginConfiguration.objects.get_or_create(
            identifier=PLUGIN_ID,
            channel=None,
            defaults={"configuration": [dict(entry) for entry in CustomEventsPlugin.DEFAULT_CONFIGURATION]},
        )
        changes = [{"name": name, "value": value} for name, value in values.items()]
        cleaned = {"active": fields.active, "configuration": changes}
        CustomEventsPlugin.save_plugin_configuration(row, cleaned)


def _row() -> Any:
    return PluginConfiguration.objects.filter(identifier=PLUGIN_ID, channel=None).first()


def _read() -> Configuration:
    with allow_writer():
        row = _row()
        storefront_open = _storefront_open()
    active = CustomEventsPlugin.DEFAULT_ACTIVE if row is None else row.active
    values = _values([] if row is None else row.configuration)
    return Configuration(
        active=active and not our_settings.DISABLED,
        public_url=values["public_url"].rstrip("/"),
        sender=_sender(values["sender_name"], values["sender_address"]),
        storefront_open=storefront_open,
    )


def _storefront_open() -> bool:
    # Not Saleor's get_allow_storefront_traffic(): it asks Redis, and firing has to do without.
    with suppress(FieldDoesNotExist):
        SiteSettings._meta.get_field("allow_storefront_traffic")
        found = SiteSettings.objects.filter(site=Site.objects.get_current())
        return found.values_list("allow_storefront_traffic", flat=True).first() is not False
    return True


def _values(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    given = {entry["name"]: entry["value"] or "" for entry in entries if "value" in entry}
    return {
        default["name"]: str(given.get(default["name"], default["value"])).strip()
        for default in CustomEventsPlugin.DEFAULT_CONFIGURATION
    }


def _sender(name: str, address: str) -> str:
    return str(Address(name, addr_spec=address)) if address else ""
