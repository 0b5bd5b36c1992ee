"""Mails and webhooks that somebody had sent to see what comes of them."""

from __future__ import annotations

from django.db import models


class _Trials(models.Model):
    """How many somebody has had sent within an hour; one row a caller."""

    #: The caller's id: Saleor's global id of the user or app.
    user = models.CharField(max_length=200, primary_key=True)
    #: When the hour began, by the database's clock.
    since = models.DateTimeField()
    used = models.PositiveIntegerField()

    class Meta:
        abstract = True


class MailTrial(_Trials):
    """Test mails; only staff have any."""


class WebhookTrial(_Trials):
    """Calls of a webhook's receiver."""
