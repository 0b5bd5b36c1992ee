"""What an address in the environment says: a database's, a mail server's. No Django: read by its settings."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from psycopg.conninfo import conninfo_to_dict


class MailServer(NamedTuple):
    """Django's `EMAIL_*` settings, in this order."""

    host: str
    port: int
    user: str
    password: str
    tls: bool


def database_of(url: str) -> dict[str, Any]:
    """Give Django's entry of `DATABASES` for whatever libpq understands as an address.

    Raises psycopg.ProgrammingError for anything else.
    """
    parts: dict[str, Any] = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "sandbox"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
    }


def mail_server_of(url: str) -> MailServer:
    """Read `smtp://user:password@host:port` (`smtp+tls` for STARTTLS); empty is no mail server."""
    parts = urlsplit(url)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or 25,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=parts.scheme == "smtp+tls",
    )
