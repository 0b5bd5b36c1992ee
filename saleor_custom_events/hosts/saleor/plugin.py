"""The plugin as Saleor sees it: found by the entry point, configured in the dashboard, asked for its URLs.

Saleor imports this module whenever it builds its plugins, and a plugin that fails to import stops the shop:
everything of ours but names is imported when a request arrives, and no sooner.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from saleor.plugins.base_plugin import BasePlugin, ConfigurationTypeField

from saleor_custom_events.conf import settings
from saleor_custom_events.hosts.saleor.hooks import StoreHooks

PLUGIN_ID = "custom-events"


class CustomEventsPlugin(StoreHooks, BasePlugin):
    """Custom events in a Saleor shop: answers below `/plugins/global/custom-events/`."""

    PLUGIN_ID = PLUGIN_ID
    PLUGIN_NAME = "Custom events"
    PLUGIN_DESCRIPTION = (
        "Events of your own, scenarios that start when the storefront fires them, and a log of every run."
    )
    DEFAULT_ACTIVE = True
    # One set of events and scenarios for the whole shop; a firing names its channel.
    CONFIGURATION_PER_CHANNEL = False
    DEFAULT_CONFIGURATION = [
        {"name": "public_url", "value": ""},
        {"name": "sender_name", "value": ""},
        {"name": "sender_address", "value": ""},
    ]
    CONFIG_STRUCTURE = {
        "public_url": {
            "type": ConfigurationTypeField.STRING,
            "label": "Public address of the API",
            "help_text": (
                "Where browsers reach Saleor, for example https://api.example.com. "
                "Leave it blank to use Saleor's own public URL."
            ),
        },
        "sender_name": {
            "type": ConfigurationTypeField.STRING,
            "label": "Sender name of scenarios' mail",
            "help_text": "Used together with the sender e-mail.",
        },
        "sender_address": {
            "type": ConfigurationTypeField.STRING,
            "label": "Sender e-mail of scenarios' mail",
            "help_text": "Leave it blank to send as the shop does.",
        },
    }

    def webhook(self, request: HttpRequest, path: str | None, previous_value: HttpResponse) -> HttpResponse:
        """Answer one request below the plugin's URL, or 404 where the plugin is switched off.

        Saleor asks here even while the plugin is inactive when the URL has neither `global` nor `channel`.
        """
        if not self.active or settings.DISABLED:
            return HttpResponseNotFound()
        from saleor_custom_events.doors.http.routes import answer
        from saleor_custom_events.hosts.saleor.traffic import storefront_refusal

        request.allow_replica = False  # type: ignore[attr-defined]  # Saleor's own request type
        path = _path_below(request)
        return answer(request, path, _channel_of(request), before=partial(storefront_refusal, request, path))

    @classmethod
    def validate_plugin_configuration(cls, plugin_configuration: Any, **kwargs: Any) -> None:
        """Refuse merchant's fields that could not work. Raises Django's ValidationError by field."""
        from saleor_custom_events.hosts.saleor.configuration import check_fields

        check_fields(plugin_configuration.configuration)

    @classmethod
    def save_plugin_configuration(cls, plugin_configuration: Any, cleaned_data: dict[str, Any]) -> Any:
        """Save what the merchant changed, and let the dashboard's app follow it.

        Saleor makes the row at the first save, inactive. A plugin that is active by default would be
        switched off by whoever fills in a field: a row that never had a name is that first save.
        """
        if not plugin_configuration.name:
            plugin_configuration.name = cls.PLUGIN_NAME
            plugin_configuration.description = cls.PLUGIN_DESCRIPTION
            cleaned_data = {"active": cls.DEFAULT_ACTIVE, **cleaned_data}
        saved = super().save_plugin_configuration(plugin_configuration, cleaned_data)
        from saleor_custom_events.extension.app import keep
        from saleor_custom_events.hosts.saleor.configuration import forget

        forget()
        keep()
        return saved


def _channel_of(request: HttpRequest) -> str | None:
    """Give the URL's channel. Saleor tells it only to plugins that are configured per channel."""
    match = request.resolver_match
    return None if match is None else match.kwargs.get("channel_slug")


def _path_below(request: HttpRequest) -> str:
    """Give what follows the plugin's URL, without a slash in front.

    Not the `path` that Saleor passes: it cuts at the first `custom-events` in the URL, which may stand in the
    channel's slug.
    """
    channel = _channel_of(request)
    base = f"/{channel}/{PLUGIN_ID}/" if channel else f"/{PLUGIN_ID}/"
    return request.path_info.partition(base)[2]
