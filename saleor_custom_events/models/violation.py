"""Data fields that broke an event's declarations and were let through: counted, without anybody's values."""

from __future__ import annotations

from django.db import models


class ViolationCount(models.Model):
    """How often one data field broke an event's declarations in one way on one day."""

    id = models.BigAutoField(primary_key=True)
    #: UTC.
    day = models.DateField()
    event = models.ForeignKey("CustomEvent", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: The data field's name; empty: names beyond those that are told apart in a day.
    field = models.CharField(max_length=128, blank=True)
    #: `UNDECLARED`, `REQUIRED`, `WRONG_TYPE`.
    code = models.CharField(max_length=40)
    count = models.PositiveBigIntegerField()
    last_at = models.DateTimeField()
    #: The last 10: `[{"at", "invocation"}, …]`; the log has the values, for as long as it keeps them and for whoever
    #: may see them. No number where the event is not logged.
    samples = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("event", "day", "field", "code"), name="sce_violation_once"),
        ]
