"""The log as CSV: what a spreadsheet makes of it, in both languages, part after part."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.errors import Refused
from saleor_custom_events.log import exporting
from saleor_custom_events.log.exporting import CsvPart, ExportedRow, csv_of, read_csv
from saleor_custom_events.log.reading import LogFilter
from saleor_custom_events.log.wording import REASONS, STATUSES, Language
from saleor_custom_events.models import Invocation
from saleor_custom_events.scenarios.outcomes import Reason, Status
from tests.defining.people import BOSS, MARKETER
from tests.log.making import NOON, at, ended, fired
from tests.shop import a_scenario, an_event

ROOT = Path(__file__).parent.parent.parent
EN, PL = Language.EN, Language.PL
ROW: dict[str, Any] = {
    "number": 12,
    "created_at": datetime(2026, 3, 1, 13, 5, 9, 999_999, tzinfo=timezone(timedelta(hours=1))),
    "customer_email": "anna@example.com",
    "scenario": 3,
    "scenario_name": "Welcome",
    "event": 7,
    "event_name": "Size quiz",
    "status": "skipped",
    "reason": "SKIPPED_PAUSED",
}


def row(**values: Any) -> ExportedRow:
    return ExportedRow(**ROW | values)


def cells(text: str, between: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=between))


def test_in_english() -> None:
    assert csv_of([row()], EN, head=True) == (
        "ID,Created (UTC),Customer e-mail,Scenario (ID and name),Event (ID and name),Status,Reason,Reason code\r\n"
        "12,2026-03-01 12:05:09,anna@example.com,3 Welcome,7 Size quiz,Skipped,The scenario was paused.,"
        "SKIPPED_PAUSED\r\n"
    )


def test_in_polish() -> None:
    assert csv_of([row()], PL, head=True) == (
        "ID;Utworzono (UTC);E-mail klienta;Scenariusz (ID i nazwa);Zdarzenie (ID i nazwa);Status;Powód;Kod powodu\r\n"
        "12;2026-03-01 12:05:09;anna@example.com;3 Welcome;7 Size quiz;Pominięte;Scenariusz był wstrzymany.;"
        "SKIPPED_PAUSED\r\n"
    )


def test_where_nothing_is_known_the_cells_are_empty() -> None:
    nobody = row(customer_email=None, scenario=None, scenario_name="", status="completed", reason="")

    ((*_, email, scenario, event, status, reason, code),) = cells(csv_of([nobody], EN, head=False))

    assert (email, scenario, event, status, reason, code) == ("", "", "7 Size quiz", "Completed", "", "")


def test_a_scenario_that_was_deleted_is_named_as_it_was() -> None:
    assert cells(csv_of([row(scenario=None)], EN, head=False))[0][3] == "Welcome"


def test_what_a_later_release_wrote_stays_a_code() -> None:
    later = row(status="paused", reason="SKIPPED_TOO_OLD")

    assert cells(csv_of([later], PL, head=False), ";")[0][5:] == ["paused", "SKIPPED_TOO_OLD", "SKIPPED_TOO_OLD"]


def test_every_status_and_reason_has_its_words_in_both_languages() -> None:
    assert set(STATUSES) == set(Status)
    assert set(REASONS) == set(Reason)
    for label in (*STATUSES.values(), *REASONS.values()):
        assert label.en
        assert label.pl
        assert label.en != label.pl


def test_a_reason_is_said_in_the_words_of_the_dashboard() -> None:
    texts = (ROOT / "dashboard-extension/src/words/reasons.ts").read_text()
    reasons, _, _ = texts.partition("export const refusals")
    said = re.findall(r'^    ([A-Z_]+):\s+"(.*)",$', reasons, re.MULTILINE)

    for code, label in REASONS.items():
        assert [sentence for known, sentence in said if known == code] == [label.en, label.pl]


@pytest.mark.parametrize("between", [(EN, ","), (PL, ";")])
def test_commas_quotes_and_lines_within_a_cell_arrive_as_they_are(between: tuple[Language, str]) -> None:
    language, delimiter = between
    name = 'Said "a, b; c"\r\nand went\n'

    text = csv_of([row(scenario_name=name), row()], language, head=False)

    read = cells(text, delimiter)
    assert [len(line) for line in read] == [8, 8]
    assert read[0][3] == f"3 {name}"


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(first: str) -> None:
    evil = f"{first}cmd|' /C calc'!A0"

    line = cells(csv_of([row(customer_email=evil, scenario=None, scenario_name=evil)], EN, head=False))[0]

    assert line[2] == line[3] == f"'{evil}"


def test_of_an_address_that_is_none_nothing_is_changed() -> None:
    assert cells(csv_of([row(customer_email="a=b@example.com")], EN, head=False))[0][2] == "a=b@example.com"


# Reading it from the log.


@pytest.mark.django_db
def test_the_first_part_has_the_head_and_the_newest_rows_first() -> None:
    event = an_event(name="Size quiz")
    scenario = a_scenario(event, name="Welcome")
    old = ended(at(fired(event)[0], 1), Status.FAILED, "FAILED_ACTION", "Answered for anna@example.com")
    new = at(fired(event, "ewa@example.com")[0], 2)

    part = read_csv(BOSS, LogFilter(), EN)

    assert (part.rows, part.has_next) == (2, False)
    both = (f"{scenario.pk} Welcome", f"{event.pk} Size quiz")
    failed = ("Failed", "An action failed, and trying again would not help.", "FAILED_ACTION")
    head, *lines = map(tuple, cells(part.text))
    assert head[0] == "ID"
    assert lines == [
        (str(new.pk), "2026-03-01 12:02:00", "ewa@example.com", *both, "Running", "", ""),
        (str(old.pk), "2026-03-01 12:01:00", "anna@example.com", *both, *failed),
    ]


@pytest.mark.django_db
def test_an_empty_log_is_the_head_alone() -> None:
    assert read_csv(BOSS, LogFilter(), PL) == CsvPart(
        text=csv_of([], PL, head=True), rows=0, has_next=False, cursor=None
    )


@pytest.mark.django_db
def test_parts_together_are_every_row_once_while_more_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PART", 3)
    event = an_event()
    before = [at(fired(event)[0], minute // 2).pk for minute in range(8)]
    text, cursor, parts = "", None, 0
    while True:
        part = read_csv(BOSS, LogFilter(event=event.pk), EN, cursor)
        text, cursor, parts = text + part.text, part.cursor, parts + 1
        at(fired(event)[0], 99)
        if not part.has_next:
            break

    assert parts == 3
    assert [line[0] for line in cells(text)] == ["ID", *map(str, sorted(before, reverse=True))]


@pytest.mark.django_db
def test_what_the_log_filters_is_filtered_here_too() -> None:
    one, two = an_event(), an_event()
    first, second = fired(one)[0], fired(two, "ewa@example.com")[0]

    def numbers(wanted: LogFilter) -> list[str]:
        return [line[0] for line in cells(read_csv(BOSS, wanted, EN).text)[1:]]

    assert numbers(LogFilter(event=one.pk)) == [str(first.pk)]
    assert numbers(LogFilter(email="EWA@example.com")) == [str(second.pk)]
    assert numbers(LogFilter(created_to=NOON)) == []
    silent = an_event(logging=False)
    fired(silent)
    assert numbers(LogFilter(event=silent.pk)) == []


@pytest.mark.django_db
def test_a_part_costs_one_query_however_many_rows() -> None:
    for _ in range(5):
        event = an_event()
        a_scenario(event)
        fired(event)

    with CaptureQueriesContext(connection) as queries:
        assert read_csv(BOSS, LogFilter(), EN).rows == 5

    assert len(queries) == 1


@pytest.mark.django_db
def test_it_needs_the_permission_to_see_customers() -> None:
    with pytest.raises(Refused) as refused:
        read_csv(MARKETER, LogFilter(), EN)

    assert refused.value.code == "PERMISSION_DENIED"


@pytest.mark.django_db
def test_a_cursor_that_is_none_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read_csv(BOSS, LogFilter(), EN, "nonsense")

    assert refused.value.code == "INVALID_CURSOR"


@pytest.mark.django_db
def test_a_full_part_has_five_thousand_rows_and_the_next_one_the_rest() -> None:
    event = an_event()
    (invocation,) = fired(event)
    copies = [
        Invocation(
            occurrence=invocation.occurrence,
            event=event,
            status=Status.SKIPPED,
            logged=True,
            created_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        )
        for number in range(5000)
    ]
    Invocation.objects.bulk_create(copies)

    first = read_csv(BOSS, LogFilter(), EN)
    second = read_csv(BOSS, LogFilter(), EN, first.cursor)

    assert (first.rows, first.has_next, len(cells(first.text))) == (5000, True, 5001)
    assert (second.rows, second.has_next, len(cells(second.text))) == (1, False, 1)
