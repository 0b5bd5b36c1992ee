"""Saleor's global ids: `VXNlcjox` is `User:1`."""

from __future__ import annotations

from uuid import UUID

from graphql_relay import from_global_id, to_global_id

#: Saleor's keys are 32-bit; a larger number is an error in PostgreSQL and not just an absent row.
LARGEST = 2**31 - 1


def global_id(kind: str, key: object) -> str:
    """Give the global id of Saleor's object of this kind and key."""
    return str(to_global_id(kind, key))


def number_in(global_id: str, kind: str) -> int | None:
    """Give the number in a global id of the given kind, None where it is not one."""
    try:
        type_name, text = from_global_id(global_id)
    except (ValueError, TypeError):
        return None
    if type_name != kind or not text.isascii() or not text.isdigit() or int(text) > LARGEST:
        return None
    return int(text)


def uuid_in(global_id: str, kind: str) -> UUID | None:
    """Give the UUID in a global id of the given kind, None where it is not one."""
    try:
        type_name, text = from_global_id(global_id)
        return UUID(text) if type_name == kind else None
    except (ValueError, TypeError):
        return None
