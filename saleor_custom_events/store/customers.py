"""Customers: how one is named, what may belong to one, and what the store knows of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerReference:
    """How to find a customer. The first that is set decides: id, then external reference, then e-mail."""

    customer_id: str | None = None
    external_reference: str | None = None
    email: str | None = None


#: Hexadecimal digits of a hash: that is how one is told from the other.
MD5_DIGITS = 32
SHA256_DIGITS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerHint:
    """What may belong to a customer and is no name that the store gave: one of the two is set."""

    #: Of the e-mail in lower case: MD5_DIGITS of MD5, or SHA256_DIGITS of SHA-256, in lower case.
    email_hash: str | None = None
    #: E.164, `+48600100200`: of a default address.
    phone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """A customer of the store, as it is at this moment."""

    #: Saleor's global id (`VXNlcjox`).
    id: str
    email: str
    first_name: str = ""
    last_name: str = ""
    is_active: bool = True
    #: Saleor's language code, `en`, `pl` …
    language_code: str = ""
    external_reference: str | None = None
    joined_at: datetime | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    #: Names (setting CUSTOMER_GROUPS_KEY); never the staff's permission groups.
    groups: tuple[str, ...] = ()


class GroupsUnusable(Exception):
    """What stands in the customer's metadata is no list of groups, or there are too many. Nothing was changed."""
