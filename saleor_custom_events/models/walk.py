"""How far work over old rows has come."""

from __future__ import annotations

from django.db import models


class Walk(models.Model):
    """Where a task that looks through old occurrences, piece by piece, goes on the next time.

    What has to stay (somebody still waits) stands in its way for as long as it stays: a task that began anew each
    time would look at the same rows and never come to those behind them.
    """

    #: `data fields`.
    name = models.CharField(primary_key=True, max_length=20)
    #: The last occurrence that was looked at; None: from the oldest on.
    position = models.UUIDField(null=True)
