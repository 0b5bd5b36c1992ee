"""What somebody has stopped for a while: everything, what an event starts, or one action."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Pause(models.Model):
    """A switch that somebody threw, and when it was thrown back. Kept as the record of who did that.

    It is in force until `resumed_at`. From then until `drained_at` what it held is let go of, piece by piece.
    """

    #: `all`, `event:5`, `action:send_email`; made and read in `pauses.py` alone.
    name = models.CharField(max_length=80)
    paused_at = models.DateTimeField()
    #: As `created_by` elsewhere.
    paused_by = models.CharField(max_length=200)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.CharField(max_length=200, blank=True, default="")
    #: Nothing that it held is left.
    drained_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Also the index by which every round of a worker asks what is paused.
            models.UniqueConstraint(fields=("name",), name="sce_pause_once", condition=Q(drained_at__isnull=True)),
        ]
