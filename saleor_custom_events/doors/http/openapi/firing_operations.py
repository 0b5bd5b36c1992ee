"""The paths that fire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from saleor_custom_events.conf import settings
from saleor_custom_events.doors.http.openapi.codes import CODES
from saleor_custom_events.doors.http.openapi.operations import (
    CALLERS,
    CREDENTIALS,
    JSON,
    LIMITS,
    PROBLEM,
    Answer,
    Operation,
    ours,
    problem,
)
from saleor_custom_events.doors.http.openapi.schemas import ref
from saleor_custom_events.firing.body import MAX_BATCH
from saleor_custom_events.scenarios.values import Json

#: What a body may be refused for before any event is looked for.
_FORM = ("INVALID_JSON", "INVALID_CHARACTER", "BODY_TOO_DEEP", "INVALID_BODY")
_ANY_RECEIPT: Mapping[str, Json] = {JSON: {"oneOf": [ref("Receipt"), ref("PublicReceipt")]}}


def operations() -> Sequence[Operation]:
    """Describe them, with the limits that the settings have now."""
    return tuple(_limited(operation) for operation in (_fire(), _batch(), _ecdp()))


def _all_but(status: int, code: str) -> Sequence[str]:
    return [known for known in CODES[status] if known != code]


def _limited(operation: Operation) -> Operation:
    """Every answer of what fires says how the limits stand; those of the store itself do not."""
    answers = [replace(answer, headers={**LIMITS, **answer.headers}) for answer in operation.answers]
    return replace(operation, answers=answers)


def _fire() -> Operation:
    return Operation(
        path="/fire",
        method="POST",
        summary="Fire one event",
        description=(
            f"The body has {settings.MAX_BODY_PUBLIC} bytes at most from a storefront key or customer, "
            f"{settings.MAX_BODY_TRUSTED} from anybody else. An answer of 202 or 200 comes after the commit."
        ),
        body={JSON: ref("Firing")},
        security=CALLERS,
        answers=(
            Answer(status=200, description="A duplicate, with the first answer; or a dry run.", content=_ANY_RECEIPT),
            Answer(status=202, description="Accepted and committed.", content=_ANY_RECEIPT),
            problem(400, *_all_but(400, "SEGMENTS_NOT_SUPPORTED")),
            problem(401, *CREDENTIALS),
            problem(403, *_all_but(403, "BATCH_NOT_ALLOWED")),
            problem(409),
            problem(413),
            problem(422),
            problem(429),
            *ours(not_found=("EVENT_NOT_FOUND", "EVENT_ARCHIVED")),
        ),
    )


def _batch() -> Operation:
    results: Mapping[str, Json] = {JSON: ref("BatchResults")}
    return Operation(
        path="/fire/batch",
        method="POST",
        summary=f"Fire up to {MAX_BATCH} events",
        description=(
            f"The body has {settings.MAX_BODY_BATCH} bytes at most. One transaction; one item that is refused fails no "
            "other. Server keys and the store's tokens only."
        ),
        body={JSON: ref("Batch")},
        security=({"credential": []},),
        answers=(
            Answer(status=202, description="Every item was accepted.", content=results),
            Answer(status=207, description="Some items were refused, duplicates or dry runs.", content=results),
            problem(400, *_FORM),
            problem(401, *CREDENTIALS),
            problem(403, "PERMISSION_DENIED", "ORIGIN_NOT_ALLOWED", "BATCH_NOT_ALLOWED"),
            problem(413),
            problem(429),
            *ours(),
        ),
    )


def _ecdp() -> Operation:
    refused: Mapping[str, Json] = {PROBLEM: ref("EcdpProblem")}
    return Operation(
        path="/scenariocustomevents",
        method="POST",
        summary="Fire one event, as ExpertSender ECDP takes it",
        description=(
            f"For integrations that were made for ECDP's “Custom events in scenarios”. The body has "
            f"{settings.MAX_BODY_TRUSTED} bytes at most."
        ),
        body={JSON: ref("EcdpFiring")},
        security=({"apiKey": []},),
        answers=(
            Answer(status=201, description="Accepted and committed.", content={JSON: ref("Receipt")}),
            Answer(status=400, description="Something is wrong with the call; `code` says what.", content=refused),
            Answer(status=401, description="The key is none, or no server key.", content=refused),
            problem(429),
            *ours(),
        ),
    )
