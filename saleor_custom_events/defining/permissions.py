"""Which permissions an operation needs: one table, read by everything that defines, reads or controls.

The codes are settings (`conf.settings.PERMISSION_*`), read on every question. Of firing, the table says what a token
of staff or of an app needs; who may fire which event for whom is decided in `firing`, which is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from saleor_custom_events.actions.registry import actions
from saleor_custom_events.conf import settings
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.fire import rules
from saleor_custom_events.store.callers import Caller, CallerKind


class Operation(Enum):
    """What somebody may want to do; the value says it in words."""

    SEE_DEFINITIONS = "see custom events, scenarios and actions"
    DEFINE = "define custom events and scenarios"
    SEE_LOG = "see the log"
    SEE_CUSTOMERS = "see customers' e-mails and data fields"
    EXPLAIN = "ask why nothing happened for a customer"
    CONTROL_INVOCATIONS = "cancel or retry invocations"
    FIRE = "fire any event for any customer"
    TEST_WITH_OCCURRENCE = "test a scenario with an occurrence from the log"
    ALLOW_UNVERIFIED = "let unverified addresses start a scenario"
    KEYS = "see and change keys"
    PAUSE = "pause or resume everything, or an action"
    SETTINGS = "change the settings"


def _set(*names: str) -> Callable[[], frozenset[str]]:
    """Give how to read these settings, and not their codes: an operator may change them while the process runs."""
    return lambda: frozenset(getattr(settings, name) for name in names)


_NEEDS: Mapping[Operation, Callable[[], frozenset[str]]] = MappingProxyType(
    {
        Operation.SEE_DEFINITIONS: _set("PERMISSION_DEFINE"),
        Operation.DEFINE: _set("PERMISSION_DEFINE"),
        Operation.SEE_LOG: _set("PERMISSION_DEFINE"),
        Operation.SEE_CUSTOMERS: _set("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.EXPLAIN: _set("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.CONTROL_INVOCATIONS: _set("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.FIRE: lambda: rules().permissions,
        Operation.TEST_WITH_OCCURRENCE: _set("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.ALLOW_UNVERIFIED: _set("PERMISSION_CUSTOMERS"),
        Operation.KEYS: _set("PERMISSION_OPERATE"),
        Operation.PAUSE: _set("PERMISSION_OPERATE"),
        Operation.SETTINGS: _set("PERMISSION_OPERATE"),
    }
)


def needed(operation: Operation) -> frozenset[str]:
    """Give the store's permission codes that `operation` needs, all of them together."""
    return _NEEDS[operation]()


def may(caller: Caller, operation: Operation) -> bool:
    """Say whether `caller` holds every permission that `operation` needs."""
    return needed(operation) <= caller.permissions


def demand(caller: Caller, operation: Operation) -> None:
    """Pass, or raise Refused 403 `PERMISSION_DENIED` that names the permissions that are missing."""
    demand_codes(caller, needed(operation), to=operation.value)


def demand_codes(caller: Caller, codes: frozenset[str], *, to: str, field: str = "") -> None:
    """Pass, or raise Refused 403 `PERMISSION_DENIED`: `codes` are needed to do what `to` says in words."""
    missing = sorted(codes - caller.permissions)
    if missing:
        message = f"To {to}, you also need the permission {' and '.join(missing)}."
        problem = Problem(field=field, code="PERMISSION_DENIED", message=message)
        raise Refused(403, "PERMISSION_DENIED", message, problem)


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """Whether somebody may do one thing, and which of the store's codes are missing, sorted."""

    operation: Operation
    missing: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Say whether nothing is missing."""
        return not self.missing


def permits_of(caller: Caller) -> tuple[Permit, ...]:
    """Say of every operation whether `caller` may do it.

    Refused 403 for whoever is not logged in, and for keys: they fire, and read nothing.
    """
    if caller.kind in (CallerKind.ANONYMOUS, CallerKind.STOREFRONT_KEY, CallerKind.SERVER_KEY):
        message = "Staff, customers and apps may ask what they may do: send a token of the store."
        raise Refused(403, "PERMISSION_DENIED", message, Problem(field="", code="PERMISSION_DENIED", message=message))
    return tuple(
        Permit(operation=operation, missing=tuple(sorted(needed(operation) - caller.permissions)))
        for operation in Operation
    )


def permissions_that_matter(caller: Caller) -> tuple[str, ...]:
    """Give those of the caller's codes that an operation or an action of a scenario asks for, sorted."""
    asked = frozenset().union(*map(needed, Operation), *(action.permissions for action in actions()))
    return tuple(sorted(asked & caller.permissions))
