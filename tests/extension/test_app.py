"""The app by which the store's dashboard knows us: made once, kept right, and not forced on anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from saleor_custom_events.checks import check_settings
from saleor_custom_events.extension import app
from saleor_custom_events.extension.app import State
from saleor_custom_events.host import current_host, install_host
from saleor_custom_events.hosts.sandbox.host import SandboxHost
from saleor_custom_events.hosts.sandbox.models import App, Plugin, User
from saleor_custom_events.hosts.sandbox.tokens import user_token
from saleor_custom_events.models import Installation
from saleor_custom_events.running.status import check_of_dashboard
from saleor_custom_events.tasks import tidy

WIDGET = "/customer?needs=MANAGE_DISCOUNTS,MANAGE_USERS"
PATHS = ["/events", "/scenarios", "/log", WIDGET]


def ours() -> App:
    return App.objects.get(identifier=app.IDENTIFIER)


def entries() -> list[tuple[str, str]]:
    return list(ours().extensions.order_by("pk").values_list("url", "label"))


def navigation(made: App) -> set[tuple[str, str]]:
    return set(made.extensions.exclude(url__startswith="/customer").values_list("mount", "target"))


def count() -> int:
    return App.objects.filter(identifier=app.IDENTIFIER).count()


class StoreWithoutWidgets(SandboxHost):
    """A store as old as Saleor 3.21."""

    def has_customer_widgets(self) -> bool:
        return False


@pytest.fixture
def kept(db: None) -> App:
    """The app as `migrate` has left it."""
    app.keep()
    return ours()


@pytest.fixture
def never_made(db: None) -> None:
    """A store in which nobody ever made it."""
    App.objects.filter(identifier=app.IDENTIFIER).delete()
    Installation.objects.all().delete()


class TestMaking:
    def test_it_is_made_where_there_never_was_one(self, never_made: None, settings):
        assert app.standing().state is State.NEVER_MADE
        app.keep()
        assert app.standing().state is State.RIGHT
        assert ours().app_url == f"{settings.PUBLIC_URL}/plugins/global/custom-events/dashboard"
        assert entries() == [
            ("/events", "Custom events"),
            ("/scenarios", "Scenarios"),
            ("/log", "Event log"),
            (WIDGET, "Custom events"),
        ]

    def test_it_holds_exactly_our_permissions_and_no_token(self, kept: App):
        assert kept.permissions == ["MANAGE_DISCOUNTS", "MANAGE_PLUGINS", "MANAGE_USERS"]
        assert kept.token_digest is None
        assert {tuple(entry.permissions) for entry in kept.extensions.exclude(url=WIDGET)} == {("MANAGE_DISCOUNTS",)}
        assert kept.extensions.get(url=WIDGET).permissions == ["MANAGE_DISCOUNTS", "MANAGE_USERS"]

    def test_keeping_it_again_changes_nothing(self, kept: App):
        ids = list(kept.extensions.values_list("pk", flat=True))
        app.keep()
        assert count() == 1
        assert list(ours().extensions.values_list("pk", flat=True)) == ids

    def test_the_entries_stand_in_the_section_that_the_permission_opens(self, kept: App, settings):
        assert navigation(kept) == {("navigation_discounts", "app_page")}
        settings.SALEOR_CUSTOM_EVENTS_PERMISSION_DEFINE = "MANAGE_PAGES"
        app.keep()
        assert navigation(ours()) == {("navigation_pages", "app_page")}
        assert ours().permissions == ["MANAGE_PAGES", "MANAGE_PLUGINS", "MANAGE_USERS"]

    def test_the_entries_are_in_the_language_of_the_setting(self, kept: App, settings):
        settings.SALEOR_CUSTOM_EVENTS_NAVIGATION_LANGUAGE = "pl"
        app.keep()
        assert ours().name == "Zdarzenia niestandardowe"
        assert [label for _, label in entries()] == [
            "Zdarzenia niestandardowe",
            "Scenariusze",
            "Log zdarzeń",
            "Zdarzenia niestandardowe",
        ]

    def test_another_language_is_an_error_of_the_check_and_english_meanwhile(self, kept: App, settings):
        settings.SALEOR_CUSTOM_EVENTS_NAVIGATION_LANGUAGE = "de"
        assert "saleor_custom_events.E005" in {found.id for found in check_settings(None)}
        app.keep()
        assert ours().name == "Custom events"


class TestCustomerWidget:
    def test_it_stands_on_a_customers_page_as_a_widget(self, kept: App):
        widget = kept.extensions.get(url=WIDGET)
        assert (widget.mount, widget.target) == ("customer_details_widgets", "widget")

    def test_its_address_says_which_permissions_it_needs(self, kept: App, settings):
        settings.SALEOR_CUSTOM_EVENTS_PERMISSION_DEFINE = "MANAGE_PAGES"
        settings.SALEOR_CUSTOM_EVENTS_PERMISSION_CUSTOMERS = "MANAGE_ORDERS"
        app.keep()
        widget = ours().extensions.get(mount="customer_details_widgets")
        assert widget.url == "/customer?needs=MANAGE_ORDERS,MANAGE_PAGES"
        assert widget.permissions == ["MANAGE_ORDERS", "MANAGE_PAGES"]

    def test_an_app_from_before_there_was_one_is_given_it(self, kept: App):
        kept.extensions.get(url=WIDGET).delete()
        assert app.standing().differences == ("entries",)
        tidy()
        assert app.standing().state is State.RIGHT
        assert [path for path, _ in entries()] == PATHS

    def test_one_that_somebody_moved_elsewhere_is_put_back(self, kept: App):
        kept.extensions.filter(url=WIDGET).update(target="popup", permissions=["MANAGE_USERS"])
        assert app.standing().state is State.DIFFERENT
        tidy()
        assert app.standing().state is State.RIGHT

    def test_a_store_whose_dashboard_has_no_widgets_gets_none_and_loses_those_it_had(self, kept: App):
        install_host(StoreWithoutWidgets())
        try:
            app.keep()
            assert app.standing().state is State.RIGHT
            assert [path for path, _ in entries()] == PATHS[:3]
        finally:
            install_host(SandboxHost())


class TestPuttingRight:
    def test_beat_puts_right_what_differs(self, kept: App):
        App.objects.filter(pk=kept.pk).update(app_url="https://elsewhere.example", permissions=["MANAGE_APPS"])
        kept.extensions.get(url="/scenarios").delete()
        assert app.standing().state is State.DIFFERENT
        assert app.standing().differences == ("url", "permissions", "entries")
        tidy()
        assert app.standing().state is State.RIGHT
        assert [path for path, _ in entries()] == PATHS
        assert ours().permissions == ["MANAGE_DISCOUNTS", "MANAGE_PLUGINS", "MANAGE_USERS"]

    def test_it_follows_the_stores_address(self, kept: App, settings):
        settings.PUBLIC_URL = "https://moved.example"
        app.keep()
        assert ours().app_url == "https://moved.example/plugins/global/custom-events/dashboard"
        assert ours().pk == kept.pk

    def test_it_follows_the_plugins_switch_as_the_merchant_uses_it(self, kept: App, client: Client):
        boss = User.objects.create(email="boss@example.com", is_staff=True, permissions=["MANAGE_PLUGINS"])
        for active in (False, True):
            query = """mutation ($active: Boolean!) {
              pluginUpdate(id: "custom-events", input: {active: $active}) { errors { code } } }"""
            client.post(
                "/graphql/",
                json.dumps({"query": query, "variables": {"active": active}}),
                content_type="application/json",
                headers={"Authorization": f"Bearer {user_token(boss)}"},
            )
            assert ours().is_active is active
            assert app.standing().state is (State.RIGHT if active else State.INACTIVE)


class TestLeavingAlone:
    def test_an_app_that_somebody_removed_stays_away(self, kept: App):
        kept.delete()
        for _ in range(2):
            tidy()
            assert count() == 0
        assert app.standing().state is State.REMOVED

    def test_an_app_that_somebody_switched_off_stays_off_and_is_kept_right(self, kept: App, settings):
        App.objects.filter(pk=kept.pk).update(is_active=False)
        settings.PUBLIC_URL = "https://moved.example"
        tidy()
        assert ours().is_active is False
        assert ours().app_url.startswith("https://moved.example/")
        assert app.standing().state is State.SWITCHED_OFF

    def test_the_plugins_switch_does_not_undo_that(self, kept: App):
        App.objects.filter(pk=kept.pk).update(is_active=False)
        app.keep()
        plugin = Plugin.objects.create(identifier="custom-events", active=False)
        app.keep()
        plugin.delete()
        app.keep()
        assert ours().is_active is False

    def test_somebody_who_switches_it_on_again_is_heard(self, kept: App):
        App.objects.filter(pk=kept.pk).update(is_active=False)
        app.keep()
        App.objects.filter(pk=kept.pk).update(is_active=True)
        app.keep()
        assert app.standing().state is State.RIGHT

    def test_an_app_of_our_name_that_we_did_not_make_gets_nothing_of_ours(self, never_made: None):
        """Whoever may install apps could choose the identifier, and hold its tokens."""
        impostor = App.objects.create(name="Impostor", identifier=app.IDENTIFIER, permissions=["MANAGE_APPS"])
        app.keep()
        impostor.refresh_from_db()
        assert (impostor.name, impostor.permissions) == ("Impostor", ["MANAGE_APPS"])
        assert app.standing().state is State.RIGHT
        assert count() == 2

    def test_switched_off_by_the_operator_nothing_is_done(self, never_made: None, settings):
        settings.SALEOR_CUSTOM_EVENTS_DISABLED = True
        app.keep()
        assert count() == 0


class TestCommand:
    def do(self, what: str) -> str:
        out = StringIO()
        call_command("custom_events_dashboard", what, stdout=out)
        return out.getvalue()

    def test_install_brings_back_what_was_removed(self, kept: App, built: object):
        kept.delete()
        app.keep()
        assert "somebody removed the app" in self.do("status")
        assert "/plugins/global/custom-events/dashboard" in self.do("install")
        assert app.standing().state is State.RIGHT

    def test_install_switches_on_what_was_switched_off(self, kept: App, built: object):
        App.objects.filter(pk=kept.pk).update(is_active=False)
        assert "somebody switched the app off" in self.do("status")
        self.do("install")
        assert ours().is_active is True

    def test_remove_is_for_good(self, kept: App):
        assert self.do("remove").strip() == "removed"
        tidy()
        assert count() == 0

    def test_remove_before_it_was_ever_made_is_remembered(self, never_made: None):
        assert "none" in self.do("remove")
        app.keep()
        assert count() == 0

    def test_status_fails_where_something_is_wrong(self, kept: App, built: object):
        App.objects.filter(pk=kept.pk).update(app_url="https://elsewhere.example")
        with pytest.raises(CommandError, match="dashboard"):
            self.do("status")

    def test_switched_off_by_the_operator_it_refuses(self, kept: App, settings):
        settings.SALEOR_CUSTOM_EVENTS_DISABLED = True
        with pytest.raises(CommandError, match="DISABLED"):
            self.do("install")


class TestStatus:
    def test_what_is_right(self, kept: App, built: object):
        assert check_of_dashboard().ok

    def test_an_extension_that_is_not_built(self, kept: App, folder: object):
        check = check_of_dashboard()
        assert not check.ok
        assert "make dashboard" in check.mend

    def test_an_app_that_was_never_made(self, never_made: None, built: object):
        check = check_of_dashboard()
        assert not check.ok
        assert "custom_events_dashboard install" in check.mend

    def test_an_app_with_another_address(self, kept: App, built: object, settings):
        settings.PUBLIC_URL = "https://moved.example"
        check = check_of_dashboard()
        assert not check.ok
        assert "url" in check.state

    def test_whoever_removed_it_meant_it(self, kept: App, built: object):
        app.remove()
        assert check_of_dashboard().ok


def test_a_store_that_refuses_breaks_no_migration(never_made: None, caplog: pytest.LogCaptureFixture):
    """A name that is longer than the store takes; the transaction around it goes on."""
    with transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, caplog.at_level(logging.ERROR):
            patch.setitem(app.NAMES, "en", "x" * 100)
            app.keep()
            with pytest.raises(DatabaseError), transaction.atomic():
                app.install()
        assert count() == 0
    assert "could not be made" in caplog.text
    app.keep()
    assert count() == 1


@pytest.fixture
def migrated(transactional_db: None) -> Iterator[MigrationExecutor]:
    """A database whose migrations a test may undo; all are applied again afterwards."""
    yield MigrationExecutor(connection)
    latest = MigrationExecutor(connection)
    latest.migrate(latest.loader.graph.leaf_nodes())


def test_many_processes_at_once_make_one(transactional_db: None):
    App.objects.all().delete()
    Installation.objects.all().delete()

    def one(number: int) -> None:
        app.keep()
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert count() == 1
    assert [path for path, _ in entries()] == PATHS
    assert Installation.objects.get().store_id


def test_migrate_makes_it(transactional_db: None):
    App.objects.all().delete()
    Installation.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert [path for path, _ in entries()] == PATHS


def test_undoing_our_tables_takes_it_away_and_a_migrate_without_them_is_quiet(
    migrated: MigrationExecutor, caplog: pytest.LogCaptureFixture
):
    app.keep()
    assert count() == 1
    call_command("migrate", "saleor_custom_events", "0003", verbosity=0)
    assert count() == 0
    call_command("migrate", "saleor_custom_events", "0003", verbosity=0)
    assert caplog.records == []
    call_command("migrate", verbosity=0)
    assert count() == 1
    assert current_host().dashboard_app(Installation.objects.get().store_id) is not None
