"""Customers who were erased: the certificates, and what keeps them from coming back by what is sent late."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Index, Q


class ErasureStatus(models.TextChoices):
    """Where an erasure stands."""

    RUNNING = "running"
    DONE = "done"


class ErasureCause(models.TextChoices):
    """Why somebody is erased."""

    STAFF = "staff"  # a member of staff or an app asked for it
    COMMAND = "command"  # the operator did
    DELETED = "deleted"  # the store deleted the customer


class Erasure(models.Model):
    """One customer who is erased, and the certificate once that is done. Worked off by `log/erasing.py`."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    status = models.CharField(max_length=10, choices=ErasureStatus.choices, default=ErasureStatus.RUNNING)
    cause = models.CharField(max_length=10, choices=ErasureCause.choices)
    #: `log.persons.Person` as JSON, as long as it is needed; None once all is done: a certificate names nobody.
    names = models.JSONField(null=True)
    #: Rows by what they are: `{"occurrences": 12, "runsCancelled": 1, …}`. Counted with every piece.
    counts = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    #: As `Scenario.created_by`.
    asked_by = models.CharField(max_length=200)
    #: A moment at which the tombstones were there for everybody to see.
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: Until when what is sent late does not bring the customer back.
    holds_until = models.DateTimeField()

    class Meta:
        indexes = [
            Index(fields=("asked_at", "id"), name="sce_erasure_newest"),
            Index(fields=("asked_at",), name="sce_erasure_running", condition=Q(status="running")),
        ]


class Tombstone(models.Model):
    """One name of somebody who was erased, as a digest that only this store can make.

    What happened before `erased_at` under this name, and is only told now, is kept without the customer.
    """

    #: `firing.erased.name_digest`.
    digest = models.BinaryField(primary_key=True, max_length=32)
    erased_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
