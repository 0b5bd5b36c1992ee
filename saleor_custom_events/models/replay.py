"""Many invocations run again, a few at a time, because somebody asked for it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ReplayStatus(models.TextChoices):
    """Where a replay stands."""

    RUNNING = "running"
    STOPPED = "stopped"  # by somebody; what it has run already stays
    DONE = "done"


class Replay(models.Model):
    """What is to be run again, and how far that has come. Worked off by `running/replaying.py`."""

    id = models.BigAutoField(primary_key=True)
    status = models.CharField(max_length=10, choices=ReplayStatus.choices, default=ReplayStatus.RUNNING)
    #: `running.replaying.Wanted` as JSON.
    wanted = models.JSONField()
    #: `running.retrying.RetryVersion`.
    version = models.CharField(max_length=10)
    #: Primary keys of the versions that may run: those for which whoever asked had every permission.
    versions = models.JSONField()
    #: Of the current versions: by the scenario's number, as they were when it began.
    current = models.JSONField(default=dict)
    #: Seconds over which it is spread out.
    over = models.PositiveIntegerField()
    #: Rows that matched when it began.
    total = models.PositiveIntegerField()
    #: The last row that was looked at, in the order of the log.
    position_at = models.DateTimeField(null=True)
    position_id = models.BigIntegerField(default=0)
    #: Rows that run again; those that could not, by the code of the refusal.
    made = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=("id",), name="sce_replay_running", condition=Q(status="running")),
        ]
