"""The app by which the store's dashboard knows us: made without any hand, kept right, and left alone where a
merchant decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from django.db import transaction

from saleor_custom_events import __version__
from saleor_custom_events.conf import settings
from saleor_custom_events.extension.records import locked, put_right
from saleor_custom_events.host import current_host
from saleor_custom_events.models import Installation
from saleor_custom_events.store.dashboard import DashboardApp, DashboardEntry, Target

RECORD = "dashboard"
#: What the store calls it.
IDENTIFIER = "saleor.custom-events"
#: Below the store's address. Built into the extension as well (`base` in its `vite.config.ts`).
ADDRESS = "/plugins/global/custom-events/dashboard"
AUTHOR = "The saleor-custom-events authors"
#: Texts by language: the dashboard shows them as they are and knows no translations of an app's.
NAMES = {"en": "Custom events", "pl": "Zdarzenia niestandardowe"}
DESCRIPTIONS = {
    "en": "Events of your own, scenarios that start when the storefront fires them, and a log of every run.",
    "pl": "Własne zdarzenia, scenariusze, które startują po ich wysłaniu, i log każdego przebiegu.",
}
#: In the order of the navigation.
LABELS = {
    "events": NAMES,
    "scenarios": {"en": "Scenarios", "pl": "Scenariusze"},
    "log": {"en": "Event log", "pl": "Log zdarzeń"},
}
LANGUAGES = tuple(NAMES)
#: On a customer's page, where the dashboard's version has it.
CUSTOMER_MOUNT = "customer_details_widgets"
#: The section of the dashboard's navigation that a permission opens; there are no others for apps.
SECTIONS = {
    "MANAGE_PRODUCTS": "navigation_catalog",
    "MANAGE_GIFT_CARD": "navigation_catalog",
    "MANAGE_ORDERS": "navigation_orders",
    "MANAGE_USERS": "navigation_customers",
    "MANAGE_STAFF": "navigation_customers",
    "MANAGE_DISCOUNTS": "navigation_discounts",
    "MANAGE_PAGES": "navigation_pages",
    "MANAGE_MENUS": "navigation_pages",
    "MANAGE_TRANSLATIONS": "navigation_translations",
}
ELSEWHERE = "navigation_discounts"


class State(StrEnum):
    """How the app stands in the store's dashboard."""

    NEVER_MADE = "never made"
    RIGHT = "right"
    DIFFERENT = "different"
    #: Not active since the plugin is not.
    INACTIVE = "inactive"
    #: Somebody switched the app off while the plugin is on.
    SWITCHED_OFF = "switched off"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The app as it stands: what an operator wants to know."""

    state: State
    #: Where the dashboard finds us, or ought to.
    url: str
    #: What differs from what it ought to be, by the names of `DashboardApp`.
    differences: tuple[str, ...] = ()


def wanted_app() -> DashboardApp:
    """Give the app as it ought to be now: by the store's address, the plugin's switch and the settings."""
    host, language = current_host(), settings.NAVIGATION_LANGUAGE
    permission = settings.PERMISSION_DEFINE
    return DashboardApp(
        name=_in(language, NAMES),
        description=_in(language, DESCRIPTIONS),
        version=__version__,
        author=AUTHOR,
        url=host.public_url() + ADDRESS,
        is_active=host.is_active(),
        permissions=frozenset({permission, settings.PERMISSION_CUSTOMERS, settings.PERMISSION_OPERATE}),
        entries=(*_navigation(language), *(_widgets(language) if host.has_customer_widgets() else ())),
    )


def _navigation(language: str) -> Iterator[DashboardEntry]:
    permission = settings.PERMISSION_DEFINE
    for name, labels in LABELS.items():
        yield DashboardEntry(
            identifier=name,
            label=_in(language, labels),
            path=f"/{name}",
            mount=SECTIONS.get(permission, ELSEWHERE),
            target=Target.PAGE,
            permissions=frozenset({permission}),
        )


def _widgets(language: str) -> Iterator[DashboardEntry]:
    # Whoever lacks one of them is given no token, so that nobody could tell the page which it needs: its address does.
    needed = frozenset({settings.PERMISSION_DEFINE, settings.PERMISSION_CUSTOMERS})
    yield DashboardEntry(
        identifier="customer",
        label=_in(language, NAMES),
        path=f"/customer?needs={','.join(sorted(needed))}",
        mount=CUSTOMER_MOUNT,
        target=Target.WIDGET,
        permissions=needed,
    )


def keep() -> None:
    """Make the app where there never was one, and put right what differs; after `migrate`, a change of the plugin,
    and now and then.

    Whoever removed the app, or switched it off while the plugin is on, is not overruled. Never raises: a shop
    and its migration go on without our entries in the navigation.
    """
    put_right(_keep, thing="The app of the dashboard")


def _keep() -> None:
    record = locked(RECORD)
    if record.removed:
        return
    found = current_host().dashboard_app(record.store_id) if record.store_id else None
    if record.store_id and found is None:
        record.removed = True
        record.save()
        return
    wanted = wanted_app()
    if found is not None and _is_switched_off(record, found):
        wanted = replace(wanted, is_active=False)
    else:
        record.left_active = wanted.is_active
    _put(record, found, wanted)


def install() -> None:
    """Make the app or put it right, whatever somebody did to it. Raises what the store raises."""
    with transaction.atomic():
        record = locked(RECORD)
        found = current_host().dashboard_app(record.store_id) if record.store_id else None
        wanted = wanted_app()
        record.removed, record.left_active = False, wanted.is_active
        _put(record, found, wanted)


def remove() -> bool:
    """Remove the app, until `install`. Says whether it was there."""
    with transaction.atomic():
        record = locked(RECORD)
        was_there = current_host().remove_dashboard_app(record.store_id)
        record.removed = True
        record.save()
    return was_there


def standing() -> Standing:
    """Say how the app stands. Changes nothing."""
    wanted = wanted_app()
    record = Installation.objects.filter(name=RECORD).first() or Installation(name=RECORD)
    found = current_host().dashboard_app(record.store_id) if record.store_id else None
    if found is None:
        gone = record.removed or bool(record.store_id)
        return Standing(state=State.REMOVED if gone else State.NEVER_MADE, url=wanted.url)
    if _is_switched_off(record, found):
        return Standing(state=State.SWITCHED_OFF, url=found.url)
    if differences := _differences(found, wanted):
        return Standing(state=State.DIFFERENT, url=wanted.url, differences=differences)
    return Standing(state=State.RIGHT if found.is_active else State.INACTIVE, url=found.url)


def _put(record: Installation, found: DashboardApp | None, wanted: DashboardApp) -> None:
    if found != wanted:
        record.store_id = current_host().save_dashboard_app(record.store_id, wanted)
    record.save()


def _is_switched_off(record: Installation, found: DashboardApp) -> bool:
    return record.left_active and not found.is_active


def _differences(found: DashboardApp, wanted: DashboardApp) -> tuple[str, ...]:
    names = (field.name for field in fields(DashboardApp))
    return tuple(name for name in names if getattr(found, name) != getattr(wanted, name))


def _in(language: str, texts: dict[str, str]) -> str:
    return texts.get(language, texts["en"])
