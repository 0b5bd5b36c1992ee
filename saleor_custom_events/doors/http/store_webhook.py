"""The door for the store's own webhook: a variant is back in stock."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from saleor_custom_events.clock import database_now
from saleor_custom_events.doors.body import read_body
from saleor_custom_events.errors import Refused
from saleor_custom_events.extension.stock import read
from saleor_custom_events.firing.store_happenings import note
from saleor_custom_events.store.happenings import HappeningKind

LONGEST = 64 * 1024
#: Saleor tries for some hours at most. What is older was kept by somebody, and may have been forgotten here.
OLDEST = timedelta(days=1)
#: As much may the clocks of two machines differ.
AHEAD = timedelta(minutes=5)


def answer_store_webhook(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Note what the store says; 204 whether anybody listens or not. The same body again is the same happening.

    Refused 401 `INVALID_SIGNATURE`, also what is too old; 413. What cannot be written down is answered with an error,
    so that the store says it again.
    """
    body = read_body(request, LONGEST)
    told = read(body, request.headers.get("Saleor-Signature", ""))
    now = database_now()
    if told is None or not now - OLDEST < told.issued_at < now + AHEAD:
        raise Refused(401, "INVALID_SIGNATURE", "This is not signed by this store's webhook, or it is too old.")
    # A transaction, so that its commit waits for the disk: what was answered with 204 is not said again.
    with transaction.atomic():
        note(HappeningKind.BACK_IN_STOCK, told.variant_id, remembered={"mark": hashlib.sha256(body).hexdigest()})
    return HttpResponse(status=204)
