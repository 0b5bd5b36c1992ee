"""Addresses that want no marketing."""

from __future__ import annotations

from django.db import models


class Suppression(models.Model):
    """Somebody who unsubscribed. Stays when a customer is deleted or erased: that is what they asked for."""

    #: SHA-256 of the address (`scenarios.signs.address_digest`): enough to be recognised by, and no list of addresses
    #: to lose.
    digest = models.BinaryField(primary_key=True, max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)
