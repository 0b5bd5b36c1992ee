"""Who calls, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class CallerKind(StrEnum):
    """What kind of credential (or none) a call came with."""

    ANONYMOUS = "anonymous"
    CUSTOMER = "customer"
    STAFF = "staff"
    APP = "app"
    STOREFRONT_KEY = "storefront_key"
    SERVER_KEY = "server_key"
    PYTHON = "python"  # `api.fire` in the store's own process
    SCENARIO = "scenario"  # the action "fire another event"
    STORE = "store"  # something that happened in the store itself


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyBinding:
    """What a key is bound to. Empty tuples bind to nothing: any channel, any origin."""

    channels: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    #: Data fields that it may send beside those that an event declares.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who calls: the answer to "which credential was that, and what may it do?"."""

    kind: CallerKind
    #: Stable within the kind: the key's id, Saleor's global id of the app or user; empty for anonymous.
    id: str = ""
    #: For the log: the key's or app's name, the user's e-mail.
    name: str = ""
    #: The customer whom a *token* proves (a customer's token, alone or beside a storefront key).
    customer_id: str | None = None
    customer_email: str | None = None
    #: Saleor's codes without the app label, upper case (`MANAGE_DISCOUNTS`). *Effective* permissions:
    #: what a token was narrowed to, never `user.has_perm`.
    permissions: frozenset[str] = frozenset()
    #: Only for keys.
    binding: KeyBinding = field(default_factory=KeyBinding)

    @property
    def is_public(self) -> bool:
        """Whether anybody who looks into a browser could be calling: public events only, no receipts."""
        return self.kind in (CallerKind.STOREFRONT_KEY, CallerKind.CUSTOMER, CallerKind.ANONYMOUS)

    @property
    def reference(self) -> str:
        """Give the caller's name in unique constraints: kind and id, never a secret."""
        return f"{self.kind}:{self.id}"


ANONYMOUS = Caller(kind=CallerKind.ANONYMOUS)
