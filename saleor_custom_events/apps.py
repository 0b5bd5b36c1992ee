"""The Django app: picks the host, puts our periodic tasks into the shop's schedule."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.conf import settings as django_settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models.signals import post_migrate

from saleor_custom_events.conf import settings

#: Seconds for which a message "look for due work" may wait for a worker.
LATEST = 3600.0


class CustomEventsConfig(AppConfig):
    """Found by Django in INSTALLED_APPS, where Saleor puts the plugin's entry point by its name."""

    name = "saleor_custom_events"
    label = "saleor_custom_events"
    verbose_name = "Custom events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Get ready, unless the operator switched everything off."""
        if settings.DISABLED:
            return
        from saleor_custom_events import checks  # noqa: F401, registers them
        from saleor_custom_events.running import hint

        if apps.is_installed("saleor.account"):
            from saleor_custom_events.hosts.saleor.ready import ready

            ready()
        hint.install()
        schedule(django_settings)
        post_migrate.connect(on_migrated, sender=self)


def on_migrated(*, using: str, **signal: object) -> None:
    """Make the app of the store's dashboard, or put it right, once `migrate` has done everything.

    Django sends this for one app after the other, ours behind the store's own, whose permissions are there by then.
    Also where `migrate` was told to undo our tables, or to apply only some.
    """
    from saleor_custom_events.extension.app import keep
    from saleor_custom_events.models import Installation

    if using == DEFAULT_DB_ALIAS and Installation._meta.db_table in connection.introspection.table_names():
        keep()


def schedule(target: object) -> None:
    """Add our periodic tasks to CELERY_BEAT_SCHEDULE; what the operator put there stays as it is.

    A sweep that nobody ran for a while is worth nothing, so it expires: a shop without a worker for a night does not
    wake up to all of them. Not once the next is due: where our tasks wait behind the shop's own, or the clock of the
    worker is ahead of beat's (Celery compares the two), no sweep would ever run.
    """
    from saleor_custom_events import tasks

    beat = getattr(target, "CELERY_BEAT_SCHEDULE", None)
    if not isinstance(beat, dict):
        return
    queue = {"queue": settings.QUEUE} if settings.QUEUE else {}
    every = settings.SWEEP_EVERY
    for task, seconds in ((tasks.sweep, every), (tasks.tidy, 300.0)):
        entry = {"task": task.name, "schedule": seconds, "options": {"expires": max(seconds, LATEST), **queue}}
        beat.setdefault(task.name, entry)
