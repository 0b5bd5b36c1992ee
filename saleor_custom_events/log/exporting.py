"""The log as CSV (RFC 4180), for a spreadsheet: a part at a time, newest first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat

from saleor_custom_events.actions.base import Label
from saleor_custom_events.defining.pages import Slice, read_page
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.firing.linked import Owner
from saleor_custom_events.log.merging import owners_of_rows
from saleor_custom_events.log.reading import LogFilter, rows_wanted
from saleor_custom_events.log.wording import REASONS, STATUSES, Language, in_words
from saleor_custom_events.models import Invocation
from saleor_custom_events.store.callers import Caller

#: Rows of one part.
PART = 5000
#: What a Polish spreadsheet takes for the border between two columns: the comma stands in its numbers.
_BETWEEN: Mapping[Language, str] = {Language.EN: ",", Language.PL: ";"}
_HEAD: tuple[Label, ...] = (
    Label("ID", "ID"),
    Label("Created (UTC)", "Utworzono (UTC)"),
    Label("Customer e-mail", "E-mail klienta"),
    Label("Scenario (ID and name)", "Scenariusz (ID i nazwa)"),
    Label("Event (ID and name)", "Zdarzenie (ID i nazwa)"),
    Label("Status", "Status"),
    Label("Reason", "Powód"),
    Label("Reason code", "Kod powodu"),
)
#: Where a cell begins with one of these, a spreadsheet may take it for a formula, and run it: an event can bring any
#: e-mail address (https://owasp.org/www-community/attacks/CSV_Injection). The last four are their wide forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedRow:
    """One row of the log, as far as the file shows it."""

    number: int
    #: Aware.
    created_at: datetime
    customer_email: str | None
    #: None where no scenario listened, or it was deleted since: then only its name is known.
    scenario: int | None
    scenario_name: str
    event: int
    event_name: str
    #: `scenarios.outcomes.Status` and `Reason`, empty where there is nothing to explain.
    status: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CsvPart:
    """A part of the file. `cursor`: give it to get the next one; None where this part has no rows."""

    text: str
    rows: int
    has_next: bool
    cursor: str | None


def csv_of(rows: Iterable[ExportedRow], language: Language, *, head: bool) -> str:
    """Give rows as CSV, with the head line or without. Lines end with CR LF, and there is no byte order mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=_BETWEEN[language], lineterminator="\r\n")
    if head:
        writer.writerow(getattr(label, language.value) for label in _HEAD)
    writer.writerows(tuple(map(_harmless, _cells(row, language))) for row in rows)
    return text.getvalue()


def read_csv(caller: Caller, wanted: LogFilter, language: Language, after: str | None = None) -> CsvPart:
    """Read a part of the log, with as many queries as a page: the head line only with the first part (no `after`).

    Refused 403 without the permission to see customers; 400 for a cursor or e-mail that is none.
    """
    demand(caller, Operation.SEE_CUSTOMERS)
    rows = rows_wanted(wanted).select_related(None).select_related("event")
    rows = rows.only(
        "created_at",
        "occurrence_id",
        "customer_email",
        "scenario_id",
        "scenario_name",
        "event__name",
        "status",
        "reason",
    )
    page = read_page(rows, wanted.order, Slice(first=PART, after=after), most=PART)
    return CsvPart(
        text=csv_of(map(_exported, page.rows, repeat(owners_of_rows(page.rows))), language, head=after is None),
        rows=len(page.rows),
        has_next=page.has_next,
        cursor=page.cursors[-1] if page.cursors else None,
    )


def _exported(row: Invocation, owners: Mapping[str, Owner]) -> ExportedRow:
    owner = owners.get(str(row.occurrence_id))
    return ExportedRow(
        number=row.pk,
        created_at=row.created_at,
        customer_email=owner.customer_email if owner else row.customer_email,
        scenario=row.scenario_id,
        scenario_name=row.scenario_name,
        event=row.event_id,
        event_name=row.event.name,
        status=row.status,
        reason=row.reason,
    )


def _cells(row: ExportedRow, language: Language) -> tuple[str, ...]:
    return (
        str(row.number),
        f"{row.created_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        row.customer_email or "",
        _named(row.scenario, row.scenario_name),
        _named(row.event, row.event_name),
        in_words(STATUSES, row.status, language),
        in_words(REASONS, row.reason, language),
        row.reason,
    )


def _named(number: int | None, name: str) -> str:
    return name if number is None else f"{number} {name}"


def _harmless(cell: str) -> str:
    """Give the cell as a text and never as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
