"""The shop's own mail settings: the dashboard's "User emails" plugin, else Saleor's environment."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.headerregistry import Address
from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.db import connection
from saleor.core.db.connection import allow_writer
from saleor.plugins.manager import get_plugins_manager
from saleor.plugins.models import PluginConfiguration
from saleor.plugins.user_email.constants import PLUGIN_ID as USER_EMAIL
from saleor.plugins.user_email.plugin import UserEmailPlugin

from saleor_custom_events.hosts.saleor.configuration import configuration

SMTP = "django.core.mail.backends.smtp.EmailBackend"
#: Seconds for which a channel's settings are kept: a thousand messages do not read them a thousand times.
KEPT = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class MailSettings:
    """How one channel's mail is sent."""

    #: Django's backend, dotted.
    backend: str
    #: What the backend is opened with.
    options: tuple[tuple[str, Any], ...]
    #: RFC 5322 address.
    sender: str

    def open(self, timeout: float) -> Any:
        """Give Django's mail connection, not yet opened; `timeout` in seconds for each exchange."""
        options = dict(self.options)
        if self.backend == SMTP:
            options["timeout"] = timeout
        return get_connection(self.backend, fail_silently=False, **options)


_kept: dict[str | None, tuple[float, MailSettings | None]] = {}


def mail_settings(channel: str | None) -> MailSettings | None:
    """Give how mail of a channel (slug) is sent, as it was at most `KEPT` seconds ago; None: not at all.

    Without a channel it is the first that has settings of its own.
    """
    now = time.monotonic()
    kept = _kept.get(channel)
    if kept is None or now - kept[0] > KEPT:
        with borrowed_database():
            kept = _kept[channel] = (now, _from_dashboard(channel) or _from_environment())
    return kept[1]


def _from_dashboard(channel: str | None) -> MailSettings | None:
    rows = PluginConfiguration.objects.filter(identifier=USER_EMAIL, active=True, channel__isnull=False)
    if channel is None:
        channel = rows.order_by("pk").values_list("channel__slug", flat=True).first()
    if channel is None:
        return None
    plugin = get_plugins_manager(allow_replica=False).get_plugin(USER_EMAIL, channel_slug=channel)
    if plugin is None or not plugin.active:
        return None
    config = asdict(plugin.config)
    # Saleor's own: what the dashboard leaves open comes from USER_EMAIL_URL.
    UserEmailPlugin._add_missing_configuration(config)
    if not config["host"] or not config["port"]:
        return None
    names = ("host", "port", "username", "password", "use_tls", "use_ssl")
    return MailSettings(
        backend=SMTP,
        options=tuple((name, config[name]) for name in names),
        sender=_sender(config["sender_name"] or "", config["sender_address"]),
    )


def _from_environment() -> MailSettings | None:
    # Saleor leaves the backend empty where there is no EMAIL_URL.
    if not settings.EMAIL_BACKEND:
        return None
    return MailSettings(backend=settings.EMAIL_BACKEND, options=(), sender=_sender())


def _sender(name: str = "", address: str | None = None) -> str:
    if chosen := configuration().sender:
        return chosen
    if address:
        return str(Address(name, addr_spec=address))
    try:
        site: Any = Site.objects.get_current()
        return str(site.settings.default_from_email)
    except ImproperlyConfigured:
        return ""


@contextmanager
def borrowed_database() -> Iterator[None]:
    """Use the database, and leave no connection behind in a thread that had none.

    Mail goes out from a pool of threads; nobody would close what they open.
    """
    had_one = connection.connection is not None
    try:
        with allow_writer():
            yield
    finally:
        if not had_one:
            connection.close()
