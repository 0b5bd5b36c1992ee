"""`POST fire` and `POST fire/batch`: convert, ask, answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.admission import Admission, admission_of
from saleor_custom_events.doors.body import read_body
from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.doors.http.problems import answer_json, problem_body
from saleor_custom_events.doors.refusing import event_of, key_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_batch, read_firing, read_json
from saleor_custom_events.firing.decide import check_caller
from saleor_custom_events.firing.fire import Receipt, fire, fire_many, rules
from saleor_custom_events.firing.refusals import count_refusals
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller


def answer_fire(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Fire one event: 202, or 200 for a duplicate and a dry run."""
    caller: Caller | None = None
    raw: Json = None
    admission = admission_of(request)
    try:
        caller = caller_of(request)
        check_caller(caller, rules())
        limit = settings.MAX_BODY_PUBLIC if caller.is_public else settings.MAX_BODY_TRUSTED
        raw = read_json(read_body(request, limit), limit=limit)
        firing = _firing(raw, caller, channel)
        admission.take(firing, caller)
        receipt = fire(firing, caller)
    except Refused as refused:
        admission.complain(refused, caller)
        count_refusals([(refused, event_of(raw))], key=key_of(caller) or refused.key)
        raise
    accepted = receipt.occurrence_id is not None and not receipt.duplicate
    return answer_json(receipt_body(receipt, caller), 202 if accepted else 200)


def answer_batch(request: HttpRequest, channel: str | None) -> HttpResponse:
    """Fire up to 1,000 events in one transaction: 202 where all were accepted, else 207; a result an item."""
    caller: Caller | None = None
    admission = admission_of(request)
    try:
        caller = caller_of(request)
        check_caller(caller, rules())
        if caller.is_public:
            raise Refused(403, "BATCH_NOT_ALLOWED", "Storefronts fire one event at a time.")
        limit = settings.MAX_BODY_BATCH
        items = read_batch(read_json(read_body(request, limit), limit=limit))
    except Refused as refused:
        admission.complain(refused, caller)
        count_refusals([(refused, None)], key=key_of(caller) or refused.key)
        raise
    results = _fire_all(items, caller, channel, admission)
    refusals = [(r, event_of(raw)) for raw, r in zip(items, results, strict=True) if isinstance(r, Refused)]
    count_refusals(refusals, key=key_of(caller))
    bodies = [_item_body(result, caller) for result in results]
    return answer_json({"results": bodies}, 202 if all(b["status"] == 202 for b in bodies) else 207)


def _fire_all(
    items: Iterable[Json], caller: Caller, channel: str | None, admission: Admission
) -> list[Receipt | Refused]:
    read: list[Firing | Refused] = []
    for raw in items:
        try:
            read.append(_firing(raw, caller, channel))
        except Refused as refused:
            read.append(refused)
    limited = iter(admission.take_all([item for item in read if isinstance(item, Firing)], caller))
    read = [item if isinstance(item, Refused) else next(limited) or item for item in read]
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
