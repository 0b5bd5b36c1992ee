"""Who saw customers' e-mails and data fields, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Index


class RevealKind(models.TextChoices):
    """What somebody looked at, or took away."""

    LOG = "log"  # pages of the log, with e-mails
    DETAILS = "details"  # one row of it, with data fields
    CSV = "csv"
    EXPLANATION = "explanation"  # "Why did nothing happen?"
    EXPORT = "export"  # all that is kept of one customer
    ERASURE = "erasure"


class Reveal(models.Model):
    """That somebody saw customers unmasked within an hour: one row for them, the kind, what was asked for, the hour."""

    id = models.BigAutoField(primary_key=True)
    #: As `Scenario.created_by`.
    by = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=RevealKind.choices)
    #: Whom was asked for: `firing.erased.name_digest` of the address or id; empty: nobody in particular.
    subject = models.BinaryField(max_length=32, default=b"")
    #: The full hour, by the database's clock, and when it was first within it.
    hour = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("by", "kind", "subject", "hour"), name="sce_reveal_once"),
        ]
        indexes = [
            Index(fields=("at", "id"), name="sce_reveal_newest"),
        ]
