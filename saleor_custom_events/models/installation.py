"""What was made of ours in the store itself."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    """One thing of ours among the store's own, so that whoever removes it there is not overruled.

    The row is also the lock of everybody who makes or changes that thing.
    """

    #: `dashboard`: the app by which the store's dashboard knows us; `stock`: the one that hears of stock.
    name = models.CharField(primary_key=True, max_length=20)
    #: The store's global id of it; empty: never made. Known by this alone, since another app may bear our name.
    store_id = models.CharField(max_length=64, blank=True)
    #: Whether it was active as we left it: one that is not although we left it so was switched off by somebody.
    left_active = models.BooleanField(default=False)
    #: Somebody removed it, and only somebody brings it back.
    removed = models.BooleanField(default=False)
