"""What a merchant sets of the plugin itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PluginFields:
    """The plugin's page, as it is kept; what is left to the store is empty."""

    active: bool
    #: Where browsers reach the store's API.
    public_url: str
    sender_name: str
    sender_address: str
