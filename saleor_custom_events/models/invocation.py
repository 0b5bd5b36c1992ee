"""One scenario started by one occurrence, and what its steps did. The log, and the queue."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Index, Q


class Invocation(models.Model):
    """A row of the event's log; while it is under way, also a piece of due work.

    The queue is `due_at` (with its partial index) and `lease`: a worker claims by setting a new token and moving
    `due_at` to the end of its lease, so what a dead worker held becomes due by itself. All of that stands in
    `running/queue.py`.
    """

    occurrence = models.ForeignKey("Occurrence", on_delete=models.CASCADE, related_name="invocations")
    event = models.ForeignKey("CustomEvent", on_delete=models.PROTECT, related_name="+", db_index=False)
    #: None where no scenario listened.
    scenario = models.ForeignKey("Scenario", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    version = models.ForeignKey(
        "ScenarioVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: As it was when the invocation was made.
    scenario_name = models.CharField(max_length=250, blank=True, default="")
    #: The start point's id in the version's definition.
    start = models.CharField(max_length=64, blank=True, default="")
    #: `scenarios.outcomes.Status`.
    status = models.CharField(max_length=10)
    #: `scenarios.outcomes.Reason`; empty where there is nothing to explain.
    reason = models.CharField(max_length=40, blank=True, default="")
    #: One sentence beside the reason, in English.
    detail = models.CharField(max_length=500, blank=True, default="")
    #: The occurrence's, for the log's filter; removed with it.
    customer_email = models.CharField(max_length=320, null=True)
    logged = models.BooleanField()
    #: When it was registered: equal to the occurrence's `registered_at`, or when somebody asked for this retry.
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: `scenarios.state`'s JSON.
    state = models.JSONField(default=dict)
    #: When somebody has to look at it next; None once it has ended.
    due_at = models.DateTimeField(null=True)
    #: The claiming worker's token.
    lease = models.UUIDField(null=True)
    #: Claims since it last got on: workers that died on it.
    claims = models.SmallIntegerField(default=0)
    #: Since it was claimed, an event happened that it listens to: somebody has to look again at once.
    knocked = models.BooleanField(default=False, db_default=False)
    #: The invocation that this one is a retry of, from the start. Not a foreign key: that row may be pruned first.
    retry_of = models.BigIntegerField(null=True)
    #: One at a time: the lane (`Lane`) in which it begins alone. No foreign key, since lanes go when nobody is in them.
    lane = models.BigIntegerField(null=True)
    #: True while it is in line in its lane; None once its turn has come, and where it is in none.
    parked = models.BooleanField(null=True)
    #: The pause that holds it (`pauses.py`), by its name; `due_at` is far away meanwhile. None: nothing holds it.
    pause = models.CharField(max_length=80, null=True)
    #: Its place in the queue, while a pause holds it.
    place_at = models.DateTimeField(null=True)
    #: The occurrence of the same scenario that took its place: debounced, or restarted.
    superseded_by = models.UUIDField(null=True)
    #: Who asked that it goes on or begins anew, as `created_by` elsewhere; None: nobody had to.
    retried_by = models.CharField(max_length=200, null=True)
    #: It is in the counts (`Tally`): false of those that were made before there were any.
    counted = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        constraints = [
            # Whatever the code does: two of one lane never run at once.
            models.UniqueConstraint(
                fields=("lane",),
                name="sce_invocation_alone",
                condition=Q(lane__isnull=False, parked__isnull=True, due_at__isnull=False),
            ),
        ]
        indexes = [
            Index(fields=("due_at",), name="sce_invocation_due", condition=Q(due_at__isnull=False)),
            Index(
                fields=("scenario", "version"), name="sce_invocation_under_way_in", condition=Q(due_at__isnull=False)
            ),
            Index(F("created_at").desc(), F("id").desc(), name="sce_invocation_log", condition=Q(logged=True)),
            Index(
                "event",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_event",
                condition=Q(logged=True),
            ),
            Index(
                "scenario",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_scenario",
                condition=Q(logged=True),
            ),
            Index(
                "customer_email",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_email",
                condition=Q(logged=True, customer_email__isnull=False),
            ),
            Index(
                "status",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_status",
                condition=Q(logged=True),
            ),
            Index(
                "reason",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_reason",
                condition=Q(logged=True) & ~Q(reason=""),
            ),
            Index(fields=("lane", "id"), name="sce_invocation_in_line", condition=Q(parked=True, due_at__isnull=False)),
            Index(
                fields=("scenario", "ended_at"),
                name="sce_invocation_ended",
                condition=Q(status__in=("completed", "failed")),
            ),
            Index(
                fields=("pause", "place_at", "id"),
                name="sce_invocation_held",
                condition=Q(pause__isnull=False, due_at__isnull=False),
            ),
            Index(fields=("retry_of",), name="sce_invocation_retry_of", condition=Q(retry_of__isnull=False)),
            # What of a version did not come to its end is rare among what did.
            Index(
                "version",
                "status",
                F("created_at").desc(),
                F("id").desc(),
                name="sce_invocation_version",
                condition=Q(logged=True, status__in=("skipped", "failed", "cancelled")),
            ),
        ]


class StepRun(models.Model):
    """What one step did in one invocation."""

    id = models.BigAutoField(primary_key=True)
    invocation = models.ForeignKey(Invocation, on_delete=models.CASCADE, related_name="step_runs", db_index=False)
    #: The visit's number within the invocation; together they are unique, so no step settles twice.
    visit = models.PositiveSmallIntegerField()
    #: The step's id in the version's definition.
    step = models.CharField(max_length=64)
    #: The step's `type`, or the action's name.
    kind = models.CharField(max_length=64)
    #: `scenarios.outcomes.StepStatus`.
    status = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True, default="")
    detail = models.CharField(max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    #: `actions.base.Effect`; empty for steps that the engine goes through itself.
    effect = models.CharField(max_length=14, blank=True, default="")
    #: The action's settings as rendered before the first try: every try sends the same.
    input = models.JSONField(null=True)
    #: What decided (condition, wait) or came back (action).
    result = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # The rest is written by triggers alone (`models/tally.py`), for the counts and for who looks up what was counted.
    version = models.ForeignKey(
        "ScenarioVersion",
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
        editable=False,
    )
    #: When the invocation was made.
    made_at = models.DateTimeField(null=True, editable=False)
    #: `log.results.Outcome`; None: it does not count, since a later visit of the step does.
    outcome = models.CharField(max_length=10, null=True, editable=False)
    #: Which way it went (`result.branch`), or why it was left out or failed.
    about = models.CharField(max_length=40, db_default="", default="", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("invocation", "visit"), name="sce_step_visit_once"),
        ]
        indexes = [
            Index(
                "version",
                "step",
                "outcome",
                F("made_at").desc(),
                F("invocation_id").desc(),
                name="sce_step_outcome",
                condition=Q(outcome__isnull=False),
            ),
            Index(
                "version",
                "step",
                "outcome",
                "about",
                F("made_at").desc(),
                F("invocation_id").desc(),
                name="sce_step_about",
                condition=Q(outcome__isnull=False) & ~Q(about=""),
            ),
        ]
