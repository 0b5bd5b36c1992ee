"""Firings that were refused: counted, with samples, without anybody's identity or values."""

from __future__ import annotations

from django.db import models


class Refusal(models.Model):
    """How often one caller's key was refused for one reason on one day."""

    id = models.BigAutoField(primary_key=True)
    #: UTC.
    day = models.DateField()
    #: None where the event or key is unknown.
    event = models.ForeignKey("CustomEvent", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.ForeignKey("Key", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    count = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField()
    #: The last 50: `[{"at", "fields": ["dataFields.score", …]}, …]`.
    samples = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("day", "event", "key", "code"), name="sce_refusal_once", nulls_distinct=False
            ),
        ]
        indexes = [
            models.Index(fields=("event", "day"), name="sce_refusal_event"),
            models.Index(fields=("key", "day"), name="sce_refusal_key"),
        ]
