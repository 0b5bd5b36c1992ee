"""`POST scenariocustomevents`: ExpertSender ECDP's method, for integrations that were made for it (`docs/ecdp.md`)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.admission import admission_of
from saleor_custom_events.doors.body import read_body
from saleor_custom_events.doors.caller import caller_of_api_key
from saleor_custom_events.doors.http.firing import receipt_body
from saleor_custom_events.doors.http.problems import answer_json, answer_problem, problem_body
from saleor_custom_events.doors.refusing import event_of, key_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_json
from saleor_custom_events.firing.ecdp import Habits, read_ecdp
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.refusals import count_refusals
from saleor_custom_events.scenarios.local_time import zone_or_utc
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

#: For ECDP whatever is wrong with a call is a bad request; our code says which wrong it is.
BAD_REQUESTS = frozenset({400, 403, 404, 409, 413, 422})
#: The one that ECDP's documentation shows.
SUBSTATUS = "CustomerInvalidModelState"


def answer_ecdp(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Fire one event: 201, or 400 with what is wrong; 401 for a key that is none."""
    caller: Caller | None = None
    raw: Json = None
    admission = admission_of(request)
    try:
        caller = caller_of_api_key(request)
        limit = settings.MAX_BODY_TRUSTED
        raw = read_json(read_body(request, limit), limit=limit)
        firing = read_ecdp(raw, _habits(), channel=channel)
        admission.take(firing, caller)
        receipt = fire(firing, caller)
    except Refused as refused:
        admission.complain(refused, caller)
        count_refusals([(refused, event_of(raw))], key=key_of(caller) or refused.key)
        return _answer_refused(request, refused)
    return answer_json(receipt_body(receipt, caller), 201)


def _habits() -> Habits:
    return Habits(
        phone_region=settings.PHONE_REGION,
        currency=settings.ECDP_CURRENCY,
        zone=zone_or_utc(settings.TIME_ZONE_DEFAULT),
    )


def _answer_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Give a refusal with ECDP's members beside ours."""
    if refused.status not in BAD_REQUESTS and refused.status != 401:
        return answer_problem(refused)
    status = 401 if refused.status == 401 else 400
    told = Refused(status, refused.code, refused.message, *refused.problems)
    body: dict[str, Any] = {**problem_body(told), "substatus": SUBSTATUS, "instance": request.path}
    return answer_json(body, status, "application/problem+json")
