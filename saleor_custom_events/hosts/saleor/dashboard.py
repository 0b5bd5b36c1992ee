"""The app by which Saleor's dashboard knows us.

It is made straight from Saleor's models, with no manifest: nothing is fetched, no webhook is sent (Saleor's
mutations send them, its models do not) and no token is made that would call in the app's own name; the dashboard
gives the app's pages short-lived tokens of the user who looks at them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

import graphene
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from saleor.app.models import App, AppExtension
from saleor.app.types import AppType
from saleor.permission.models import Permission

from saleor_custom_events.extension.app import IDENTIFIER
from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.dashboard import DashboardApp, NavigationEntry

logger = logging.getLogger(__name__)

#: Opened in the dashboard's own frame; the other targets are windows of their own.
TARGET = "app_page"


def dashboard_app(store_id: str) -> DashboardApp | None:
    """See `Host.dashboard_app`."""
    app = _apps(store_id).first()
    if app is None:
        return None
    extensions = app.extensions.order_by("pk").prefetch_related("permissions")
    return DashboardApp(
        name=app.name,
        description=app.about_app or "",
        version=app.version or "",
        author=app.author or "",
        url=app.app_url or "",
        is_active=app.is_active,
        permissions=_codes(app.permissions.all()),
        entries=tuple(_entry(extension) for extension in extensions),
    )


def save_dashboard_app(store_id: str, wanted: DashboardApp) -> str:
    """See `Host.save_dashboard_app`."""
    app = _apps(store_id).first() or App(type=AppType.THIRDPARTY, identifier=IDENTIFIER)
    app.name = wanted.name
    app.about_app = wanted.description
    app.version = wanted.version
    app.author = wanted.author
    app.app_url = wanted.url
    app.is_active = wanted.is_active
    app.save()
    app.permissions.set(_permissions(wanted.permissions))
    _save_entries(app, wanted.entries)
    return str(graphene.Node.to_global_id("App", app.pk))


def remove_dashboard_app(store_id: str) -> bool:
    """See `Host.remove_dashboard_app`. Saleor deletes the row itself, a day later (`saleor/app/tasks.py`)."""
    return bool(_apps(store_id).update(removed_at=timezone.now(), is_active=False))


def _apps(store_id: str) -> QuerySet[App]:
    """Give the one app of this id that was not removed.

    By its id and never by its name: whoever may install apps could give another one our identifier, and would be
    handed our permissions with it.
    """
    found: QuerySet[App] = App.objects.filter(pk=number_in(store_id, "App"), removed_at=None)
    return found


def _save_entries(app: App, wanted: tuple[NavigationEntry, ...]) -> None:
    rows = list(app.extensions.order_by("pk"))
    if [row.url for row in rows] != [entry.path for entry in wanted]:
        # Saleor orders them by when they were made: one that is missing cannot be put back into its place.
        app.extensions.all().delete()
        rows = [AppExtension(app=app, url=entry.path) for entry in wanted]
    for row, entry in zip(rows, wanted, strict=True):
        row.label, row.mount, row.target = entry.label, entry.mount, TARGET
        if _HAS_IDENTIFIER:
            row.identifier = entry.identifier
        row.save()
        row.permissions.set(_permissions([entry.permission]))


def _entry(row: AppExtension) -> NavigationEntry:
    in_page = row.target == TARGET
    return NavigationEntry(
        identifier=(row.identifier or "") if _HAS_IDENTIFIER else row.url.strip("/"),
        label=row.label,
        path=row.url,
        # Elsewhere than in the page it is not where it ought to be, whatever its section.
        mount=row.mount if in_page else f"{row.mount} ({row.target})",
        permission=" ".join(sorted(_codes(row.permissions.all()))),
    )


def _codes(permissions: Iterable[Permission]) -> frozenset[str]:
    return frozenset(permission.codename.upper() for permission in permissions)


def _permissions(codes: Iterable[str]) -> list[Permission]:
    wanted = {code.lower() for code in codes}
    found = list(Permission.objects.filter(codename__in=wanted))
    if unknown := wanted - {permission.codename for permission in found}:
        logger.warning("Saleor knows no permission %s", ", ".join(sorted(unknown)).upper())
    return found


def _has_identifier() -> bool:
    """Say whether an extension names itself, as from 3.23 on; before, its address has to do."""
    try:
        AppExtension._meta.get_field("identifier")
    except FieldDoesNotExist:
        return False
    return True


_HAS_IDENTIFIER = _has_identifier()
