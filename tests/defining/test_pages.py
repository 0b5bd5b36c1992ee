"""Keyset pages: complete, in order, and stable while rows arrive."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from saleor_custom_events.defining.pages import Order, Slice, by_number, by_text, by_time, read_page
from saleor_custom_events.errors import Refused
from saleor_custom_events.models import CustomEvent

pytestmark = pytest.mark.django_db

ORDERS = [
    by_number(),
    by_number(descending=True),
    by_text("name"),
    by_text("name", descending=True),
    by_time("created_at"),
    by_time("created_at", descending=True),
]


def some_events(*names: str) -> list[CustomEvent]:
    events = [CustomEvent(name=name, slug=f"e{i}") for i, name in enumerate(names)]
    made = CustomEvent.objects.bulk_create(events)
    # All of one moment: the primary key has to decide.
    CustomEvent.objects.update(created_at="2026-01-01T00:00:00Z")
    return made


def walk(order: Order, size: int, *, backwards: bool) -> list[int]:
    found: list[int] = []
    cursor = None
    while True:
        part = Slice(last=size, before=cursor) if backwards else Slice(first=size, after=cursor)
        page = read_page(CustomEvent.objects.all(), order, part)
        pks = [row.pk for row in page.rows]
        found = pks + found if backwards else found + pks
        if not (page.has_previous if backwards else page.has_next):
            return found
        cursor = page.cursors[0 if backwards else -1]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.column} {order.descending}")
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_all_pages_together_are_all_rows_in_order(order: Order, size: int, backwards: bool) -> None:
    some_events("b", "a", "a", "ż", "a", "b")
    sign = "-" if order.descending else ""
    expected = list(CustomEvent.objects.order_by(f"{sign}{order.column}", f"{sign}pk").values_list("pk", flat=True))

    assert walk(order, size, backwards=backwards) == expected


def test_rows_that_arrive_meanwhile_neither_repeat_nor_hide_others() -> None:
    before = [event.pk for event in some_events("a", "b", "c", "d")]
    newest_first = by_number(descending=True)
    first = read_page(CustomEvent.objects.all(), newest_first, Slice(first=2))

    CustomEvent.objects.create(name="e", slug="arrived")
    second = read_page(CustomEvent.objects.all(), newest_first, Slice(first=2, after=first.cursors[-1]))

    assert [row.pk for row in (*first.rows, *second.rows)] == before[::-1]


def test_a_page_says_whether_there_is_more_on_either_side() -> None:
    some_events("a", "b", "c")
    first = read_page(CustomEvent.objects.all(), by_number(), Slice(first=2))
    last = read_page(CustomEvent.objects.all(), by_number(), Slice(first=2, after=first.cursors[-1]))

    assert (first.has_previous, first.has_next) == (False, True)
    assert (last.has_previous, last.has_next) == (True, False)


@pytest.mark.parametrize(
    "part",
    [
        Slice(),
        Slice(first=0),
        Slice(first=-1),
        Slice(first=101),
        Slice(last=101),
        Slice(first=1, last=1),
        Slice(first=1, before="x"),
        Slice(last=1, after="x"),
    ],
)
def test_a_slice_that_is_none_is_refused(part: Slice) -> None:
    with pytest.raises(Refused) as refused:
        read_page(CustomEvent.objects.all(), by_number(), part)

    assert refused.value.code == "INVALID_PAGE"


def _cursor(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.column} {order.descending}")
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "żółw",
        _cursor("[]"),
        _cursor("{}"),
        _cursor('["a\\u0000", "x"]'),
        _cursor('["\\u0000", "1"]'),
        _cursor('["2026-01-01", "1", "2"]'),
        _cursor(f'["5", "{10**30}"]'),
        _cursor('["0001-01-01T00:00:00+14:00", "-1"]'),
        _cursor("[" * 5000),
    ],
)
def test_a_cursor_of_nothing_is_refused(order: Order, cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        read_page(CustomEvent.objects.all(), order, Slice(first=1, after=cursor))

    assert refused.value.code == "INVALID_CURSOR"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cursor=st.one_of(st.text(), st.builds(_cursor, st.text(alphabet=st.characters(codec="utf-8")))))
def test_no_cursor_does_anything_but_find_rows_or_be_refused(db: Any, cursor: str) -> None:
    for order in ORDERS:
        try:
            list(read_page(CustomEvent.objects.all(), order, Slice(first=1, after=cursor)).rows)
        except Refused as refused:
            assert refused.code == "INVALID_CURSOR"
