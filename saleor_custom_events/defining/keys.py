"""Making, changing and revoking the keys that may fire."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from saleor_custom_events.defining.checking import Checking, not_found, refused_because, signature
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.firing.body import MAX_FIELD_NAME
from saleor_custom_events.firing.keys import new_key
from saleor_custom_events.models import Key, KeyType
from saleor_custom_events.store.callers import Caller

_MOST = 50
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,255}")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyChanges:
    """What to write; None leaves a member as it is (at creation: unbound)."""

    name: str | None = None
    #: Slugs.
    channels: tuple[str, ...] | None = None
    #: As browsers send them: `https://shop.example`, with a port where it is not the usual one.
    origins: tuple[str, ...] | None = None
    #: Names of data fields that a storefront may send beside those that an event declares.
    allowed_fields: tuple[str, ...] | None = None


def create_key(caller: Caller, key_type: KeyType, changes: KeyChanges) -> tuple[Key, str]:
    """Make a key; gives the row and the key itself, which is shown this once and kept nowhere.

    Refused 403, or 400 naming the members that are wrong.
    """
    demand(caller, Operation.KEYS)
    checking = Checking()
    columns = _columns(changes, checking)
    if changes.name is None:
        checking.wrong("name", "REQUIRED", "A key needs a name.")
    checking.refuse_if_wrong()
    secret, prefix, digest = new_key(key_type)
    key = Key.objects.create(type=key_type, prefix=prefix, digest=digest, created_by=signature(caller), **columns)
    return key, secret


def update_key(caller: Caller, key_id: int, changes: KeyChanges) -> Key:
    """Change a key's name and what it is bound to. Refused 403, 404 or 400; a revoked key stays as it was."""
    demand(caller, Operation.KEYS)
    checking = Checking()
    columns = _columns(changes, checking)
    checking.refuse_if_wrong()
    changed = Key.objects.filter(pk=key_id, revoked_at__isnull=True).update(**columns) if columns else 1
    key = _key(key_id)
    if not changed or key.revoked_at:
        raise refused_because(400, "REVOKED", "This key is revoked.", "id")
    return key


def revoke_key(caller: Caller, key_id: int) -> Key:
    """Let a key fire nothing more, for good. Refused 403 or 404."""
    demand(caller, Operation.KEYS)
    Key.objects.filter(pk=key_id, revoked_at__isnull=True).update(revoked_at=timezone.now())
    return _key(key_id)


def _key(key_id: int) -> Key:
    key = Key.objects.filter(pk=key_id).first()
    if key is None:
        raise not_found("key")
    return key


def _columns(changes: KeyChanges, checking: Checking) -> dict[str, str | list[str]]:
    columns: dict[str, str | list[str]] = {}
    if changes.name is not None:
        columns["name"] = checking.text("name", changes.name, longest=250, required=True)
    for column, (member, read) in _LISTS.items():
        values = getattr(changes, column)
        if values is None:
            continue
        if len(values) > _MOST:
            checking.wrong(member, "TOO_MANY", f"A key names {_MOST} at most.")
        columns[column] = list(dict.fromkeys(read(v, f"{member}[{i}]", checking) for i, v in enumerate(values)))
    return columns


def _channel(raw: str, place: str, checking: Checking) -> str:
    if not _SLUG.fullmatch(raw):
        checking.wrong(place, "INVALID", "This is no channel's slug.")
    return raw


def _origin(raw: str, place: str, checking: Checking) -> str:
    """Give an origin as browsers write it (RFC 6454): lower case, no path, no usual port."""
    try:
        parts = urlsplit(raw.strip())
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        host = parts.hostname or ""
        plain = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}"
        origin = plain if parts.port in (None, usual) else f"{plain}:{parts.port}"
        right = bool(usual and host.isascii() and host) and not (
            parts.path.strip("/") or parts.query or parts.fragment or parts.username or "\0" in raw
        )
    except ValueError:
        right = False
    if not right:
        checking.wrong(place, "INVALID", "An origin is written https://shop.example, without a path.")
        return ""
    return origin


def _field(raw: str, place: str, checking: Checking) -> str:
    return checking.text(place, raw, longest=MAX_FIELD_NAME, required=True)


#: Column → the input's member, and how one of its texts is read.
_LISTS: Mapping[str, tuple[str, Callable[[str, str, Checking], str]]] = {
    "channels": ("channels", _channel),
    "origins": ("origins", _origin),
    "allowed_fields": ("allowedFields", _field),
}
