"""Celery's application of the sandbox: `celery -A saleor_custom_events.hosts.sandbox.celery worker -B`."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")

app = Celery("sandbox")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# In every thread: hints are published from one of their own, and there the app that made itself current is not current.
app.set_default()
