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

from saleor_custom_events.extension.app import CUSTOMER_MOUNT, IDENTIFIER
from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.dashboard import DashboardApp, DashboardEntry, Target

logger = logging.getLogger(__name__)

#: A widget's page is fetched by GET; the other way is a form that posts the token.
METHOD = "GET"


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


def has_customer_widgets() -> bool:
    """See `Host.has_customer_widgets`. 3.21 has none; 3.22 has a list of mounts, 3.23 takes any."""
    if not _has("settings"):
        return False
    mounts = AppExtension._meta.get_field("mount").choices
    return not mounts or CUSTOMER_MOUNT in dict(mounts)


def _save_entries(app: App, wanted: tuple[DashboardEntry, ...]) -> None:
    rows = list(app.extensions.order_by("pk"))
    if [row.url for row in rows] != [entry.path for entry in wanted]:
        # Saleor orders them by when they were made: one that is missing cannot be put back into its place.
        app.extensions.all().delete()
        rows = [AppExtension(app=app, url=entry.path) for entry in wanted]
    for row, entry in zip(rows, wanted, strict=True):
        row.label, row.mount, row.target = entry.label, entry.mount, entry.target
        if _has("identifier"):
            row.identifier = entry.identifier
        if entry.target == Target.WIDGET:
            row.http_target_method, row.settings = METHOD, {"widgetTarget": {"method": METHOD}}
        row.save()
        row.permissions.set(_permissions(entry.permissions))


def _entry(row: AppExtension) -> DashboardEntry:
    return DashboardEntry(
        # Before 3.23 an extension has no name of its own, and its address has to do.
        identifier=(row.identifier or "") if _has("identifier") else row.url.partition("?")[0].strip("/"),
        label=row.label,
        path=row.url,
        mount=row.mount,
        target=row.target,
        permissions=_codes(row.permissions.all()),
    )


def _codes(permissions: Iterable[Permission]) -> frozenset[str]:
    return frozenset(permission.codename.upper() for permission in permissions)


def _permissions(codes: Iterable[str]) -> list[Permission]:
    wanted = {code.lower() for code in codes}
    found = list(Permission.objects.filter(codename__in=wanted))
    if unknown := wanted - {permission.codename for permission in found}:
        logger.warning("Saleor knows no permission %s", ", ".join(sorted(unknown)).upper())
    return found


def _has(field: str) -> bool:
    """Say whether extensions have this field in Saleor's version: `settings` is new in 3.22, `identifier` in 3.23."""
    try:
        AppExtension._meta.get_field(field)
    except FieldDoesNotExist:
        return False
    return True
