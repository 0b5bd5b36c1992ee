"""What somebody did before they logged in: found under their address, marked, and masked like everything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.pages import Slice
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.log.explain import Question, explain
from saleor_custom_events.log.exporting import Language, read_csv
from saleor_custom_events.log.reading import (
    LogFilter,
    find_invocation,
    occurrences_by_id,
    read_log,
    rows_of_occurrences,
)
from saleor_custom_events.log.rows import LogRow
from saleor_custom_events.models import AnonymousLink, CustomEvent
from saleor_custom_events.store.callers import Caller, CallerKind
from tests.shop import TRUSTED, an_event

pytestmark = pytest.mark.django_db

ANNA, BEN = "anna@example.com", "ben@example.com"
BROWSER = "browser-1"
BOSS = Caller(
    kind=CallerKind.STAFF, id="VXNlcjox", permissions=frozenset({"MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"})
)
DEFINER = Caller(kind=CallerKind.STAFF, id="VXNlcjoy", permissions=frozenset({"MANAGE_DISCOUNTS"}))


def fired(event: CustomEvent, **who: Any) -> int:
    """Fire, and give the number of the row that it made."""
    (made,) = fire(Firing(event=event.pk, **who), TRUSTED).invocations
    assert made.id is not None
    return made.id


def anonymously(event: CustomEvent, browser: str = BROWSER) -> int:
    return fired(event, anonymous_id=browser)


def logged_in(event: CustomEvent, email: str = ANNA, browser: str = BROWSER) -> int:
    return fired(event, anonymous_id=browser, customer_email=email)


def of(email: str, caller: Caller = BOSS) -> list[LogRow]:
    return list(read_log(caller, LogFilter(email=email), Slice(first=50)).rows)


def numbers(rows: list[LogRow]) -> list[tuple[int, bool]]:
    return [(row.number, row.merged) for row in rows]


def test_the_filter_by_email_finds_what_was_anonymous_before_and_after_the_login() -> None:
    event = an_event()
    before, stranger = anonymously(event), anonymously(event, "browser-2")
    login, after = logged_in(event), anonymously(event)
    assert numbers(of(ANNA)) == [(after, True), (login, False), (before, True)]
    assert [row.customer_email for row in of(ANNA)] == [ANNA] * 3
    assert stranger not in [row.number for row in of(ANNA)]


def test_before_anybody_logs_in_an_anonymous_row_is_nobodys() -> None:
    event = an_event()
    row = find_invocation(BOSS, anonymously(event))
    assert row is not None
    assert (row.customer_email, row.merged) == (None, False)
    assert of(ANNA) == []


def test_a_browser_that_somebody_else_takes_over_keeps_what_it_was() -> None:
    event = an_event()
    first = anonymously(event)
    annas = logged_in(event)
    second = anonymously(event)
    bens = logged_in(event, BEN)
    third = anonymously(event)
    assert numbers(of(ANNA)) == [(second, True), (annas, False), (first, True)]
    assert numbers(of(BEN)) == [(third, True), (bens, False)]


def test_whoever_may_not_see_customers_sees_the_merged_address_masked() -> None:
    event = an_event()
    number = anonymously(event)
    logged_in(event)
    row = find_invocation(DEFINER, number)
    assert row is not None
    assert (row.customer_email, row.merged) == ("a•••@e•••.com", True)
    occurrence = occurrences_by_id(DEFINER, [row.occurrence])[row.occurrence]
    assert (occurrence.customer_email_hash, occurrence.customer_phone, occurrence.anonymous_id) == (None, None, None)


def test_the_same_in_every_place_that_shows_rows() -> None:
    event = an_event()
    number = anonymously(event)
    logged_in(event)
    (page,) = (row for row in read_log(BOSS, LogFilter(event=event.pk), Slice(first=9)).rows if row.number == number)
    ((beside,),) = rows_of_occurrences(BOSS, [page.occurrence]).values()
    assert (page.customer_email, page.merged) == (beside.customer_email, beside.merged) == (ANNA, True)
    exported = read_csv(BOSS, LogFilter(email=ANNA), Language.EN).text
    assert exported.count(ANNA) == 2


def test_pages_of_a_customers_log_go_on_where_the_last_one_ended() -> None:
    event = an_event()
    made = [anonymously(event), logged_in(event), anonymously(event), fired(event, customer_email=ANNA)]
    # In one transaction all are of the same moment, whose order is that of their numbers.
    first = read_log(BOSS, LogFilter(email=ANNA), Slice(first=3))
    rest = read_log(BOSS, LogFilter(email=ANNA), Slice(first=3, after=first.cursors[-1]))
    assert [row.number for row in (*first.rows, *rest.rows)] == made[::-1]


def test_rows_that_name_somebody_cost_no_question_about_links() -> None:
    event = an_event()
    fired(event, customer_email=ANNA)
    with CaptureQueriesContext(connection) as captured:
        read_log(BOSS, LogFilter(event=event.pk), Slice(first=9))
    assert not [query for query in captured if "anonymouslink" in query["sql"]]


def test_a_link_that_is_erased_leaves_an_anonymous_row() -> None:
    event = an_event()
    number = anonymously(event)
    logged_in(event)
    AnonymousLink.objects.filter(customer_email=ANNA).delete()
    row = find_invocation(BOSS, number)
    assert row is not None
    assert (row.customer_email, row.merged) == (None, False)


def test_the_answer_to_why_nothing_happened_knows_the_browser() -> None:
    event = an_event()
    anonymously(event)
    anonymously(event)
    logged_in(an_event())
    now = datetime.now(UTC)
    question = Question(email=ANNA, event=event.pk, since=now - timedelta(hours=1), until=now + timedelta(hours=1))
    findings = {finding.code: finding for finding in explain(BOSS, question).findings}
    assert findings["OCCURRENCES_FOUND"].count == 2
    assert findings["OCCURRENCES_MERGED"].count == 2
    assert findings["NO_SCENARIO"].occurrence is not None


def test_the_filter_by_email_reads_no_more_than_what_is_the_customers() -> None:
    """Where reading a whole table is out of the question, every query finds an index."""
    event = an_event()
    anonymously(event)
    logged_in(event)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as captured:
        assert len(of(ANNA)) == 2
    assert len(captured) == 3, "what is merged, the page, and whose its rows are"
    for query in captured:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "Seq Scan" not in plan, plan
