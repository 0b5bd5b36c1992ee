"""All that is kept of one customer, as JSON: what `docs/privacy.md` describes, some of their occurrences at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from saleor_custom_events.clock import database_now
from saleor_custom_events.consent import unsubscribed_at
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.log.finding_rows import BEGINNING, occurrences_of
from saleor_custom_events.log.persons import Person, find_person
from saleor_custom_events.log.reveals import reveal
from saleor_custom_events.models import (
    AnonymousLink,
    Invocation,
    IssuedCode,
    Occurrence,
    RevealKind,
    SeenMetadata,
    StepRun,
)
from saleor_custom_events.scenarios.signs import address_digest
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller

FORMAT = "saleor-custom-events/customer/1"
#: Occurrences of one part.
PART = 100

JsonObject = dict[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportPart:
    """A part of an export. The first one has what stands once in the file."""

    #: Everything but occurrences; None behind the first part.
    head: JsonObject | None
    occurrences: list[JsonObject]
    #: Give it to get the next part; None: this was the last.
    cursor: str | None


def export_part(
    caller: Caller, *, email: str | None = None, customer_id: str | None = None, after: str | None = None
) -> ExportPart:
    """Give the first part of what is kept of a customer, or the one behind `after`, oldest occurrences first.

    With a number of queries that does not grow with the customer. Refused 403, and as `persons.find_person`; 400
    INVALID_CURSOR.
    """
    demand(caller, Operation.SEE_CUSTOMERS)
    person = find_person(email=email, customer_id=customer_id)
    reveal(caller, RevealKind.EXPORT, email=email, customer_id=customer_id)
    those = occurrences_of(person, PART + 1, _position(after))
    here = those[:PART]
    return ExportPart(
        head=_head(person) if after is None else None,
        occurrences=_occurrences(here),
        cursor=str(here[-1]) if len(those) > PART else None,
    )


def export_customer(
    caller: Caller, *, email: str | None = None, customer_id: str | None = None
) -> Iterator[ExportPart]:
    """Give all parts, one after another: as much is held in memory as one part has."""
    part = export_part(caller, email=email, customer_id=customer_id)
    yield part
    while part.cursor is not None:
        part = export_part(caller, email=email, customer_id=customer_id, after=part.cursor)
        yield part


def _position(after: str | None) -> UUID:
    try:
        return BEGINNING if after is None else UUID(after)
    except ValueError:
        raise refused_because(400, "INVALID_CURSOR", "This is no cursor of an export.", "after") from None


def _head(person: Person) -> JsonObject:
    return {
        "format": FORMAT,
        "exportedAt": _time(database_now()),
        "customer": {
            "customerIds": [*person.ids],
            "emails": [*person.emails],
            "externalReferences": [*person.references],
            "phones": [*person.phones],
            "anonymousIds": [*person.anonymous],
        },
        "unsubscribed": _unsubscribed(person),
        "anonymousIds": _links(person),
        "voucherCodes": _codes(person),
        "metadataSeen": _metadata(person),
    }


def _unsubscribed(person: Person) -> list[Json]:
    by_digest = {address_digest(email): email for email in person.emails}
    found = unsubscribed_at(by_digest.keys())
    return [{"email": by_digest[digest], "at": _time(at)} for digest, at in sorted(found.items())]


def _links(person: Person) -> list[Json]:
    rows = AnonymousLink.objects.filter(anonymous_id__in=person.anonymous).order_by("pk")
    mine = [row for row in rows if row.customer_id in person.ids or row.customer_email in person.emails]
    return [{"anonymousId": row.anonymous_id, "linkedAt": _time(row.linked_at)} for row in mine]


def _codes(person: Person) -> list[Json]:
    digests = [address_digest(email).hex() for email in person.emails]
    rows = IssuedCode.objects.filter(email_digest__in=digests) | IssuedCode.objects.filter(customer_id__in=person.ids)
    return [
        {
            "code": row.code,
            "voucherId": row.voucher_id,
            "scenario": row.scenario_id,
            "invocation": str(row.invocation_id),
            "issuedAt": _time(row.issued_at),
            "expiresAt": _time(row.expires_at),
            "deactivatedAt": _time(row.deactivated_at),
        }
        for row in rows.order_by("pk")
    ]


def _metadata(person: Person) -> list[Json]:
    """Give the keys of the customer's metadata of which an event keeps what it saw last, as a digest."""
    keys = SeenMetadata.objects.filter(object_id__in=person.ids).values_list("key", flat=True).distinct()
    return [*sorted(keys)]


def _occurrences(ids: Sequence[UUID]) -> list[JsonObject]:
    rows = Occurrence.objects.filter(pk__in=ids).select_related("event", "data_fields").order_by("pk")
    invocations = _invocations(ids)
    return [_occurrence(row, invocations.get(row.pk, [])) for row in rows]


def _occurrence(row: Occurrence, invocations: list[Json]) -> JsonObject:
    kept = getattr(row, "data_fields", None)
    named = {
        "customerEmail": row.customer_email,
        "customerId": row.customer_id,
        "customerExternalReference": row.customer_external_reference,
        "customerEmailHash": row.customer_email_hash,
        "customerPhone": row.customer_phone,
        "anonymousId": row.anonymous_id,
    }
    return {
        "id": str(row.pk),
        "event": {"number": row.event.pk, "slug": row.event.slug, "name": row.event.name},
        "registeredAt": _time(row.registered_at),
        "occurredAt": _time(row.occurred_at),
        "identity": row.identity,
        **{name: value for name, value in named.items() if value},
        "channel": row.channel,
        "url": row.url,
        "dataFields": kept.fields if kept else [],
        "dataFieldsRemovedAt": _time(row.data_fields_removed_at),
        "invocations": invocations,
    }


def _invocations(ids: Sequence[UUID]) -> Mapping[UUID, list[Json]]:
    rows = list(Invocation.objects.filter(occurrence__in=ids).defer("state").order_by("pk"))
    steps = _steps([row.pk for row in rows])
    found: dict[UUID, list[Json]] = defaultdict(list)
    for row in rows:
        found[row.occurrence_id].append(
            {
                "number": str(row.pk),
                "scenario": {"number": row.scenario_id, "name": row.scenario_name},
                "status": row.status,
                "reason": row.reason,
                "detail": row.detail,
                "createdAt": _time(row.created_at),
                "endedAt": _time(row.ended_at),
                "steps": steps.get(row.pk, []),
            }
        )
    return found


def _steps(invocations: Iterable[int]) -> Mapping[int, list[Json]]:
    found: dict[int, list[Json]] = defaultdict(list)
    for run in StepRun.objects.filter(invocation__in=list(invocations)).order_by("invocation_id", "visit"):
        found[run.invocation_id].append(_step(run))
    return found


def _step(run: Any) -> JsonObject:
    return {
        "step": run.step,
        "kind": run.kind,
        "status": run.status,
        "reason": run.reason,
        "detail": run.detail,
        "input": run.input,
        "result": run.result,
        "startedAt": _time(run.started_at),
        "endedAt": _time(run.ended_at),
    }


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
