"""Whose browser it was: anonymous ids that became a customer's when the customer logged in."""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q


class AnonymousLink(models.Model):
    """An anonymous id and the customer who was first seen with it at this moment, proven and not merely said.

    An anonymous occurrence is the customer's whose link is the latest before it; before all of them, of the first. So
    a browser that somebody else takes over keeps what it was before, and what comes later is the new one's.
    `log/merging.py` reads it so. Nothing points at a row: one that is deleted takes the merge back and no more.
    """

    id = models.BigAutoField(primary_key=True)
    anonymous_id = models.CharField(max_length=128)
    #: Saleor's global id.
    customer_id = models.CharField(max_length=200, null=True)
    #: Normalised, as an occurrence's.
    customer_email = models.CharField(max_length=320, null=True)
    linked_at = models.DateTimeField()
    #: The occurrence that proved it. Not a foreign key: it may be gone first.
    occurrence_id = models.UUIDField()

    class Meta:
        indexes = [
            Index(fields=("anonymous_id", "linked_at"), name="sce_anonymous_link"),
            Index(
                fields=("customer_email",),
                name="sce_anonymous_link_email",
                condition=Q(customer_email__isnull=False),
            ),
            Index(fields=("customer_id",), name="sce_anonymous_link_customer", condition=Q(customer_id__isnull=False)),
        ]
