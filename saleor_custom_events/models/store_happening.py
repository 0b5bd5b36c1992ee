"""What happened in the store and is to fire custom events, and what such events have seen of metadata."""

from __future__ import annotations

from django.db import models
from django.db.models import Index


class StoreHappening(models.Model):
    """Something that happened in the store, told by a hook and not looked at yet; deleted once it has fired.

    `firing/store_happenings.py` writes it, `running/store_happenings.py` tells how it is taken.
    """

    id = models.BigAutoField(primary_key=True)
    #: `store.happenings.HappeningKind`.
    kind = models.CharField(max_length=30)
    #: The object's global id.
    object_id = models.CharField(max_length=200)
    #: Minutes without a word that it stands for; 0: several are one as long as nobody has looked; None: one by itself.
    quiet = models.PositiveIntegerField(null=True)
    #: Slug.
    channel = models.CharField(max_length=255, null=True)
    #: What cannot be read later: who was deleted, metadata as it was.
    remembered = models.JSONField(default=dict)
    #: By the database's clock; of several the last.
    happened_at = models.DateTimeField()
    #: When it is looked at, or looked at again should a worker die.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Grows with every further one that this row stands for.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            # Rows without `quiet` never clash: NULL differs from NULL.
            models.UniqueConstraint(fields=("kind", "object_id", "quiet"), name="sce_store_happening_once"),
        ]
        indexes = [
            Index(fields=("due_at",), name="sce_store_happening_due"),
        ]


class SeenMetadata(models.Model):
    """What an event that is fired by changes of metadata saw last of a key: the store says that something changed, but
    not what.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey("CustomEvent", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: The object's global id.
    object_id = models.CharField(max_length=200)
    key = models.CharField(max_length=250)
    #: SHA-256 of the value.
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("event", "object_id", "key"), name="sce_seen_metadata_once"),
        ]
