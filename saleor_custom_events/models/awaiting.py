"""Waiting for events: who waits for which, and what has happened lately that somebody might wait for.

Signs of customers (`scenarios.signs`) stand in both tables under numbers below 0, which no event has.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q


class Awaiting(models.Model):
    """An invocation that waits, one of the events that it listens to, and one name of its customer.

    Written before the wait begins and deleted with its end; a row that is left over (its invocation was cancelled)
    wakes nobody. `running/awaiting.py` tells why no event is missed.
    """

    id = models.BigAutoField(primary_key=True)
    invocation = models.ForeignKey("Invocation", on_delete=models.CASCADE, related_name="+", db_index=False)
    #: Without a constraint, for the signs.
    event = models.ForeignKey(
        "CustomEvent", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    #: One of `scenarios.awaiting.identities_of`; of signs one of `scenarios.signs.sign_names`.
    identity = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("invocation", "event", "identity"), name="sce_awaiting_once"),
        ]
        indexes = [
            Index(fields=("event", "identity"), name="sce_awaiting_whom"),
        ]


class Happening(models.Model):
    """A firing of an event that some scenario waits for, under one name of its customer; one to five an occurrence.

    Or a sign of a customer (`signs.tell`), whose `occurrence_id` is nobody's and whose `event_id` is below 0.

    Written with the occurrence and looked at by whoever begins to wait; `pending` until those who wait already have
    been told.
    """

    id = models.BigAutoField(primary_key=True)
    #: Not a foreign key: there would be one more index to keep while firing.
    occurrence_id = models.UUIDField()
    event_id = models.BigIntegerField()
    #: One of `scenarios.awaiting.identities_of`, or of `scenarios.signs.names_of`.
    identity = models.CharField(max_length=64)
    registered_at = models.DateTimeField()
    pending = models.BooleanField()
    #: From when on nobody looks back to it.
    expires_at = models.DateTimeField()
    #: Of an order: `{"id", "number"}`.
    about = models.JSONField(null=True)

    class Meta:
        indexes = [
            Index(fields=("event_id", "identity", "registered_at"), name="sce_happening_whom"),
            Index(fields=("occurrence_id",), name="sce_happening_occurrence"),
            Index(fields=("id",), name="sce_happening_pending", condition=Q(pending=True)),
            Index(fields=("expires_at",), name="sce_happening_expires"),
        ]
