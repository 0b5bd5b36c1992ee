"""Signs of life."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When beat last sent a sweep and a worker last ran one."""

    #: `beat`, `worker`.
    name = models.CharField(primary_key=True, max_length=20)
    at = models.DateTimeField()
