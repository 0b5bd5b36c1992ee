"""Django system checks: what can be known without running anything or asking anybody."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, Warning, register

from saleor_custom_events.conf import Settings, settings
from saleor_custom_events.doors.client_address import networks
from saleor_custom_events.extension.ancestors import is_source
from saleor_custom_events.extension.app import LANGUAGES
from saleor_custom_events.scenarios.local_time import zone_named

#: A hundred years: no calendar ends before.
MOST_DAYS = 36_500


@register("saleor_custom_events")
def check_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Check that every setting can be read and makes sense."""
    found: list[CheckMessage] = []
    for name in (name for name in vars(Settings) if name.isupper()):
        try:
            getattr(settings, name)
        except ValueError as error:
            found.append(Error(str(error), id="saleor_custom_events.E001"))
    if not found:
        found += _check_values()
    return found


def _check_values() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.WEBHOOK_SECRET and not _is_webhook_secret(settings.WEBHOOK_SECRET):
        found.append(
            Error(
                "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET is not `whsec_` followed by 24 to 64 bytes in base64.",
                hint='Make one: echo "whsec_$(openssl rand -base64 32)"',
                id="saleor_custom_events.E002",
            )
        )
    if max(settings.WEBHOOK_TIMEOUT, settings.MAIL_TIMEOUT) + settings.TASK_BUDGET >= settings.LEASE:
        found.append(
            Error(
                "SALEOR_CUSTOM_EVENTS_LEASE has to be longer than the task's budget and the longest timeout together.",
                id="saleor_custom_events.E003",
            )
        )
    if zone_named(settings.TIME_ZONE_DEFAULT) is None:
        found.append(
            Error(
                "SALEOR_CUSTOM_EVENTS_TIME_ZONE_DEFAULT names no time zone.",
                hint="Write one as IANA names it: Europe/Warsaw.",
                id="saleor_custom_events.E007",
            )
        )
    for name, kept in (("DATA", "data fields"), ("ROWS", "rows")):
        if not 0 <= getattr(settings, f"RETENTION_{name}_DAYS") <= MOST_DAYS:
            message = f"SALEOR_CUSTOM_EVENTS_RETENTION_{name}_DAYS is not 0 (keep {kept}) to {MOST_DAYS}."
            found.append(Error(message, id="saleor_custom_events.E006"))
    found += _check_dashboard()
    found += _check_limits()
    if getattr(django_settings, "CELERY_TASK_ALWAYS_EAGER", False):
        found.append(
            Warning(
                "Celery is in eager mode, without a worker: waits and retries happen only when something is fired.",
                hint="Set the broker's URL (Saleor: CELERY_BROKER_URL).",
                id="saleor_custom_events.W001",
            )
        )
    return found


def _check_limits() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        networks(settings.TRUSTED_PROXIES)
    except ValueError as error:
        found.append(
            Error(
                f"SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES has an entry that is no network: {error}",
                hint="Write them as 10.0.0.0/8, separated by commas.",
                id="saleor_custom_events.E008",
            )
        )
    for name in ("STOREFRONT_KEY", "SERVER_KEY", "ADDRESS", "IDENTITY", "EVENT"):
        rate, burst = getattr(settings, f"LIMIT_{name}_RATE"), getattr(settings, f"LIMIT_{name}_BURST")
        if rate < 0 or burst < 1:
            found.append(
                Error(
                    f"SALEOR_CUSTOM_EVENTS_LIMIT_{name}_RATE is below 0, or its _BURST below 1.",
                    hint="A rate of 0 is no limit.",
                    id="saleor_custom_events.E009",
                )
            )
    return found


def _check_dashboard() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if wrong := [origin for origin in settings.DASHBOARD_ORIGINS if not is_source(origin.rstrip("/"))]:
        found.append(
            Error(
                f"SALEOR_CUSTOM_EVENTS_DASHBOARD_ORIGINS has entries that are no origins: {', '.join(wrong)}",
                hint="Write them as https://dashboard.example.com, separated by commas.",
                id="saleor_custom_events.E004",
            )
        )
    if settings.NAVIGATION_LANGUAGE not in LANGUAGES:
        found.append(
            Error(
                f"SALEOR_CUSTOM_EVENTS_NAVIGATION_LANGUAGE is not one of {', '.join(LANGUAGES)}.",
                id="saleor_custom_events.E005",
            )
        )
    return found


def _is_webhook_secret(text: str) -> bool:
    try:
        return text.startswith("whsec_") and 24 <= len(base64.b64decode(text[6:], validate=True)) <= 64
    except binascii.Error:
        return False
