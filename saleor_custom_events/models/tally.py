"""How many runs of a published version came how far. PostgreSQL itself counts, by triggers (migration 0025)."""

from __future__ import annotations

from django.db import models


class Counted(models.Model):
    """What is told apart: one way in which runs of one hour passed one part of a version."""

    id = models.BigAutoField(primary_key=True)
    #: No constraint: it would lock the version's row for every step.
    version = models.ForeignKey(
        "saleor_custom_events.ScenarioVersion",
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    #: The hour (UTC) in which the invocations were made.
    hour = models.DateTimeField()
    #: A start point's or a step's id in the version's definition.
    part = models.CharField(max_length=64)
    #: Of a start point `under_way`, or the end as `scenarios.outcomes.Status`; of a step `log.results.Outcome`.
    outcome = models.CharField(max_length=10)
    #: Which way a passed step went; why it was left out or failed.
    about = models.CharField(max_length=40, blank=True)
    #: Whether the log has these rows.
    logged = models.BooleanField()

    class Meta:
        abstract = True


class Tally(Counted):
    """A count. Kept for ever, whatever becomes of the rows that were counted."""

    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("version", "hour", "part", "outcome", "about", "logged"), name="sce_tally_once"
            ),
        ]


class TallyChange(Counted):
    """What a transaction adds to a count, or takes away: appended, so that nobody waits. Tidying folds it in."""

    by = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=("version", "hour"), name="sce_tally_change"),
        ]
