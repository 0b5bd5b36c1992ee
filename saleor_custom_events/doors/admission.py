"""How one request stands with the limits: asked before anything else of it is looked at, and told how it ended.

Every request that fires has one: `admission_of(request)`. `enter` comes first, then `take` (or `take_all`) with what is
to be fired, and `complain` with whatever is refused; `limit_headers` go with the answer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.client_address import client_address
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.catalogue import numbers_of
from saleor_custom_events.firing.limits import (
    Allowance,
    LimitKind,
    LimitRules,
    Rate,
    Standing,
    allowances_of,
    blocked_for,
    caller_allowances,
    digest_of,
    refusal_of,
    tightest,
)
from saleor_custom_events.firing.metering import Complaints, meters
from saleor_custom_events.firing.refusals import count_refusal
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.store.callers import Caller

_ADMISSION = "_custom_events_admission"
#: What says that a request was malformed or had no good credential. What is well-formed and not allowed (an event that
#: is not public) is a fault of the storefront, for which its visitors are not blocked.
COMPLAINED = frozenset({400, 401, 413})


def admission_of(request: HttpRequest) -> Admission:
    """Give the request's, the same however often it is asked for."""
    known: Admission | None = getattr(request, _ADMISSION, None)
    if known is None:
        known = Admission(request)
        setattr(request, _ADMISSION, known)
    return known


def enter(request: HttpRequest) -> None:
    """Pass, or raise Refused 429 where the address is blocked: before its body or credential is looked at."""
    try:
        admission_of(request).enter()
    except Refused as refused:
        count_refusal(refused, event=None, key=None)
        raise


def limit_headers(request: HttpRequest) -> Mapping[str, str]:
    """Give the headers of an answer; none where the request came to no door that fires, or nothing limits it."""
    known: Admission | None = getattr(request, _ADMISSION, None)
    return known.headers if known is not None else {}


class Admission:
    """One request's. Not for several threads."""

    def __init__(self, request: HttpRequest) -> None:
        self._rules = limit_rules()
        self._address = client_address(request)
        self._standings: tuple[Standing, ...] = ()
        self._complaints: Complaints | None = None
        self._counted = False

    @property
    def headers(self) -> Mapping[str, str]:
        """Give the headers that tell how the tightest of the limits stands after this request."""
        standing = tightest(self._standings)
        if standing is None:
            return {}
        return {
            "RateLimit-Limit": str(standing.most),
            "RateLimit-Remaining": str(standing.left),
            "RateLimit-Reset": str(math.ceil(standing.reset)),
        }

    def enter(self) -> None:
        """Pass, or raise Refused 429: the address sent too many malformed requests. Asks once a request."""
        if not self._counts_complaints:
            return
        if self._complaints is None:
            self._complaints = meters.complaints(self._complained)
            self._standings = (_standing(self._complaints),)
        if self._complaints.blocked:
            raise blocked_for(self._complaints.blocked)

    def take(self, firing: Firing, caller: Caller) -> None:
        """Count one firing. Refused 429 where it is one too many, and uses up nothing."""
        (refused,) = self.take_all([firing], caller)
        if refused is not None:
            raise refused

    def take_all(self, firings: Sequence[Firing], caller: Caller) -> list[Refused | None]:
        """Count a group of firings in one step; gives for each why it may not be, or None."""
        numbers = numbers_of({f.event for f in firings}) if self._rules.event.is_on else {}
        group = [
            allowances_of(firing, caller, address=self._address, event=numbers.get(firing.event), rules=self._rules)
            for firing in firings
        ]
        counted = meters.count(_each_once(group), group)
        self._standings, self._counted = counted.standings, True
        return [refusal_of(stop) if stop else None for stop in counted.stops]

    def complain(self, refused: Refused, caller: Caller | None) -> None:
        """Tell that the request was refused: malformed ones are counted for its address.

        Not those of trusted callers: a fault in one integration of a shop does not silence all that comes from there.
        """
        trusted = caller is not None and not caller.is_public
        if refused.status in COMPLAINED and not trusted and self._counts_complaints:
            self._complaints = meters.complain(self._complained, settings.LIMIT_MALFORMED)
            self._standings = (_standing(self._complaints),)
        elif caller is not None and not self._counted:
            self._look(caller)

    def _look(self, caller: Caller) -> None:
        """See how the limits stand of a caller of whom nothing was counted."""
        own = tuple(caller_allowances(caller, address=self._address, rules=self._rules))
        self._standings = meters.count(own, ()).standings

    @property
    def _counts_complaints(self) -> bool:
        return bool(self._address) and settings.LIMIT_MALFORMED > 0

    @property
    def _complained(self) -> str:
        return digest_of(LimitKind.MALFORMED, self._address, secret=self._rules.secret)


def limit_rules() -> LimitRules:
    """Give the limits as the settings have them now."""

    def rate(name: str) -> Rate:
        per_second, burst = getattr(settings, f"LIMIT_{name}_RATE"), getattr(settings, f"LIMIT_{name}_BURST")
        return Rate(per_second=per_second, burst=max(burst, 1))

    return LimitRules(
        storefront_key=rate("STOREFRONT_KEY"),
        server_key=rate("SERVER_KEY"),
        address=rate("ADDRESS"),
        identity=rate("IDENTITY"),
        event=rate("EVENT"),
        secret=force_bytes(django_settings.SECRET_KEY),
    )


def _standing(known: Complaints) -> Standing:
    most = settings.LIMIT_MALFORMED
    left = 0 if known.blocked else max(most - known.count, 0)
    return Standing(kind=LimitKind.MALFORMED, most=most, left=left, reset=known.blocked or known.reset)


def _each_once(group: Sequence[Sequence[Allowance]]) -> Sequence[Allowance]:
    return list({one.name: one for allowances in group for one in allowances}.values())
