"""Who changed, published or switched a scenario, and when."""

from __future__ import annotations

from django.db import models


class Deed(models.TextChoices):
    """What somebody did to a scenario."""

    CREATED = "created"
    SAVED = "saved"
    REVERTED = "reverted"  # the draft became what a version is
    PUBLISHED = "published"
    PAUSED = "paused"
    RESUMED = "resumed"
    ARCHIVED = "archived"


class ScenarioChange(models.Model):
    """One thing that somebody did to a scenario. The newest ones of each are kept: `defining.history.KEPT`."""

    id = models.BigAutoField(primary_key=True)
    scenario = models.ForeignKey("Scenario", on_delete=models.CASCADE, related_name="+", db_index=False)
    deed = models.CharField(max_length=10, choices=Deed.choices)
    #: The draft's, after it.
    revision = models.PositiveIntegerField()
    #: The version's number that was published or reverted to.
    version = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    #: As `Scenario.updated_by`.
    by = models.CharField(max_length=200, blank=True, default="")
    #: Of a draft: `[["changed", "s1"], …]`, what became of which step, start point or exit rule; the first ones.
    steps = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=("scenario", "-id"), name="sce_change_newest"),
        ]
