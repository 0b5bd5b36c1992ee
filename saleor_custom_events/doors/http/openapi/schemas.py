"""The document's components: what is sent and what is answered, as JSON Schema (2020-12)."""

from __future__ import annotations

from collections.abc import Mapping

from saleor_custom_events.doors.http.ecdp import SUBSTATUS
from saleor_custom_events.firing import ecdp
from saleor_custom_events.firing.body import IDENTITY_MEMBERS, MAX_BATCH, MAX_FIELD_NAME, MEMBERS
from saleor_custom_events.firing.fields import MAX_DIGITS, MAX_TEXT
from saleor_custom_events.firing.limits import LimitKind
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import FieldType, Json

MEANINGS: Mapping[str, str] = {
    "customEventId": "The event by its number.",
    "customEvent": "The event by its slug, which survives from staging to production.",
    "customerEmail": "Stored in lower case. From a public key alone it counts as unverified.",
    "customerId": "Saleor's global id of the customer.",
    "customerExternalReference": "Saleor's external reference of the customer.",
    "anonymousId": "Whatever the storefront knows a visitor by.",
    "dataFields": "The object form, or the list of {name, type, value}. A declared type wins over what is sent.",
    "url": "Where it happened.",
    "channel": "Slug. It has to agree with the URL's channel and the key's; from the key where that has just one.",
    "occurredAt": "With its offset from UTC. Now, if left out.",
    "idempotencyKey": "The same key for the same event and caller runs once; remembered for some days.",
    "dryRun": "Everything is decided as usual, nothing is kept.",
}


def ref(name: str) -> dict[str, Json]:
    """Point to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(properties: Mapping[str, Json], *, optional: tuple[str, ...] = (), **more: Json) -> dict[str, Json]:
    """Describe an object with these members and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
        **more,
    }


def firing() -> dict[str, Json]:
    """Describe the body of `fire`, from its readers."""
    members: dict[str, Json] = {
        name: {"description": MEANINGS[name], **_or_null(dict(read.schema))} for name, (_, read) in MEMBERS.items()
    }
    return record(
        members,
        optional=tuple(members),
        description=(
            "A member that is null counts as left out. Somebody has to be named, unless a customer's token does: "
            f"one of {', '.join(IDENTITY_MEMBERS)}."
        ),
        oneOf=[{"required": ["customEventId"]}, {"required": ["customEvent"]}],
    )


def _or_null(schema: dict[str, Json]) -> dict[str, Json]:
    if isinstance(alternatives := schema.get("oneOf"), list):
        return {**schema, "oneOf": [*alternatives, {"type": "null"}]}
    kinds = schema["type"]
    return {**schema, "type": [*kinds, "null"] if isinstance(kinds, list) else [kinds, "null"]}


_MONEY = record(
    {
        "amount": {"type": ["string", "number"], "examples": ["199.90"]},
        "currency": {"type": "string", "pattern": "^[A-Za-z]{3}$", "examples": ["PLN"]},
    }
)
_SENT: Mapping[str, Json] = {
    "Value": {
        "description": (
            "A text is String (Text above 255 characters), a number Number, true or false Boolean, an amount with its "
            "currency Money. Lists and other objects are no values."
        ),
        "oneOf": [
            {"type": "string", "maxLength": MAX_TEXT},
            {"type": "number", "description": f"At most {MAX_DIGITS} digits before and after the point."},
            {"type": "boolean"},
            _MONEY,
        ],
    },
    "NamedValue": record(
        {
            "name": {"type": "string", "minLength": 1, "maxLength": MAX_FIELD_NAME},
            "type": {"enum": [kind.value for kind in FieldType], "description": "In any case of letters."},
            "value": ref("Value"),
        }
    ),
    "Firing": firing(),
    "Batch": record(
        {"events": {"type": "array", "minItems": 1, "maxItems": MAX_BATCH, "items": ref("Firing")}},
        description="Each is read by itself: what is wrong with one is its own result and refuses no other.",
    ),
    "EcdpFiring": record(
        {name: _or_null(dict(read.schema)) for name, read in ecdp.MEMBERS.items()},
        optional=tuple(name for name in ecdp.MEMBERS if name != "customEventId"),
        description=(
            "A member that is null or empty counts as left out. The customer is named by the first that is there of "
            f"{', '.join(ecdp.NAMES)}."
        ),
    ),
    "EcdpField": {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": MAX_FIELD_NAME},
            "type": {"type": ["string", "null"], "description": "String, if left out. In any case of letters."},
            "value": {"description": "A field without one is left out."},
        },
    },
    "GraphQLRequest": {
        "type": "object",
        "properties": {
            "query": {"type": "string"},
            "variables": {"type": ["object", "null"]},
            "operationName": {"type": ["string", "null"]},
        },
        "required": ["query"],
    },
}

_OCCURRENCE_ID: Json = {"type": ["string", "null"], "format": "uuid", "description": "UUIDv7; null in a dry run."}
_RECEIPT: Mapping[str, Json] = {
    "occurrenceId": _OCCURRENCE_ID,
    "duplicate": {"type": "boolean", "description": "It was accepted before, and this is the first answer."},
    "invocations": {"type": "array", "items": ref("Started")},
}
_STATUS: Mapping[str, Json] = {"status": {"enum": [200, 202], "description": "As of a single answer."}}
_PROBLEM: Mapping[str, Json] = {
    "type": {"const": "about:blank"},
    "title": {"type": "string", "description": "The status in words."},
    "detail": {"type": "string", "description": "What happened, for a developer."},
    "status": {"type": "integer"},
    "code": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$", "description": "Stable."},
    "errors": {"type": "array", "items": ref("WrongMember")},
    "retryAfter": {"type": "integer", "minimum": 0, "description": "Seconds; where coming back helps."},
    "limit": {"enum": [kind.value for kind in LimitKind], "description": "Which limit, of RATE_LIMITED."},
}
_ANSWERED: Mapping[str, Json] = {
    "Started": record(
        {
            "id": {"type": ["string", "null"], "description": "The invocation's number; null in a dry run."},
            "scenario": {
                "oneOf": [record({"id": {"type": "integer"}, "name": {"type": "string"}}), {"type": "null"}],
                "description": "Null where no scenario listened.",
            },
            "outcome": {"enum": ["started", "skipped"]},
            "reason": {
                "description": "Why it did not start.",
                "enum": [*(reason.value for reason in Reason if reason.startswith("SKIPPED_")), None],
            },
        }
    ),
    "Receipt": record(_RECEIPT, description="The answer to a trusted caller."),
    "PublicReceipt": record(
        {"occurrenceId": _OCCURRENCE_ID},
        description="The answer to a storefront key or customer: it was accepted, and nothing else.",
    ),
    "BatchResults": record(
        {
            "results": {
                "type": "array",
                "description": "One an item, in their order.",
                "items": {"anyOf": [record({**_STATUS, **_RECEIPT}), ref("Problem")]},
            }
        }
    ),
    "Problem": record(
        _PROBLEM, optional=("retryAfter", "limit"), description="RFC 9457, with our `code` and `errors`."
    ),
    "EcdpProblem": record(
        {**_PROBLEM, "substatus": {"const": SUBSTATUS}, "instance": {"type": "string", "description": "The path."}},
        optional=("retryAfter", "limit"),
        description="ECDP's members beside ours; whatever is wrong with a call has the status 400, or 401.",
    ),
    "WrongMember": record(
        {
            "field": {"type": "string", "description": "As it was sent: `dataFields.score`; empty for the whole."},
            "code": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
            "message": {"type": "string"},
        }
    ),
    "Health": record(
        {"status": {"enum": ["ok", "unavailable"]}, "checks": {"type": "array", "items": ref("Check")}},
        optional=("checks",),
    ),
    "Check": record(
        {
            "name": {"type": "string"},
            "ok": {"type": "boolean"},
            "state": {"type": "string", "description": "What was seen."},
            "mend": {"type": "string", "description": "What mends it; may be empty."},
        }
    ),
}

SCHEMAS: Mapping[str, Json] = {**_SENT, **_ANSWERED}
