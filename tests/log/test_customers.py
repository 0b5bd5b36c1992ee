"""A customer's log: their rows by the id that the dashboard knows, whatever each was told of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.log.customers import find_customer
from saleor_custom_events.log.reading import LogFilter, read_log
from saleor_custom_events.models import CustomEvent
from tests.defining.people import BOSS, MARKETER
from tests.shop import TRUSTED, an_event

pytestmark = pytest.mark.django_db

ANNA = "anna@example.com"


@pytest.fixture
def anna() -> User:
    return User.objects.create(email=ANNA)


def fired(event: CustomEvent, **who: Any) -> int:
    (made,) = fire(Firing(event=event.pk, **who), TRUSTED).invocations
    assert made.id is not None
    return made.id


def log_of(customer_id: str, **more: Any) -> list[int]:
    return [row.number for row in read_log(BOSS, LogFilter(customer=customer_id, **more), Slice(first=50)).rows]


def test_it_has_what_was_told_the_id_and_what_was_told_the_address(anna: User) -> None:
    event = an_event()
    by_id = fired(event, customer_id=global_id("User", anna.pk))
    by_email = fired(event, customer_email=ANNA)
    by_both = fired(event, customer_id=global_id("User", anna.pk), customer_email=ANNA)
    fired(event, customer_email="ben@example.com")
    fired(event, anonymous_id="somebody")

    assert log_of(global_id("User", anna.pk)) == [by_both, by_email, by_id]


def test_an_address_of_before_stays_theirs_where_the_id_was_told(anna: User) -> None:
    event = an_event()
    before = fired(event, customer_id=global_id("User", anna.pk), customer_email=ANNA)
    User.objects.filter(pk=anna.pk).update(email="anna.new@example.com")
    after = fired(event, customer_email="anna.new@example.com")

    assert log_of(global_id("User", anna.pk)) == [after, before]


def test_it_has_what_they_did_before_they_logged_in(anna: User) -> None:
    event = an_event()
    anonymous = fired(event, anonymous_id="browser-1")
    known = fired(event, anonymous_id="browser-1", customer_email=ANNA)

    assert log_of(global_id("User", anna.pk)) == [known, anonymous]


def test_of_somebody_whom_the_store_no_longer_has_it_has_what_was_told_the_id(anna: User) -> None:
    event, gone = an_event(), global_id("User", anna.pk)
    by_id = fired(event, customer_id=gone)
    fired(event, customer_email=ANNA)
    User.objects.filter(pk=anna.pk).delete()

    assert log_of(gone) == [by_id]
    assert find_customer(BOSS, gone) is None


def test_the_other_filters_hold_as_well(anna: User) -> None:
    one, other = an_event(), an_event()
    wanted = fired(one, customer_email=ANNA)
    fired(other, customer_email=ANNA)

    assert log_of(global_id("User", anna.pk), event=one.pk) == [wanted]
    assert log_of(global_id("User", anna.pk), email="ben@example.com") == []


@pytest.mark.parametrize("nobody", ["", "VXNlcjo5OTk5OTk=", "Q2hhbm5lbDox", "no id", "VXNlcjox\0", "\ud800"])
def test_what_names_nobody_has_no_rows(nobody: str) -> None:
    fired(an_event(), customer_email=ANNA)

    assert log_of(nobody) == []
    assert find_customer(BOSS, nobody) is None


def test_both_need_the_permission_to_see_customers(anna: User) -> None:
    customer = global_id("User", anna.pk)
    for ask in (
        lambda: read_log(MARKETER, LogFilter(customer=customer), Slice(first=1)),
        lambda: find_customer(MARKETER, customer),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")
        assert "MANAGE_USERS" in refused.value.message


def test_no_table_is_read_as_a_whole(anna: User) -> None:
    event, customer = an_event(), global_id("User", anna.pk)
    fired(event, customer_id=customer)
    fired(event, customer_email=ANNA)
    with CaptureQueriesContext(connection) as captured:
        assert len(log_of(customer)) == 2
    plans = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in captured:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans += [line for (line,) in cursor.fetchall()]

    ours = [line for line in plans if "saleor_custom_events" in line]
    assert not [line for line in ours if "Seq Scan" in line and "version" not in line]
    assert [line for line in plans if "sce_occurrence_customer" in line]
    assert [line for line in plans if "sce_invocation_email" in line]
