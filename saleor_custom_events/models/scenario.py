"""A scenario, its immutable published versions, and what they listen to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ScenarioStatus(models.TextChoices):
    """What a scenario is doing."""

    DRAFT = "draft"  # never published
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class Scenario(models.Model):
    """An automation. The draft is edited; publishing makes a version, and only versions run."""

    name = models.CharField(max_length=250)
    status = models.CharField(max_length=10, choices=ScenarioStatus.choices, default=ScenarioStatus.DRAFT)
    #: The draft, as JSON; may be incomplete.
    draft = models.JSONField(default=dict)
    #: Grows with every saved draft; a save names the one it was read at.
    revision = models.PositiveIntegerField(default=1)
    published = models.ForeignKey(
        "ScenarioVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    #: Happenings in the store that exit rules of a published version go by; in the form of `CustomEvent.happenings`.
    heeds = models.JSONField(default=list, db_default=[])
    #: One sentence in English where it paused itself; None: it did not, or was resumed since.
    paused_because = models.CharField(max_length=250, null=True)
    #: Runs that ended before this say nothing about it: it was resumed or published then.
    watched_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.CharField(max_length=200, blank=True, default="")
    updated_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"


class ScenarioVersion(models.Model):
    """What was published at one moment. Never changed, never deleted while an invocation runs it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions", db_index=False)
    #: 1, 2, 3 … within the scenario.
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("scenario", "number"), name="sce_version_number"),
        ]


class ScenarioStart(models.Model):
    """Which events a scenario's published version or draft names: "who listens?" and "where is it used?"."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="starts", db_index=False)
    event = models.ForeignKey("CustomEvent", on_delete=models.PROTECT, related_name="starts", db_index=False)
    #: Of the published version; otherwise of the draft.
    published = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("event", "scenario", "published"), name="sce_start_once"),
        ]
        indexes = [
            models.Index(fields=("scenario",), name="sce_start_scenario"),
        ]


class ScenarioEntry(models.Model):
    """Who may not enter a scenario again: re-entry, as a unique row. Outlives the log's retention."""

    id = models.BigAutoField(primary_key=True)
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="+", db_index=False)
    #: SHA-256 of `facts.OccurrenceFacts.identity_key`, in hexadecimal; of rules other than "once" with their name.
    identity = models.CharField(max_length=64)
    #: The occurrence that entered. While running: the row counts as long as an invocation of it is under way.
    occurrence_id = models.UUIDField()
    #: Restart: the one that was there before.
    replaced_id = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    #: From when on the row no longer counts; None: never.
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("scenario", "identity"), name="sce_entry_once"),
        ]
        indexes = [
            models.Index(fields=("expires_at",), name="sce_entry_expires", condition=Q(expires_at__isnull=False)),
        ]
