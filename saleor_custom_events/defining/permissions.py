"""Which permissions an operation needs: one table, read by everything that defines, reads or controls.

The codes are settings (`conf.settings.PERMISSION_*`), read on every question. Firing is not in the table: who may
fire what depends on the event and the identity, and is decided in `firing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from saleor_custom_events.conf import settings
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.host import Caller


class Operation(Enum):
    """What somebody may want to do; the value says it in words."""

    SEE_DEFINITIONS = "see custom events, scenarios and actions"
    DEFINE = "define custom events and scenarios"
    SEE_LOG = "see the log"
    SEE_CUSTOMERS = "see customers' e-mails and data fields"
    EXPLAIN = "ask why nothing happened for a customer"
    CONTROL_INVOCATIONS = "cancel or retry invocations"
    ALLOW_UNVERIFIED = "let unverified addresses start a scenario"
    KEYS = "see and change keys"


#: Names of settings, and not codes: an operator may change those while the process runs.
_NEEDS: Mapping[Operation, tuple[str, ...]] = MappingProxyType(
    {
        Operation.SEE_DEFINITIONS: ("PERMISSION_DEFINE",),
        Operation.DEFINE: ("PERMISSION_DEFINE",),
        Operation.SEE_LOG: ("PERMISSION_DEFINE",),
        Operation.SEE_CUSTOMERS: ("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.EXPLAIN: ("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.CONTROL_INVOCATIONS: ("PERMISSION_DEFINE", "PERMISSION_CUSTOMERS"),
        Operation.ALLOW_UNVERIFIED: ("PERMISSION_CUSTOMERS",),
        Operation.KEYS: ("PERMISSION_OPERATE",),
    }
)


def needed(operation: Operation) -> frozenset[str]:
    """Give the store's permission codes that `operation` needs, all of them together."""
    return frozenset(getattr(settings, name) for name in _NEEDS[operation])


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
