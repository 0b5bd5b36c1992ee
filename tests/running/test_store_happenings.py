"""From what happened in the store to the events that it fires."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from saleor_custom_events.firing.store_happenings import forget, happened, note
from saleor_custom_events.host import current_host, install_host
from saleor_custom_events.hosts.sandbox.host import SandboxHost
from saleor_custom_events.hosts.sandbox.models import Checkout, Order, User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import CustomEvent, Invocation, Occurrence, Refusal, StoreHappening
from saleor_custom_events.running.store_happenings import fire_due
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import ObjectKind, StoreObject

pytestmark = pytest.mark.django_db

ABANDONED = {"kind": "checkoutAbandoned", "minutes": 60}


@pytest.fixture(autouse=True)
def nobody_is_known_to_listen() -> None:
    forget()


def event_fired_by(*happenings: dict[str, Any], **more: Any) -> CustomEvent:
    number = CustomEvent.objects.count() + 1
    event: CustomEvent = CustomEvent.objects.create(
        name=f"Event {number}", slug=f"event-{number}", happenings=list(happenings), **more
    )
    forget()
    return event


def placed_order(**columns: Any) -> Order:
    return Order.objects.create(
        **{
            "user_email": "anna@example.com",
            "status": "unfulfilled",
            "currency": "PLN",
            "total_gross_amount": "59.900",
            **columns,
        }
    )


def filled_checkout(**columns: Any) -> Checkout:
    return Checkout.objects.create(**{"email": "anna@example.com", "lines": 2, **columns})


def tell(kind: HappeningKind, row: Any, **more: Any) -> None:
    happened(kind, global_id(kind.of, row.pk), **more)


def time_passes(minutes: int) -> None:
    """Let rows be as they will be then."""
    gone = timedelta(minutes=minutes)
    StoreHappening.objects.update(due_at=F("due_at") - gone, happened_at=F("happened_at") - gone)


def long_ago() -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC)


def occurrences(event: CustomEvent) -> list[Occurrence]:
    return list(Occurrence.objects.filter(event=event).select_related("data_fields").order_by("occurred_at"))


def test_an_order_fires_the_event_that_is_fired_by_it() -> None:
    event, order = event_fired_by({"kind": "orderCreated"}), placed_order()
    tell(HappeningKind.ORDER_CREATED, order)
    fire_due(1)
    (occurrence,) = occurrences(event)
    assert (occurrence.customer_email, occurrence.identity) == ("anna@example.com", "trusted")
    assert (occurrence.caller_kind, occurrence.caller_id) == ("store", "store")
    fields = {field["name"]: (field["type"], field["value"]) for field in occurrence.data_fields.fields}
    assert fields["total"] == ("Money", {"amount": "59.900", "currency": "PLN"})
    assert fields["order"][1] == global_id("Order", order.pk)
    assert Invocation.objects.get().reason == "SKIPPED_NO_SCENARIO"
    assert not StoreHappening.objects.exists()


def test_what_nobody_listens_to_is_not_written_and_asks_nothing_for_a_second(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    event_fired_by({"kind": "orderCreated"})
    order = placed_order()
    tell(HappeningKind.ORDER_CANCELLED, order)
    with django_assert_num_queries(0):
        for _ in range(50):
            tell(HappeningKind.ORDER_CANCELLED, order)
    assert not StoreHappening.objects.exists()


def test_an_event_that_declares_fields_gets_those_and_no_others() -> None:
    declared = [{"name": "number", "type": "String"}, {"name": "note", "type": "Text"}]
    event = event_fired_by({"kind": "orderCreated"}, declared_fields=declared, violations="reject")
    tell(HappeningKind.ORDER_CREATED, placed_order())
    fire_due(1)
    (occurrence,) = occurrences(event)
    assert [field["name"] for field in occurrence.data_fields.fields] == ["number"]


def test_an_archived_event_is_not_fired() -> None:
    event = event_fired_by({"kind": "orderCreated"})
    tell(HappeningKind.ORDER_CREATED, placed_order())
    CustomEvent.objects.update(archived_at="2026-01-01T00:00Z")
    fire_due(1)
    assert occurrences(event) == []


def test_what_a_later_release_noted_is_left_for_it_and_keeps_nothing_waiting() -> None:
    event = event_fired_by({"kind": "orderCreated"})
    tell(HappeningKind.ORDER_CREATED, placed_order())
    StoreHappening.objects.create(
        kind="orderDreamtOf",
        object_id="T3JkZXI6MQ==",
        happened_at=long_ago(),
        due_at=long_ago(),
        attempts=0,
        revision=1,
    )
    fire_due(1)
    assert len(occurrences(event)) == 1
    assert StoreHappening.objects.get().kind == "orderDreamtOf"


def test_one_happening_fires_every_event_that_is_fired_by_it() -> None:
    events = [event_fired_by({"kind": "orderCreated"}), event_fired_by({"kind": "orderPaid"}, {"kind": "orderCreated"})]
    tell(HappeningKind.ORDER_CREATED, placed_order())
    fire_due(1)
    assert [len(occurrences(event)) for event in events] == [1, 1]


def test_what_there_is_one_of_fires_once_however_often_the_store_tells_of_it() -> None:
    event, order = event_fired_by({"kind": "orderCreated"}), placed_order()
    tell(HappeningKind.ORDER_CREATED, order)
    tell(HappeningKind.ORDER_CREATED, order)
    fire_due(1)
    order.status = "fulfilled"
    order.save()
    tell(HappeningKind.ORDER_CREATED, order)
    fire_due(1)
    assert len(occurrences(event)) == 1
    assert not Refusal.objects.exists()


def test_what_may_come_again_fires_again() -> None:
    event, order = event_fired_by({"kind": "orderPaid"}), placed_order()
    tell(HappeningKind.ORDER_PAID, order)
    tell(HappeningKind.ORDER_PAID, order)
    fire_due(1)
    assert len(occurrences(event)) == 2


def test_many_changes_of_a_cart_are_one_row() -> None:
    event, checkout = event_fired_by({"kind": "checkoutUpdated"}), filled_checkout()
    for _ in range(5):
        tell(HappeningKind.CHECKOUT_UPDATED, checkout)
    assert StoreHappening.objects.get().revision == 5
    fire_due(1)
    assert len(occurrences(event)) == 1
    tell(HappeningKind.CHECKOUT_UPDATED, checkout)
    fire_due(1)
    assert len(occurrences(event)) == 2


def test_a_checkout_that_is_left_alone_counts_as_abandoned_once() -> None:
    event, checkout = event_fired_by(ABANDONED), filled_checkout()
    tell(HappeningKind.CHECKOUT_CREATED, checkout)
    time_passes(59)
    tell(HappeningKind.CHECKOUT_UPDATED, checkout)
    time_passes(59)
    fire_due(1)
    assert occurrences(event) == []
    time_passes(2)
    fire_due(1)
    time_passes(600)
    fire_due(1)
    (occurrence,) = occurrences(event)
    assert occurrence.customer_email == "anna@example.com"


def test_a_checkout_that_is_left_alone_again_is_abandoned_again() -> None:
    event, checkout = event_fired_by(ABANDONED), filled_checkout()
    for _ in range(2):
        tell(HappeningKind.CHECKOUT_UPDATED, checkout)
        time_passes(61)
        fire_due(1)
    assert len(occurrences(event)) == 2


def test_every_event_waits_as_long_as_it_says() -> None:
    soon = event_fired_by({"kind": "checkoutAbandoned", "minutes": 5})
    late = event_fired_by({"kind": "checkoutAbandoned", "minutes": 1440})
    tell(HappeningKind.CHECKOUT_UPDATED, filled_checkout())
    time_passes(6)
    fire_due(1)
    assert (len(occurrences(soon)), len(occurrences(late))) == (1, 0)
    time_passes(1440)
    fire_due(1)
    assert (len(occurrences(soon)), len(occurrences(late))) == (1, 1)


@pytest.mark.parametrize("became", ["an order", "empty"])
def test_a_checkout_that_was_taken_care_of_was_not_abandoned(became: str) -> None:
    event, checkout = event_fired_by(ABANDONED), filled_checkout()
    tell(HappeningKind.CHECKOUT_UPDATED, checkout)
    if became == "an order":
        checkout.delete()
    else:
        Checkout.objects.update(lines=0)
    time_passes(61)
    fire_due(1)
    assert occurrences(event) == []
    assert not StoreHappening.objects.exists()
    assert not Refusal.objects.exists()


def test_an_abandoned_checkout_of_nobody_is_counted_as_refused() -> None:
    event = event_fired_by(ABANDONED)
    tell(HappeningKind.CHECKOUT_UPDATED, filled_checkout(email=None))
    time_passes(61)
    fire_due(1)
    assert occurrences(event) == []
    assert (Refusal.objects.get().event_id, Refusal.objects.get().code) == (event.pk, "NOBODY_NAMED")


def test_somebody_who_was_deleted_is_told_of_as_they_were() -> None:
    event = event_fired_by({"kind": "customerDeleted"})
    remembered = {"email": "Gone@Example.com", "firstName": "Ada", "lastName": "", "languageCode": "pl"}
    happened(HappeningKind.CUSTOMER_DELETED, global_id("User", 4711), remembered=remembered)
    fire_due(1)
    (occurrence,) = occurrences(event)
    assert (occurrence.customer_email, occurrence.customer_id) == ("gone@example.com", None)
    assert [field["name"] for field in occurrence.data_fields.fields] == ["firstName", "languageCode"]


def test_somebody_who_was_made_and_gone_at_once_fires_nothing() -> None:
    event = event_fired_by({"kind": "customerCreated"})
    happened(HappeningKind.CUSTOMER_CREATED, global_id("User", 4711))
    fire_due(1)
    assert occurrences(event) == []


class TestMetadata:
    """The store says that metadata changed, not which."""

    @pytest.fixture
    def user(self) -> User:
        return User.objects.create_user("anna@example.com")

    @pytest.fixture
    def event(self) -> CustomEvent:
        return event_fired_by({"kind": "customerMetadataChanged", "keys": ["tier", "size"]})

    def changed(self, user: User, **metadata: str) -> None:
        tell(HappeningKind.CUSTOMER_METADATA_CHANGED, user, metadata=metadata)
        fire_due(1)

    def told(self, event: CustomEvent) -> list[tuple[str | None, str | None]]:
        found = []
        for one in occurrences(event):
            fields = {field["name"]: field["value"] for field in one.data_fields.fields}
            found.append((fields.get("key"), fields.get("value")))
        return found

    def test_a_chosen_key_fires_when_its_value_is_another(self, user: User, event: CustomEvent) -> None:
        self.changed(user, tier="gold")
        self.changed(user, tier="gold", other="1")
        self.changed(user, tier="silver")
        self.changed(user, tier="gold")
        assert self.told(event) == [("tier", "gold"), ("tier", "silver"), ("tier", "gold")]

    def test_a_key_that_goes_is_a_change(self, user: User, event: CustomEvent) -> None:
        self.changed(user, tier="gold")
        self.changed(user)
        self.changed(user)
        assert self.told(event) == [("tier", "gold"), ("tier", None)]

    def test_two_keys_that_change_at_once_fire_one_by_one(self, user: User, event: CustomEvent) -> None:
        self.changed(user, tier="gold", size="M")
        assert sorted(self.told(event)) == [("size", "M"), ("tier", "gold")]

    def test_another_key_fires_nothing_and_is_not_kept(self, user: User, event: CustomEvent) -> None:
        tell(HappeningKind.CUSTOMER_METADATA_CHANGED, user, metadata={"secret": "1"})
        assert StoreHappening.objects.get().remembered == {"metadata": {}}
        fire_due(1)
        assert self.told(event) == []

    def test_changes_that_came_quickly_fire_each_with_its_value(self, user: User, event: CustomEvent) -> None:
        for tier in ("gold", "silver"):
            tell(HappeningKind.CUSTOMER_METADATA_CHANGED, user, metadata={"tier": tier})
        fire_due(1)
        assert self.told(event) == [("tier", "gold"), ("tier", "silver")]


class Unreadable(SandboxHost):
    """A store whose gift cards cannot be read."""

    def store_objects(self, kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
        if kind is ObjectKind.GIFT_CARD:
            raise ValueError("A gift card is not what it was")
        return super().store_objects(kind, ids)


class TestFaults:
    """A hook does no harm, and what it noted happens once."""

    def test_what_cannot_be_read_is_tried_ten_times_and_keeps_nothing_waiting(self) -> None:
        event = event_fired_by({"kind": "orderPaid"}, {"kind": "giftCardCreated"})
        happened(HappeningKind.GIFT_CARD_CREATED, global_id("GiftCard", 1))
        tell(HappeningKind.ORDER_PAID, placed_order())
        before = current_host()
        install_host(Unreadable())
        try:
            for tries in range(1, 10):
                fire_due(1)
                assert len(occurrences(event)) == 1
                assert StoreHappening.objects.get().attempts == tries
                time_passes(1)
            fire_due(1)
        finally:
            install_host(before)
        assert not StoreHappening.objects.exists()

    def away(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE saleor_custom_events_storehappening RENAME TO elsewhere")

    def test_without_our_table_the_transaction_of_the_shop_goes_on(self) -> None:
        event_fired_by({"kind": "orderCreated"})
        self.away()
        with transaction.atomic():
            order = placed_order()
            tell(HappeningKind.ORDER_CREATED, order)
            order.status = "canceled"
            order.save()
        assert Order.objects.get().status == "canceled"

    @pytest.mark.django_db(transaction=True)
    def test_without_our_table_a_shop_without_a_transaction_goes_on(self) -> None:
        event_fired_by({"kind": "orderCreated"})
        self.away()
        try:
            tell(HappeningKind.ORDER_CREATED, placed_order())
            assert Order.objects.count() == 1
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE elsewhere RENAME TO saleor_custom_events_storehappening")

    def test_whoever_can_say_it_again_hears_that_nobody_knows_who_listens(self) -> None:
        """Also a moment after a hook found that out, when hooks do not ask again."""
        event_fired_by({"kind": "backInStock"})
        variant = global_id("ProductVariant", 1)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE saleor_custom_events_scenario RENAME TO elsewhere")
            happened(HappeningKind.BACK_IN_STOCK, variant)
            with pytest.raises(ProgrammingError):
                note(HappeningKind.BACK_IN_STOCK, variant, remembered={"mark": "1"})
            cursor.execute("ALTER TABLE elsewhere RENAME TO saleor_custom_events_scenario")
        assert not StoreHappening.objects.exists()
        note(HappeningKind.BACK_IN_STOCK, variant, remembered={"mark": "1"})
        assert StoreHappening.objects.exists()

    def test_the_shops_own_transaction_still_waits_for_the_disk(self) -> None:
        event_fired_by({"kind": "orderCreated"})
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")
            tell(HappeningKind.ORDER_CREATED, placed_order())
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        assert StoreHappening.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_what_is_noted_by_itself_leaves_the_connection_as_it_was(self) -> None:
        event_fired_by({"kind": "orderCreated"})
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO on")
            tell(HappeningKind.ORDER_CREATED, placed_order())
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
            cursor.execute("RESET synchronous_commit")
        assert StoreHappening.objects.exists()

    def test_in_a_transaction_that_is_broken_already_nothing_is_raised(self) -> None:
        event_fired_by({"kind": "orderCreated"})
        order = placed_order()
        with transaction.atomic():
            transaction.set_rollback(True)
            tell(HappeningKind.ORDER_CREATED, order)
        assert not StoreHappening.objects.exists()

    def test_a_change_while_a_worker_looks_is_not_lost(self) -> None:
        event, checkout = event_fired_by({"kind": "checkoutUpdated"}), filled_checkout()
        tell(HappeningKind.CHECKOUT_UPDATED, checkout)
        row = StoreHappening.objects.get()
        # As a claim leaves it; the next word of the store finds it in a worker's hands.
        StoreHappening.objects.update(due_at=F("due_at") + timedelta(minutes=1), attempts=1)
        tell(HappeningKind.CHECKOUT_UPDATED, checkout)
        assert StoreHappening.objects.get().revision == row.revision + 1
        fire_due(1)
        assert len(occurrences(event)) == 1

    def test_what_a_dead_worker_had_taken_comes_again_and_fires_once(self) -> None:
        event = event_fired_by({"kind": "orderPaid"})
        tell(HappeningKind.ORDER_PAID, placed_order())
        StoreHappening.objects.update(due_at=F("due_at") + timedelta(minutes=1), attempts=1)
        fire_due(1)
        assert occurrences(event) == []
        time_passes(1)
        fire_due(1)
        fire_due(1)
        assert len(occurrences(event)) == 1

    def test_while_the_plugin_is_off_what_was_noted_is_held(self, settings: Any) -> None:
        from saleor_custom_events.hosts.sandbox.models import Plugin

        event = event_fired_by({"kind": "orderPaid"})
        tell(HappeningKind.ORDER_PAID, placed_order())
        plugin = Plugin.objects.create(identifier="custom-events", active=False)
        fire_due(1)
        assert occurrences(event) == []
        plugin.delete()
        fire_due(1)
        assert len(occurrences(event)) == 1
