"""Mails that staff had sent to themselves to see how they look."""

from __future__ import annotations

from django.db import models


class MailTrial(models.Model):
    """How many somebody has had sent within an hour; one row a member of staff."""

    #: Saleor's global id of the user.
    user = models.CharField(max_length=200, primary_key=True)
    #: When the hour began, by the database's clock.
    since = models.DateTimeField()
    used = models.PositiveIntegerField()
