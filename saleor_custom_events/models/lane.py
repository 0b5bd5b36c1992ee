"""Flow control: what is counted, spread out, or kept in line."""

from __future__ import annotations

from django.db import models


class Lane(models.Model):
    """What one start point's flow control keeps apart: a customer, a data field's value, or the whole scenario.

    Every firing into a lane updates its row, and so waits for the one before it: what is decided here is decided one
    after another. `firing/flowing.py` has the statements, and the reasons why they are right.
    """

    id = models.BigAutoField(primary_key=True)
    scenario = models.ForeignKey("Scenario", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: `scenarios.flows.lane_of`: a digest, with the kind of flow in it.
    key = models.CharField(max_length=64)
    #: Throttle: the next free place. Debounce: when the first occurrence of the row came that has not begun yet.
    at = models.DateTimeField(null=True)
    #: Limits: how many came since the period began.
    used = models.BigIntegerField(default=0)
    #: Debounce: the newest occurrence, and the one before it.
    occurrence_id = models.UUIDField(null=True)
    replaced_id = models.UUIDField(null=True)
    #: From when on the row says nothing any more. A lane in which somebody is under way stays.
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("scenario", "key"), name="sce_lane_once"),
        ]
        indexes = [
            models.Index(fields=("expires_at",), name="sce_lane_expires"),
        ]
