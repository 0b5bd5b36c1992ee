"""The custom event: the definition that a merchant makes."""

from __future__ import annotations

from django.db import models


class CustomEvent(models.Model):
    """A behaviour of the store that has a name. Its primary key is the ID (`number`) that merchants see."""

    name = models.CharField(max_length=250)
    #: Editable until `first_fired_at` is set; survives from staging to production.
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(blank=True, default="")
    logging = models.BooleanField(default=True)
    #: Storefront keys and customers may fire it.
    public = models.BooleanField(default=False)
    #: `[{"name", "type", "required", "privacy"?}, …]`; read as `firing.values.DeclaredField`.
    declared_fields = models.JSONField(default=list)
    #: `firing.values.Violations`.
    violations = models.CharField(max_length=10, default="off")
    #: What happens in the store and fires it: `[{"kind", "minutes", "keys"}, …]`; read as `firing.values.FiredBy`.
    happenings = models.JSONField(default=list, db_default=[])
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    #: Saleor's global id of the user or app that made it, and its name at that time.
    created_by = models.CharField(max_length=200, blank=True, default="")
    first_fired_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    #: When it was last fired, of what retention has removed (`log/old_rows.py`).
    last_fired_before = models.DateTimeField(null=True, editable=False)
    #: Some version that was published waits for it, or ends with it: its firings are written down for those who wait.
    awaited = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"
