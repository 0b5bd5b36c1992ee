"""What a webhook says where its author writes no body: the occurrence, and where in which scenario this is."""

from __future__ import annotations

import json

from saleor_custom_events.actions.base import InvocationFacts
from saleor_custom_events.scenarios.values import Json, fields_to_json, value_to_json


def standard_body(message: str, invocation: InvocationFacts) -> bytes:
    """Give the document, described in `docs/actions.md`: the same bytes in every try."""
    occurrence = invocation.occurrence
    document: dict[str, Json] = {
        "type": "custom_event.invocation",
        "event": {
            "number": occurrence.event.number,
            # Without its name, which may be changed between two tries; the slug may not, once the event was fired.
            "slug": occurrence.event.slug,
        },
        "occurrence": {
            "id": occurrence.id,
            "registeredAt": value_to_json(occurrence.registered_at),
            "occurredAt": value_to_json(occurrence.occurred_at),
            "channel": occurrence.channel,
            "url": occurrence.url,
            "identity": occurrence.identity.value,
        },
        "customer": {
            "email": occurrence.customer_email,
            "id": occurrence.customer_id,
            "externalReference": occurrence.customer_external_reference,
            "anonymousId": occurrence.anonymous_id,
        },
        "dataFields": fields_to_json(occurrence.fields),
        "invocation": {"id": str(invocation.id)},
        "scenario": {
            "id": invocation.scenario_id,
            "name": invocation.scenario_name,
            "version": invocation.scenario_version,
        },
        "step": {"id": invocation.step, "visit": invocation.visit},
        "message": message or None,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
