"""Taking away what we made among the store's own: the apps by which it knows us, and our periodic tasks."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction

from saleor_custom_events.extension import app, stock
from saleor_custom_events.extension.records import locked
from saleor_custom_events.host import current_host

#: The names of our tasks begin with this.
TASKS = "saleor_custom_events."


def remove_apps() -> int:
    """Remove our apps from the store, for good: nobody makes them again. Gives how many there were.

    Saleor deletes the rows of removed apps by itself, after `DELETE_APP_TTL` (a day).
    """
    removed = 0
    with transaction.atomic():
        for name in (app.RECORD, stock.RECORD):
            record = locked(name)
            removed += bool(record.store_id) and current_host().remove_dashboard_app(record.store_id)
            record.removed = True
            record.save()
    return removed


def remove_periodic_tasks() -> int:
    """Remove what a scheduler in the database (Saleor's) keeps of our tasks; gives how many.

    A scheduler that starts while the plugin is installed and not DISABLED writes them anew.
    """
    if not apps.is_installed("django_celery_beat"):
        return 0
    tasks = apps.get_model("django_celery_beat", "PeriodicTask").objects.filter(task__startswith=TASKS)
    names = list(tasks.values_list("pk", flat=True))
    # One by one: so a scheduler that runs hears of it.
    for task in tasks.filter(pk__in=names):
        task.delete()
    return len(names)
