"""A customer's groups, as they stand in their private metadata: a JSON list of names under the setting's key.

There the store's staff sees and changes them through its own API. Saleor's `account.Group` is something else: the
staff's permission groups, which no scenario ever touches.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from saleor_custom_events.conf import settings
from saleor_custom_events.store.customers import GroupsUnusable

#: Groups of one customer: what a template with a mistake in it could fill somebody's account with.
MOST = 200


def groups_in(private_metadata: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Give the groups; none where what stands there cannot be read."""
    try:
        return read_groups((private_metadata or {}).get(settings.CUSTOMER_GROUPS_KEY))
    except GroupsUnusable:
        return ()


def read_groups(raw: Any) -> tuple[str, ...]:
    """Read the entry: a JSON list of texts, or nothing. Raises GroupsUnusable."""
    if raw in (None, ""):
        return ()
    try:
        listed = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        listed = None
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise GroupsUnusable(f"The private metadata {settings.CUSTOMER_GROUPS_KEY!r} holds no JSON list of texts.")
    return tuple(listed)


def changed_groups(raw: Any, name: str, *, member: bool) -> str | None:
    """Give the entry with a name in it, or without; None where it is so already. Raises GroupsUnusable.

    Names are the same without regard to case, as conditions compare them; the others stay as they are written.
    """
    groups = read_groups(raw)
    others = tuple(one for one in groups if one.casefold() != name.casefold())
    if member is (len(others) < len(groups)):
        return None
    if member and len(groups) >= MOST:
        raise GroupsUnusable(f"This customer is in {MOST} groups already; nobody is in more.")
    return json.dumps([*groups, name] if member else others, ensure_ascii=False)
