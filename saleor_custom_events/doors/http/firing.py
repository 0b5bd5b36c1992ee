"""`POST fire` and `POST fire/batch`: convert, ask, answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.doors.http.problems import answer_json, problem_body
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_batch, read_firing, read_json
from saleor_custom_events.firing.decide import check_caller
from saleor_custom_events.firing.fire import Receipt, fire, fire_many, rules
from saleor_custom_events.firing.refusals import count_refusals
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.host import Caller, CallerKind
from saleor_custom_events.scenarios.values import Json


def answer_fire(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Fire one event: 202, or 200 for a duplicate and a dry run."""
    caller: Caller | None = None
    raw: Json = None
    try:
        caller = caller_of(request)
        check_caller(caller, rules())
        limit = settings.MAX_BODY_PUBLIC if caller.is_public else settings.MAX_BODY_TRUSTED
        raw = read_json(read_body(request, limit), limit=limit)
        receipt = fire(_firing(raw, caller, channel), caller)
    except Refused as refused:
        count_refusals([(refused, _event_of(raw))], key=_key_of(caller) or refused.key)
        raise
    accepted = receipt.occurrence_id is not None and not receipt.duplicate
    return answer_json(receipt_body(receipt, caller), 202 if accepted else 200)


def answer_batch(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Fire up to 1,000 events in one transaction: 202 where all were accepted, else 207; a result an item."""
    caller: Caller | None = None
    try:
        caller = caller_of(request)
        check_caller(caller, rules())
        if caller.is_public:
            raise Refused(403, "BATCH_NOT_ALLOWED", "Storefronts fire one event at a time.")
        limit = settings.MAX_BODY_BATCH
        items = read_batch(read_json(read_body(request, limit), limit=limit))
    except Refused as refused:
        count_refusals([(refused, None)], key=_key_of(caller) or refused.key)
        raise
    results = _fire_all(items, caller, channel)
    refusals = [(r, _event_of(raw)) for raw, r in zip(items, results, strict=True) if isinstance(r, Refused)]
    count_refusals(refusals, key=_key_of(caller))
    bodies = [_item_body(result, caller) for result in results]
    return answer_json({"results": bodies}, 202 if all(b["status"] == 202 for b in bodies) else 207)


def _fire_all(items: Iterable[Json], caller: Caller, channel: str | None) -> list[Receipt | Refused]:
    read: list[Firing | Refused] = []
    for raw in items:
        try:
            read.append(_firing(raw, caller, channel))
        except Refused as refused:
            read.append(refused)
    fired = iter(fire_many([item for item in read if isinstance(item, Firing)], caller))
    return [item if isinstance(item, Refused) else next(fired) for item in read]


def _firing(raw: Json, caller: Caller, channel: str | None) -> Firing:
    return read_firing(raw, channel=channel, needs_identity=caller.customer_id is None)


def _item_body(result: Receipt | Refused, caller: Caller) -> dict[str, Any]:
    if isinstance(result, Refused):
        return problem_body(result)
    accepted = result.occurrence_id is not None and not result.duplicate
    return {"status": 202 if accepted else 200, **receipt_body(result, caller)}


def receipt_body(receipt: Receipt, caller: Caller) -> dict[str, Any]:
    """Give the answer. A public caller learns that it was accepted and nothing else."""
    if caller.is_public:
        return {"occurrenceId": receipt.occurrence_id}
    return {
        "occurrenceId": receipt.occurrence_id,
        "duplicate": receipt.duplicate,
        "invocations": [
            {
                "id": str(invocation.id) if invocation.id is not None else None,
                "scenario": (
                    {"id": invocation.scenario_id, "name": invocation.scenario_name}
                    if invocation.scenario_id is not None
                    else None
                ),
                "outcome": invocation.outcome,
                "reason": invocation.reason or None,
            }
            for invocation in receipt.invocations
        ],
    }


def read_body(request: HttpRequest, limit: int) -> bytes:
    """Read at most `limit` bytes from the stream. Refused 413, without reading what is too much."""
    declared = request.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Refused(413, "BODY_TOO_LARGE", f"The body may have {limit} bytes at most.")
    body = request.read(limit + 1)
    if len(body) > limit:
        raise Refused(413, "BODY_TOO_LARGE", f"The body may have {limit} bytes at most.")
    return bytes(body)


def _event_of(raw: Json) -> int | str | None:
    if not isinstance(raw, dict):
        return None
    number, slug = raw.get("customEventId"), raw.get("customEvent")
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
        return number
    return slug if isinstance(slug, str) else None


def _key_of(caller: Caller | None) -> int | None:
    if caller is None or caller.kind not in (CallerKind.STOREFRONT_KEY, CallerKind.SERVER_KEY):
        return None
    return int(caller.id)
