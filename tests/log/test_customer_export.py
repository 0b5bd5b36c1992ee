"""Everything that is kept of a customer, as one JSON document, and who saw what of customers."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from saleor_custom_events import tasks
from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.store_happenings import forget
from saleor_custom_events.log import customer_export
from saleor_custom_events.log.customer_export import FORMAT, export_customer, export_part
from saleor_custom_events.log.reveals import read_reveals, reveal
from saleor_custom_events.models import Erasure, Occurrence, Reveal, RevealKind
from tests.defining.people import BOSS, MARKETER
from tests.log.erased_customer import (
    BROWSER,
    EMAIL,
    OLD_EMAIL,
    PHONE,
    REFERENCE,
    SECRET,
    anna,
    fill,
    id_of,
    rows_with,
    sent,
)
from tests.shop import an_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_known_to_listen() -> None:
    forget()


def printed(command: str, *arguments: str) -> str:
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def test_an_export_has_all_that_names_her_and_all_that_came_from_her() -> None:
    user = anna()
    fill(user)
    sent(an_event(), customerEmail="bob@example.com", dataFields={"street": "Bob's"})

    document = json.loads(printed("custom_events_export_customer", "--email", EMAIL))

    assert document["format"] == FORMAT
    assert document["customer"] == {
        "customerIds": [id_of(user)], "emails": sorted([EMAIL, OLD_EMAIL]), "externalReferences": [REFERENCE],
        "phones": [PHONE], "anonymousIds": [BROWSER],
    }  # fmt: skip
    assert [one["email"] for one in document["unsubscribed"]] == [EMAIL]
    assert [one["anonymousId"] for one in document["anonymousIds"]] == [BROWSER]
    assert [one["code"] for one in document["voucherCodes"]] == ["ANNA-5"]
    assert document["metadataSeen"] == ["size"]
    bobs = Occurrence.objects.filter(customer_email="bob@example.com").values_list("pk", flat=True)
    every = {str(pk) for pk in Occurrence.objects.values_list("pk", flat=True)} - {str(pk) for pk in bobs}
    assert {one["id"] for one in document["occurrences"]} == every
    first = document["occurrences"][0]
    assert first["dataFields"] == [{"name": "street", "type": "String", "value": SECRET}]
    assert {step["kind"] for row in first["invocations"] for step in row["steps"]} >= {"setVariable", "waitForEvent"}
    assert "Bob" not in json.dumps(document)


def test_an_export_comes_in_parts_that_make_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_export, "PART", 2)
    event = an_event()
    ids = [sent(event, customerEmail=EMAIL).occurrence_id for _ in range(5)]
    parts = list(export_customer(BOSS, email=EMAIL))
    assert [one["id"] for part in parts for one in part.occurrences] == sorted(map(str, ids))
    assert [part.head is None for part in parts] == [False, True, True]
    assert [part.cursor is None for part in parts] == [False, False, True]


def test_a_part_costs_the_same_however_much_there_is(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    event = an_event()
    for _ in range(30):
        sent(event, customerEmail=EMAIL)
    with django_assert_max_num_queries(25):
        export_part(BOSS, email=EMAIL)


def test_an_export_is_written_into_a_file(tmp_path: Path) -> None:
    sent(an_event(), customerEmail=EMAIL)
    assert printed("custom_events_export_customer", "--email", EMAIL, "--to", str(tmp_path / "anna.json")) == ""
    assert len(json.loads((tmp_path / "anna.json").read_text())["occurrences"]) == 1


def test_the_command_says_what_it_would_do_and_erases_when_told_to() -> None:
    sent(an_event(), customerEmail=EMAIL)
    assert printed("custom_events_erase", "--email", EMAIL).startswith("1 occurrences")
    assert not Erasure.objects.exists()

    certificate = printed("custom_events_erase", "--email", EMAIL, "--yes")

    done = Erasure.objects.get()
    assert (done.status, done.cause) == ("done", "command")
    assert str(done.pk) in certificate
    assert "occurrences: 1" in certificate
    assert EMAIL not in certificate
    assert rows_with([EMAIL]) == []


@pytest.mark.parametrize("command", ["custom_events_erase", "custom_events_export_customer"])
def test_a_command_says_what_is_missing(command: str) -> None:
    with pytest.raises(CommandError, match="Name the customer"):
        printed(command)


def test_only_who_may_see_customers_may_export_them() -> None:
    with pytest.raises(Refused) as caught:
        export_part(MARKETER, email=EMAIL)
    assert caught.value.code == "PERMISSION_DENIED"
    with pytest.raises(Refused):
        read_reveals(MARKETER, Slice(first=1))


@pytest.mark.parametrize("cursor", ["", "x", "0"])
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with pytest.raises(Refused) as caught:
        export_part(BOSS, email=EMAIL, after=cursor)
    assert caught.value.code == "INVALID_CURSOR"


def reveals(**asked: Any) -> list[tuple[str, str]]:
    return [(row.kind, row.by) for row in read_reveals(BOSS, Slice(first=100), **asked).rows]


def test_who_looked_is_written_once_an_hour_for_each_customer_asked_for() -> None:
    for email in (EMAIL, EMAIL.upper(), "bob@example.com"):
        reveal(BOSS, RevealKind.LOG, email=email)
    reveal(BOSS, RevealKind.LOG)
    reveal(BOSS, RevealKind.LOG)
    assert reveals() == [("log", f"{BOSS.id} {BOSS.name}")] * 3
    assert len(reveals(email=EMAIL)) == 1
    assert rows_with([EMAIL, "bob@"]) == []

    Reveal.objects.update(hour=F("hour") - timedelta(hours=1))
    reveal(BOSS, RevealKind.LOG, email=EMAIL)
    assert len(reveals(email=EMAIL)) == 2


def test_whoever_sees_only_masks_leaves_no_row() -> None:
    reveal(MARKETER, RevealKind.LOG)
    assert reveals() == []


def test_exporting_and_erasing_are_written_down_and_stay_when_the_customer_goes() -> None:
    export_part(BOSS, email=EMAIL)
    printed("custom_events_erase", "--email", EMAIL, "--yes")
    assert [kind for kind, _ in reveals(email=EMAIL)] == ["erasure", "export"]


def test_who_looked_is_forgotten_after_its_time() -> None:
    reveal(BOSS, RevealKind.LOG)
    Reveal.objects.update(at=F("at") - timedelta(days=364))
    tasks.tidy()
    assert Reveal.objects.count() == 1
    Reveal.objects.update(at=F("at") - timedelta(days=2))
    tasks.tidy()
    assert not Reveal.objects.exists()
