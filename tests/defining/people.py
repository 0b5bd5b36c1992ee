"""Who defines things in these tests."""

from __future__ import annotations

from saleor_custom_events.store.callers import Caller, CallerKind

BOSS = Caller(
    kind=CallerKind.STAFF,
    id="VXNlcjox",
    name="boss@example.com",
    permissions=frozenset({"MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"}),
)
#: Defines events and scenarios, sees no customers.
MARKETER = Caller(
    kind=CallerKind.STAFF, id="VXNlcjoy", name="marketer@example.com", permissions=frozenset({"MANAGE_DISCOUNTS"})
)
NOBODY = Caller(kind=CallerKind.STAFF, id="VXNlcjoz", name="nobody@example.com")
