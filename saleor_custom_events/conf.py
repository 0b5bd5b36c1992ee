"""Settings, read on every access: `settings.WEBHOOK_TIMEOUT`.

An operator sets the environment variable `SALEOR_CUSTOM_EVENTS_<NAME>`; Django's setting of the same name, where
there is one, wins (tests, the sandbox). Names, types, defaults and meanings stand here and nowhere else.
"""

from __future__ import annotations

import os
from typing import Any, get_type_hints

from django.conf import settings as django_settings

PREFIX = "SALEOR_CUSTOM_EVENTS_"
#: Who reaches for DISABLED in an emergency must not have to know its spelling.
_BOOLEANS = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off", ""), False),
}


def _convert(name: str, kind: type, text: str) -> Any:
    try:
        if kind is bool:
            return _BOOLEANS[text.strip().lower()]
        if kind == tuple[str, ...]:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        return kind(text)
    except (KeyError, ValueError):
        raise ValueError(f"{PREFIX}{name}={text!r} is not a valid {kind}") from None


class Settings:
    """Every setting; what is written here is its default."""

    #: The plugin does nothing at all: no tables are touched, no URL answers, no task runs.
    DISABLED: bool = False
    #: Standard Webhooks secret (`whsec_` + base64) that signs outgoing webhooks; without one they carry only
    #: the shop's own signature, where the store has one.
    WEBHOOK_SECRET: str = ""
    #: Seconds for one outgoing webhook, name resolution to last byte. A task ends within 5 s because of it.
    WEBHOOK_TIMEOUT: float = 4.0
    #: Failures within a minute after which a webhook's receiver is left alone for a while; 0: never.
    BREAKER_FAILURES: int = 10
    #: Key of the customer's public metadata that holds their consent to marketing (`true`, `1`, `yes`); empty: it is
    #: not asked, and marketing goes to everybody who did not unsubscribe.
    CONSENT_KEY: str = ""
    #: Key of the customer's private metadata that holds the groups they are in, as a JSON list of texts.
    CUSTOMER_GROUPS_KEY: str = "customer_groups"
    #: Seconds for handing one message to the mail server.
    MAIL_TIMEOUT: float = 4.0
    #: Celery's queue for our tasks; empty is Celery's default queue, the one Saleor's stock worker reads.
    QUEUE: str = ""
    #: Seconds between two looks at due work by beat.
    SWEEP_EVERY: float = 2.0
    #: Seconds a worker may hold a claimed invocation before another may take it.
    LEASE: float = 30.0
    #: Invocations claimed at once, and outside calls under way at once, per task.
    BATCH: int = 100
    CONCURRENCY: int = 16
    #: Seconds in which one task starts new work.
    TASK_BUDGET: float = 1.0
    #: How often a day (UTC) one unverified address may start one scenario whose start point lets it.
    UNVERIFIED_DAILY_CAP: int = 3
    #: Days an idempotency key is remembered.
    IDEMPOTENCY_DAYS: int = 7
    #: Days after which an occurrence's data fields go, and what quotes them; 0 keeps them.
    RETENTION_DATA_DAYS: int = 30
    #: Days after which an occurrence leaves the log with its runs and steps, once they have ended; 0 keeps them.
    RETENTION_ROWS_DAYS: int = 90
    #: A customer whom the store deletes is erased here as well; minutes after that, within which what the deletion
    #: itself sets going (telling another system of it) may come to its end.
    ERASE_DELETED_CUSTOMERS: bool = True
    ERASE_DELETED_AFTER: int = 10
    #: Days for which what is told late brings no erased customer back.
    ERASED_REMEMBERED_DAYS: int = 365
    #: Days for which it is kept who saw customers.
    REVEALS_KEPT_DAYS: int = 365
    #: Time zone (IANA's name) of steps that name none, and of dates.
    TIME_ZONE_DEFAULT: str = "UTC"
    #: Country (ISO 3166, `PL`) of phone numbers that come without its code, at the endpoint of ECDP's form.
    PHONE_REGION: str = ""
    #: Currency (ISO 4217, `PLN`) of amounts that come without one there; empty: they are numbers.
    ECDP_CURRENCY: str = ""
    #: Largest bodies, in bytes.
    MAX_BODY_PUBLIC: int = 16 * 1024
    MAX_BODY_TRUSTED: int = 256 * 1024
    MAX_BODY_BATCH: int = 5 * 1024 * 1024
    #: How often may be fired: firings a second in the long run (0: no limit), and at once. A storefront key; a server
    #: key, or a token of staff or an app; an address from which storefronts call; one customer, by storefronts; an
    #: event.
    LIMIT_STOREFRONT_KEY_RATE: float = 100.0
    LIMIT_STOREFRONT_KEY_BURST: int = 500
    LIMIT_SERVER_KEY_RATE: float = 3500.0
    LIMIT_SERVER_KEY_BURST: int = 10_000
    LIMIT_ADDRESS_RATE: float = 5.0
    LIMIT_ADDRESS_BURST: int = 50
    LIMIT_IDENTITY_RATE: float = 1.0
    LIMIT_IDENTITY_BURST: int = 30
    LIMIT_EVENT_RATE: float = 0.0
    LIMIT_EVENT_BURST: int = 1000
    #: Malformed or unauthorised requests within a minute after which an address is blocked for one; 0: never.
    LIMIT_MALFORMED: int = 100
    #: Networks of the proxies in front of the store, whose X-Forwarded-For is believed.
    TRUSTED_PROXIES: tuple[str, ...] = ()
    #: The Redis in which limits and breakers are shared; empty: the store's cache, else its broker.
    REDIS_URL: str = ""
    #: Our fields and mutations are part of Saleor's own `/graphql/`.
    JOIN_SALEOR_SCHEMA: bool = True
    #: Saleor's permission codes that allow what `docs/reference.md` says.
    PERMISSION_DEFINE: str = "MANAGE_DISCOUNTS"
    PERMISSION_CUSTOMERS: str = "MANAGE_USERS"
    PERMISSION_OPERATE: str = "MANAGE_PLUGINS"
    #: Origins that may show the dashboard extension in a frame; empty: what the store says of its dashboard.
    DASHBOARD_ORIGINS: tuple[str, ...] = ()
    #: Language of the entries in the dashboard's navigation, which knows no other way to translate them: `en`, `pl`.
    NAVIGATION_LANGUAGE: str = "en"
    #: Outgoing webhooks may reach loopback addresses: for trying things out on one machine.
    ALLOW_LOOPBACK: bool = False

    def __getattribute__(self, name: str) -> Any:
        if not name.isupper():
            return super().__getattribute__(name)
        if hasattr(django_settings, PREFIX + name):
            return getattr(django_settings, PREFIX + name)
        default = super().__getattribute__(name)
        text = os.environ.get(PREFIX + name)
        return default if text is None else _convert(name, _KINDS[name], text)


_KINDS = get_type_hints(Settings)
settings = Settings()
