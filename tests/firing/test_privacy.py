"""What is kept of a data field is decided before anything is stored, and everybody sees what is kept."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import fire_many
from saleor_custom_events.firing.privacy import hashed, masked
from saleor_custom_events.models import CustomEvent, DataFields, IdempotencyKey, Invocation, Occurrence
from saleor_custom_events.scenarios.values import Money
from tests.firing.test_firing import fired, refused
from tests.shop import TRUSTED, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def declared(privacy: str, type: str = "String", name: str = "secret", **more: Any) -> list[dict[str, Any]]:
    return [{"name": name, "type": type, "required": False, "privacy": privacy, **more}]


def kept(event: CustomEvent, value: Any) -> list[dict[str, Any]]:
    fired(event, dataFields={"secret": value})
    fields: list[dict[str, Any]] = DataFields.objects.latest("pk").fields
    return fields


def rows_that_hold(text: str) -> list[str]:
    """Give the tables of ours in which some row holds a text, in whatever column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("saleor_custom_events_"):
                cursor.execute(f"SELECT 1 FROM {table} t WHERE t::text ILIKE %s LIMIT 1", [f"%{text}%"])
                found += [table] if cursor.fetchone() else []
    return found


def test_a_masked_field_shows_its_end_and_a_short_one_nothing() -> None:
    event = an_event(declared_fields=declared("mask"))

    assert kept(event, "+48600100234") == [{"name": "secret", "type": "String", "value": "••••0234"}]
    assert kept(event, "1234 567890")[0]["value"] == "••••"


def test_a_hashed_field_is_the_same_for_the_same_value_in_every_event() -> None:
    one, other = (an_event(declared_fields=declared("hash", "Number")) for _ in range(2))
    first, second = kept(one, Decimal("12.50")), kept(other, "12.5")

    assert first == second
    assert first[0]["type"] == "String"
    assert len(first[0]["value"]) == 64
    assert kept(one, 13) != first


def test_a_dropped_field_is_not_there_and_counts_as_given() -> None:
    event = an_event(declared_fields=declared("drop", required=True), violations="reject")

    assert refused(event) == (422, "FIELDS_REJECTED", ["dataFields.secret"])
    fired(event, dataFields={"secret": "swordfish"})

    assert not DataFields.objects.exists()


@pytest.mark.parametrize("privacy", ["mask", "hash", "drop"])
@pytest.mark.parametrize("type", ["String", "Number"], ids=["as declared", "of another type"])
def test_nothing_of_what_was_sent_is_stored_anywhere(privacy: str, type: str) -> None:
    event = an_event(declared_fields=declared(privacy, type), violations="warn")
    size = {"left": "dataFields.secret", "operator": "equals", "right": "swordfish"}
    a_scenario(event, filter=size)
    fired(event, dataFields={"secret": "swordfish"}, idempotencyKey="once")

    assert rows_that_hold("swordfish") == [
        "saleor_custom_events_scenario",
        "saleor_custom_events_scenarioversion",
    ], "the scenarios' own words alone"


def test_a_filter_sees_what_is_kept() -> None:
    event = an_event(declared_fields=declared("mask"))
    size = {"left": "dataFields.secret", "operator": "endsWith", "right": "0234"}
    a_scenario(event, filter=size)

    assert fired(event, dataFields={"secret": "+48600100234"}).invocations[0].outcome == "started"
    assert fired(event, dataFields={"secret": "+48600100999"}).invocations[0].reason == "SKIPPED_FILTER"


def test_the_digest_of_a_body_tells_nothing_without_the_shops_secret(settings: Any) -> None:
    def digest(event: CustomEvent, secret: str) -> bytes:
        settings.SECRET_KEY = secret
        IdempotencyKey.objects.all().delete()
        fired(event, dataFields={"secret": "1990-01-02"}, idempotencyKey="once")
        return bytes(IdempotencyKey.objects.get().digest)

    public, private = an_event(), an_event(declared_fields=declared("drop"))

    assert digest(public, "one") == digest(public, "another"), "as it was before: keys outlive a release"
    assert digest(private, "one") != digest(private, "another")


@pytest.mark.parametrize(("before", "after"), [("store", "drop"), ("drop", "store")])
def test_a_key_holds_when_the_declarations_change(before: str, after: str) -> None:
    event = an_event(declared_fields=declared(before))
    sent = {"dataFields": {"secret": "swordfish"}, "idempotencyKey": "once"}
    first = fired(event, **sent)
    CustomEvent.objects.filter(pk=event.pk).update(declared_fields=declared(after))

    again = fired(event, **sent)
    with pytest.raises(Refused) as other:
        fired(event, **{**sent, "dataFields": {"secret": "other"}})

    assert (again.duplicate, again.occurrence_id) == (True, first.occurrence_id)
    assert other.value.code == "IDEMPOTENCY_CONFLICT"


def test_equal_values_are_one_text_however_they_are_written() -> None:
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)
    in_warsaw = noon.astimezone(timezone(timedelta(hours=1)))

    assert hashed(noon, b"key") == hashed(in_warsaw, b"key")
    assert hashed(Money(Decimal("1.50"), "PLN"), b"key") == hashed(Money(Decimal("1.5"), "PLN"), b"key")
    assert hashed(Decimal("100"), b"key") != hashed(Decimal("1"), b"key")
    assert hashed(Decimal("1" * 30), b"key") != hashed(Decimal("1" * 29 + "2"), b"key")
    assert hashed(True, b"key") != hashed(False, b"key")
    assert hashed("x", b"key") != hashed("x", b"other key")
    assert masked(date(2026, 1, 2)) == "••••"


def test_what_is_kept_is_what_a_batch_keeps() -> None:
    event = an_event(declared_fields=declared("drop"))
    bodies = [
        {"customEventId": event.pk, "anonymousId": str(n), "dataFields": {"secret": "swordfish", "n": n}}
        for n in range(3)
    ]
    fire_many([read_firing(body) for body in bodies], TRUSTED)

    assert "swordfish" not in json.dumps([row.fields for row in DataFields.objects.all()])
    assert Occurrence.objects.count() == Invocation.objects.count() == 3
