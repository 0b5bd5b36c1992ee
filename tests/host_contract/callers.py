"""Everybody who may call, with each kind of credential, good or not."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.host_contract.making import Maker
from tests.host_contract.store import Store

HERE, ELSEWHERE = "https://shop.example", "https://evil.example"
DEFINE, CUSTOMERS, OPERATE = "MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"
EVERYTHING = frozenset({DEFINE, CUSTOMERS, OPERATE})
HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Caller:
    """One of them: what to send, and what is to be expected."""

    headers: Mapping[str, str] = field(default_factory=dict)
    #: What the store holds against the credential itself, whatever is asked for: 401, or 403 for a foreign origin.
    refused: str = ""
    #: What may be asked for; None where nobody is who could have permissions: nobody at all, keys.
    permissions: frozenset[str] | None = None


@dataclass(frozen=True)
class Callers:
    """Makes them; keys are made once."""

    store: Store
    make: Maker
    _keys: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> Caller:
        """Give one by name."""
        return CALLERS[name](self)

    def key(self, name: str, type: str = "STOREFRONT", **bound: list[str]) -> dict[str, str]:
        """Give the headers of a key; one of ECDP's stands in a header of its own."""
        if name not in self._keys:
            self._keys[name] = self.make.key(type, **bound)
        return {**bearer(self._keys[name]), "x-api-key": self._keys[name]}

    def bound(self) -> dict[str, str]:
        """Give the headers of a storefront's key that is bound to a channel and a website."""
        return self.key("bound", channels=[self.store.cast["channel"]], origins=[HERE])

    def revoked(self) -> dict[str, str]:
        """Give the headers of a key that was revoked."""
        made = "revoked" in self._keys
        headers = self.key("revoked", "SERVER")
        if not made:
            self.make.revoke(self._keys["revoked"])
        return headers

    def staff(self, *permissions: str) -> Caller:
        """Give a member of staff whose token has these permissions."""
        token = self.store.forged("staff_all", permissions=list(permissions))
        return Caller(headers=bearer(token), permissions=frozenset(permissions))

    def person(self, name: str, *permissions: str, refused: str = "") -> Caller:
        """Give one of the cast."""
        return Caller(headers=bearer(self.store.token(name)), permissions=frozenset(permissions), refused=refused)

    def customer(self) -> dict[str, str]:
        """Give the header of the customer's token beside a key."""
        return {"Authorization-Bearer": self.store.token("customer")}


def bearer(credential: str) -> dict[str, str]:
    """Give the header of a credential."""
    return {"Authorization": f"Bearer {credential}"}


def expired(callers: Callers) -> str:
    """Give a token that was good an hour ago."""
    return callers.store.forged("staff_all", exp=int(time.time()) - HOUR)


CALLERS: Mapping[str, Callable[[Callers], Caller]] = {
    "nobody": lambda c: Caller(),
    "garbage": lambda c: Caller(headers=bearer("garbage"), refused="INVALID_TOKEN"),
    "expired token": lambda c: Caller(headers=bearer(expired(c)), refused="INVALID_TOKEN"),
    "inactive app": lambda c: c.person("app_inactive", refused="INVALID_TOKEN"),
    "revoked key": lambda c: Caller(headers=c.revoked(), refused="INVALID_KEY"),
    "storefront key": lambda c: Caller(headers={**c.bound(), "Origin": HERE}),
    "storefront key, foreign origin": lambda c: Caller(
        headers={**c.bound(), "Origin": ELSEWHERE}, refused="ORIGIN_NOT_ALLOWED"
    ),
    "storefront key, foreign channel": lambda c: Caller(headers=c.key("foreign", channels=["elsewhere"])),
    "storefront key and customer": lambda c: Caller(headers={**c.bound(), **c.customer(), "Origin": HERE}),
    "storefront key and app": lambda c: Caller(
        headers={**c.bound(), "Origin": HERE, "Authorization-Bearer": c.store.token("app_all")}, refused="INVALID_TOKEN"
    ),
    "customer": lambda c: c.person("customer"),
    "server key": lambda c: Caller(headers=c.key("server", "SERVER")),
    "staff": lambda c: c.person("staff_none"),
    "staff, narrowed to nothing": lambda c: c.staff(),
    "staff without MANAGE_DISCOUNTS": lambda c: c.staff(CUSTOMERS, OPERATE),
    "staff without MANAGE_USERS": lambda c: c.staff(DEFINE, OPERATE),
    "staff without MANAGE_PLUGINS": lambda c: c.staff(DEFINE, CUSTOMERS),
    "staff with all": lambda c: c.person("staff_all", *EVERYTHING),
    "app": lambda c: c.person("app_none"),
    "app of another trade": lambda c: c.person("app_orders"),
    "app with all": lambda c: c.person("app_all", *EVERYTHING),
}
#: Those who are somebody to the store, and may at least ask what they may do.
KNOWN_TO_THE_STORE = frozenset({name for name in CALLERS if name.startswith(("staff", "app"))} | {"customer"})
