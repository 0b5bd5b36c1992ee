"""One firing of a custom event, its data fields, and what makes it happen once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Index, Q


class Occurrence(models.Model):
    """Who, when, where. Written once, in the transaction that the caller's answer waits for."""

    #: UUIDv7, made before the insert.
    id = models.UUIDField(primary_key=True)
    event = models.ForeignKey("CustomEvent", on_delete=models.PROTECT, related_name="+", db_index=False)
    registered_at = models.DateTimeField()
    occurred_at = models.DateTimeField()
    #: `store.callers.CallerKind` and the id within it, the name for the log.
    caller_kind = models.CharField(max_length=20)
    caller_id = models.CharField(max_length=200, blank=True)
    caller_name = models.CharField(max_length=250, blank=True)
    #: `scenarios.outcomes.Identity`.
    identity = models.CharField(max_length=12)
    #: Normalised (lower case); with logging off, removed when the last invocation ends.
    customer_email = models.CharField(max_length=320, null=True)
    customer_id = models.CharField(max_length=200, null=True)
    customer_external_reference = models.CharField(max_length=250, null=True)
    anonymous_id = models.CharField(max_length=128, null=True)
    #: MD5 or SHA-256 of the e-mail in hexadecimal, or a phone number (E.164), where nothing else named the customer;
    #: they stay when `running/finding.py` has found whose they are.
    customer_email_hash = models.CharField(max_length=64, null=True)
    customer_phone = models.CharField(max_length=16, null=True)
    channel = models.CharField(max_length=255, null=True)
    url = models.TextField(null=True)
    #: The event's own switch at that moment: False leaves no row in the log.
    logged = models.BooleanField()
    #: Set by the action "fire another event": the invocation that fired, and how deep.
    caused_by = models.BigIntegerField(null=True)
    hops = models.SmallIntegerField(default=0)
    #: When retention removed the data fields; None: they are still there, or there never were any.
    data_fields_removed_at = models.DateTimeField(null=True)
    #: The firing's span as W3C's `traceparent` (`tracing.py`), below which its steps are told; None: not recorded.
    trace = models.CharField(max_length=55, null=True)

    class Meta:
        indexes = [
            # Last fired, and firings of a period.
            Index("event", F("registered_at").desc(), name="sce_occurrence_event"),
            Index(
                fields=("customer_email",),
                name="sce_occurrence_email",
                condition=Q(customer_email__isnull=False),
            ),
            # What an anonymous id did before somebody logged in.
            Index(
                "anonymous_id",
                F("registered_at").desc(),
                name="sce_occurrence_anonymous",
                condition=Q(identity="anonymous", anonymous_id__isnull=False),
            ),
            # Erasing and exporting a customer by any of their names.
            *(
                Index(fields=(name,), name=f"sce_occurrence_{short}", condition=Q(**{f"{name}__isnull": False}))
                for name, short in (
                    ("customer_id", "customer"),
                    ("customer_external_reference", "reference"),
                    ("customer_email_hash", "hash"),
                    ("customer_phone", "phone"),
                )
            ),
        ]


class DataFields(models.Model):
    """The data fields of one occurrence. A table of its own: kept for a shorter time than the row it is of."""

    occurrence = models.OneToOneField(
        Occurrence, primary_key=True, on_delete=models.CASCADE, related_name="data_fields"
    )
    #: `[{"name", "type", "value"}, …]` (`scenarios.values.fields_to_json`).
    fields = models.JSONField()
    #: What broke the event's declarations and was let through: `[{"field", "code", "message"}, …]`.
    violations = models.JSONField(default=list)


class IdempotencyKey(models.Model):
    """The promise that the same occurrence sent twice runs once, until it expires."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey("CustomEvent", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: `store.callers.Caller.reference`: nobody can use up another caller's key.
    caller = models.CharField(max_length=230)
    key = models.CharField(max_length=128)
    #: SHA-256 of what was sent, in a canonical form.
    digest = models.BinaryField(max_length=32)
    #: Not a foreign key: the occurrence may be gone before the key expires.
    occurrence_id = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("event", "caller", "key"), name="sce_idempotency_once"),
        ]
        indexes = [
            Index(fields=("occurrence_id",), name="sce_idempotency_occurrence"),
        ]
