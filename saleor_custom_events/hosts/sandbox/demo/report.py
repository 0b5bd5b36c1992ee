"""What the demo claims, each with its evidence from the log and from outside; what is missing is named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from saleor_custom_events.hosts.sandbox.demo.definitions import FOLLOW_UP, PAGE, QUIZ, REMEMBER, TABLE
from saleor_custom_events.hosts.sandbox.demo.visit import Evidence, Row, worker_that_began, worker_that_resumed
from saleor_custom_events.hosts.sandbox.receivers import Received

COLUMNS = ("ID", "Created", "Customer e-mail", "Scenario", "Status", "Reason")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the visit must show; `found` is the evidence, or None where it is missing."""

    title: str
    found: str | None

    def __str__(self) -> str:
        return f"  ok   {self.title}: {self.found}" if self.found else f"  MISSING  {self.title}"


def claims(evidence: Evidence, secret: str) -> Iterator[Claim]:
    """Judge the evidence; `secret` is the webhooks' signing secret."""
    yield Claim("one event started three scenarios, one row each", _three_rows(evidence))
    yield Claim("a condition went each way", _both_ways(evidence))
    yield Claim("a wait was resumed by another worker process", _resumed_elsewhere(evidence))
    yield Claim("a webhook arrived, its signature checked by standardwebhooks", _signed(evidence, secret))
    yield Claim("a mail arrived by SMTP", _mailed(evidence))
    yield Claim("a duplicate was answered 200", _duplicate(evidence))
    yield Claim("an event that nobody listens to is a row without scenario", _nobody(evidence))
    yield Claim("an event with logging off ran and left no row", _unlogged(evidence, secret))


def table(rows: Sequence[Row]) -> str:
    """Give the log's rows as it shows them, oldest first."""
    lines = [COLUMNS, *(_cells(row) for row in sorted(rows, key=lambda row: int(row["number"])))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    created = str(row["createdAt"])[:19].replace("T", " ")
    scenario = f"{row['scenarioNumber']} {row['scenarioName']}" if row["scenarioNumber"] else "–"
    return row["number"], created, row["customerEmail"] or "–", scenario, row["status"], row["reason"] or ""


def _three_rows(evidence: Evidence) -> str | None:
    rows = evidence.of(evidence.browser["occurrenceId"])
    numbers = [row["number"] for row in rows]
    complete = len(set(numbers)) == 3 and {row["status"] for row in rows} == {"COMPLETED"}
    return f"rows {', '.join(numbers)}" if complete else None


def _both_ways(evidence: Evidence) -> str | None:
    ways = {}
    for occurrence in (evidence.browser["occurrenceId"], evidence.server[1]["occurrenceId"]):
        row = _only([row for row in evidence.of(occurrence) if row["scenarioName"] == REMEMBER])
        step = row and _only([step for step in row["steps"] if step["kind"] == "condition"])
        if row is None or step is None:
            return None
        decision = step["result"]
        ways[str(decision["branch"])] = f"row {row['number']} {_comparison(decision)}"
    return "; ".join(f"{what} → {way}" for way, what in ways.items()) if set(ways) == {"0", "otherwise"} else None


def _comparison(decision: dict[str, Any]) -> str:
    compared = decision["comparisons"][0]
    return f"({compared['operand']} is {compared['actual']})"


def _resumed_elsewhere(evidence: Evidence) -> str | None:
    occurrence = evidence.browser["occurrenceId"]
    row = _only([row for row in evidence.of(occurrence) if row["scenarioName"] == FOLLOW_UP])
    began, resumed = (worker_that_began(row), worker_that_resumed(row)) if row else (None, None)
    if row is None or not began or not resumed or began == resumed or row["status"] != "COMPLETED":
        return None
    return f"row {row['number']} begun by {began} ({evidence.ended}, ended meanwhile), resumed by {resumed}"


def _signed(evidence: Evidence, secret: str) -> str | None:
    received = evidence.webhooks[0] if evidence.webhooks else None
    return f"webhook-id {received.headers['webhook-id']}" if received and _verified(received, secret) else None


def _verified(received: Received, secret: str) -> bool:
    """Check the signature by code that shares nothing with ours."""
    try:
        Webhook(secret).verify(received.body, received.headers)
    except WebhookVerificationError:
        return False
    return bool(json.loads(received.body))


def _mailed(evidence: Evidence) -> str | None:
    mail = evidence.mails[-1] if evidence.mails else None
    return f"“{mail['Subject']}” to {mail['To']}" if mail else None


def _duplicate(evidence: Evidence) -> str | None:
    (first_status, first), (status, second) = evidence.server, evidence.again
    same = first["occurrenceId"] == second["occurrenceId"] and len(evidence.of(first["occurrenceId"])) == 3
    if (first_status, status, second["duplicate"], same) != (202, 200, True, True):
        return None
    return f"{first_status}, then {status} with the same occurrence {second['occurrenceId']}"


def _nobody(evidence: Evidence) -> str | None:
    row = _only(evidence.of(evidence.nobody["occurrenceId"], TABLE))
    return f"row {row['number']}, {row['reason']}" if row and row["scenarioNumber"] is None else None


def _unlogged(evidence: Evidence, secret: str) -> str | None:
    arrived = [received for received in evidence.unlogged_webhooks if _verified(received, secret)]
    if len(arrived) != 1 or evidence.rows[PAGE]:
        return None
    return f"its webhook arrived ({arrived[0].headers['webhook-id']}), 0 rows"


def _only(found: Sequence[Any]) -> Any:
    return found[0] if len(found) == 1 else None


def report(evidence: Evidence, secret: str, say: Callable[[str], None], more: Iterable[Claim] = ()) -> list[str]:
    """Print the rows and the claims, and `more` of them; gives the titles of what is missing."""
    say("\nThe log, read over GraphQL\n")
    say(table([row for slug in (QUIZ, TABLE, PAGE) for row in evidence.rows[slug]]))
    say("\nWhat the visit shows\n")
    judged = [*claims(evidence, secret), *more]
    for claim in judged:
        say(str(claim))
    return [claim.title for claim in judged if claim.found is None]
