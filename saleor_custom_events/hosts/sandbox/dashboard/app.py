"""The app by which the dashboard knows custom events, as the Host protocol asks for it."""

from __future__ import annotations

from saleor_custom_events.extension.app import IDENTIFIER
from saleor_custom_events.hosts.sandbox.models import App, AppExtension, AppType
from saleor_custom_events.hosts.sandbox.tokens import global_id, key_of
from saleor_custom_events.store.dashboard import DashboardApp, DashboardEntry


def find(store_id: str) -> DashboardApp | None:
    """See `Host.dashboard_app`."""
    app = App.objects.filter(pk=key_of("App", store_id)).first()
    if app is None:
        return None
    return DashboardApp(
        name=app.name,
        description=app.about_app or "",
        version=app.version or "",
        author=app.author or "",
        url=app.app_url or "",
        is_active=app.is_active,
        permissions=frozenset(app.permissions),
        entries=tuple(_entry(extension) for extension in app.extensions.order_by("pk")),
    )


def _entry(extension: AppExtension) -> DashboardEntry:
    return DashboardEntry(
        identifier=extension.identifier,
        label=extension.label,
        path=extension.url,
        mount=extension.mount,
        target=extension.target,
        permissions=frozenset(extension.permissions),
    )


def save(store_id: str, wanted: DashboardApp) -> str:
    """See `Host.save_dashboard_app`."""
    app = App.objects.filter(pk=key_of("App", store_id)).first() or App(type=AppType.THIRDPARTY, identifier=IDENTIFIER)
    app.name, app.about_app, app.version, app.author = wanted.name, wanted.description, wanted.version, wanted.author
    app.app_url, app.is_active, app.permissions = wanted.url, wanted.is_active, sorted(wanted.permissions)
    app.save()
    # The navigation shows them in the order in which they were made.
    app.extensions.all().delete()
    AppExtension.objects.bulk_create(
        AppExtension(
            app=app,
            identifier=entry.identifier,
            label=entry.label,
            url=entry.path,
            mount=entry.mount,
            target=entry.target,
            permissions=sorted(entry.permissions),
        )
        for entry in wanted.entries
    )
    return global_id("App", app.pk)


def remove(store_id: str) -> bool:
    """See `Host.remove_dashboard_app`."""
    removed, _ = App.objects.filter(pk=key_of("App", store_id)).delete()
    return bool(removed)
