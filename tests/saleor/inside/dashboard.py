"""The app of Saleor's dashboard, from inside: looks after it as beat does, spoils it, counts what was sent.

A process that stays, since Saleor needs ten seconds to start. Reads lines of JSON, `{"do": [names], "settings":
{name: value}}`, does so under these settings of ours, and writes what there is afterwards, a line of JSON each.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

import graphene  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.test import override_settings  # noqa: E402
from saleor.app.models import App, AppExtension  # noqa: E402
from saleor.core.models import EventDelivery  # noqa: E402
from saleor.permission.models import Permission  # noqa: E402
from saleor.webhook.models import Webhook  # noqa: E402

from saleor_custom_events.extension import app as extension_app  # noqa: E402
from saleor_custom_events.hosts.saleor.configuration import forget  # noqa: E402
from saleor_custom_events.models import Installation  # noqa: E402
from saleor_custom_events.tasks import tidy  # noqa: E402

IDENTIFIER = "saleor.custom-events"
LIFECYCLE = ("app_installed", "app_updated", "app_deleted", "app_status_changed")


def ours() -> App:
    """Give the app that is there now."""
    return App.objects.get(identifier=IDENTIFIER, removed_at=None)


def spoil() -> None:
    """Make everything different from what it ought to be."""
    app = ours()
    App.objects.filter(pk=app.pk).update(app_url="https://elsewhere.example/app", name="Spoilt", version="0")
    app.permissions.set(Permission.objects.filter(codename__in=["manage_apps", "manage_discounts"]))
    app.extensions.get(url="/scenarios").delete()
    app.extensions.filter(url="/log").update(label="Spoilt", mount="navigation_orders", target="popup")
    app.extensions.get(url="/events").permissions.clear()


def no_widget() -> None:
    """Have an app as it was before there was a card on the customer's page."""
    ours().extensions.filter(target="widget").delete()


def expire() -> None:
    """Delete what was removed, as Saleor does a day later."""
    App.objects.exclude(removed_at=None).delete()


def never_made() -> None:
    """Take everything back to before the first migrate."""
    App.objects.filter(identifier=IDENTIFIER).delete()
    Installation.objects.all().delete()


def crowd() -> None:
    """Let eight look after the app at once, as processes that start together."""

    def one(number: int) -> None:
        extension_app.keep()
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))


def impostor() -> None:
    """Let somebody who may install apps give another one our name."""
    App.objects.create(name="Custom events", identifier=IDENTIFIER, type="thirdparty", is_active=True)


def expel() -> None:
    """Take that one away again."""
    App.objects.filter(identifier=IDENTIFIER).exclude(pk=_recorded()).delete()


def listen() -> None:
    """Let our app hear of all that happens to it, as it would in 3.23, and another of all apps, as before."""
    other = App.objects.create(name="Listener", is_active=True)
    other.permissions.set(Permission.objects.filter(codename="manage_apps"))
    for listener in (ours(), other):
        hook = Webhook.objects.create(app=listener, name="All", target_url="http://127.0.0.1:9/", is_active=True)
        for event in LIFECYCLE:
            hook.events.create(event_type=event)


def stop_listening() -> None:
    """Take that other one away."""
    App.objects.filter(name="Listener").delete()


def _recorded() -> int:
    store_id = Installation.objects.get(name="dashboard").store_id
    return int(graphene.Node.from_global_id(store_id)[1])


DO = {
    "tidy": tidy,
    "install": extension_app.install,
    "remove": extension_app.remove,
    **{
        work.__name__: work
        for work in (spoil, no_widget, expire, never_made, crowd, impostor, expel, listen, stop_listening)
    },
}


def seen() -> dict[str, object]:
    """Give all that the tests ask for."""
    apps = App.objects.filter(identifier=IDENTIFIER, removed_at=None).order_by("pk")
    return {
        "state": str(extension_app.standing().state),
        "apps": [_app(app) for app in apps],
        "deliveries": EventDelivery.objects.filter(event_type__in=LIFECYCLE).count(),
    }


def _app(app: App) -> dict[str, object]:
    return {
        "name": app.name,
        "active": app.is_active,
        "url": app.app_url,
        "permissions": sorted(app.permissions.values_list("codename", flat=True)),
        "entries": list(app.extensions.order_by("pk").values_list("url", "label", "mount", "target")),
        "identifiers": [getattr(row, "identifier", None) for row in app.extensions.order_by("pk")],
        "seen_with": _codes(app.extensions.exclude(target="widget")),
        "widgets": [[row.http_target_method, row.settings] for row in app.extensions.filter(target="widget")],
        "widgets_with": _codes(app.extensions.filter(target="widget")),
    }


def _codes(rows: QuerySet[AppExtension]) -> list[str]:
    return sorted(set(rows.values_list("permissions__codename", flat=True)), key=str)


for line in sys.stdin:
    asked = json.loads(line)
    forget()
    ours_only = {f"SALEOR_CUSTOM_EVENTS_{name}": value for name, value in asked["settings"].items()}
    with override_settings(**ours_only):
        for name in asked["do"]:
            DO[name]()
        print(json.dumps(seen()), flush=True)
