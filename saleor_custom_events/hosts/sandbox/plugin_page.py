"""The plugin's page, as the sandbox keeps it."""

from __future__ import annotations

from dataclasses import asdict
from email.headerregistry import Address

from saleor_custom_events.extension.app import keep
from saleor_custom_events.hosts.plugin_fields import faults, refused_for
from saleor_custom_events.hosts.sandbox.models import Plugin
from saleor_custom_events.store.plugin_fields import PluginFields

PLUGIN_ID = "custom-events"


def read() -> PluginFields:
    """Give what is kept; without a row what a new store has."""
    row = Plugin.objects.filter(identifier=PLUGIN_ID).first() or Plugin()
    return PluginFields(
        active=row.active,
        public_url=row.public_url,
        sender_name=row.sender_name,
        sender_address=row.sender_address,
    )


def save(fields: PluginFields) -> None:
    """Keep what could work, and let the dashboard's app follow it. Refused 400, with each fault at its member."""
    values = asdict(fields)
    active = values.pop("active")
    if wrong := faults(values):
        raise refused_for(wrong)
    Plugin.objects.update_or_create(identifier=PLUGIN_ID, defaults={"active": active, **values})
    keep()


def sender() -> str:
    """Give whom scenarios' mail comes from, RFC 5322; empty where the store is to say."""
    fields = read()
    return str(Address(fields.sender_name, addr_spec=fields.sender_address)) if fields.sender_address else ""
