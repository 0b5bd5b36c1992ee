"""Saleor's switch "allow storefront traffic" (3.23), which Saleor applies to `/graphql/` only."""

from __future__ import annotations

from django.http import HttpRequest

from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.hosts.saleor.configuration import configuration

#: What a storefront calls. An unsubscribe link in a mail, a signed webhook, static files work on.
CALLED_BY_STOREFRONTS = ("fire", "fire/batch", "graphql")


def storefront_refusal(request: HttpRequest, path: str) -> Refused | None:
    """Say why a request is refused as storefront traffic, None where it is not.

    The shop's apps, staff and servers may always call, as in `saleor/graphql/storefront_traffic.py`; the
    credential is looked at only while the switch is off.
    """
    if configuration().storefront_open or path.strip("/") not in CALLED_BY_STOREFRONTS:
        return None
    try:
        public = caller_of(request).is_public
    except Refused as refused:
        return refused
    if not public:
        return None
    return Refused(401, "STOREFRONT_TRAFFIC_NOT_ALLOWED", "Storefront traffic is not allowed.")
