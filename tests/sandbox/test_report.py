"""The demo's report: what is missing is named, whatever of the evidence it is."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from saleor_custom_events.hosts.sandbox.demo.definitions import FOLLOW_UP, PAGE, QUIZ, REMEMBER, STYLIST, TABLE
from saleor_custom_events.hosts.sandbox.demo.report import report
from saleor_custom_events.hosts.sandbox.demo.visit import Evidence
from saleor_custom_events.hosts.sandbox.receivers import Received

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


def a_row(number: int, occurrence: str, scenario: str | None, steps: list[dict[str, Any]] | None = None):
    return {
        "number": str(number),
        "createdAt": "2026-01-02T03:04:05+00:00",
        "customerEmail": "anna@example.com",
        "scenarioNumber": number if scenario else None,
        "scenarioName": scenario or "",
        "status": "COMPLETED" if scenario else "SKIPPED",
        "reason": None if scenario else "SKIPPED_NO_SCENARIO",
        "occurrence": {"occurrenceId": occurrence},
        "steps": steps or [],
    }


def three_rows(first: int, occurrence: str, branch: int | str):
    compared = [{"operand": "dataFields.score", "actual": "82"}]
    decided = {"kind": "condition", "result": {"branch": branch, "comparisons": compared}}
    waited = {"kind": "wait", "result": {"worker": "host:1", "resumedBy": "host:2"}}
    return [
        a_row(first, occurrence, REMEMBER, [decided]),
        a_row(first + 1, occurrence, STYLIST),
        a_row(first + 2, occurrence, FOLLOW_UP, [waited]),
    ]


def a_webhook(path: str) -> Received:
    now = datetime.now(UTC)
    body = json.dumps({"type": "custom_event.invocation"})
    signature = Webhook(SECRET).sign("msg_1", now, body)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    return Received(path, headers, body.encode(), now.timestamp())


@pytest.fixture
def evidence() -> Evidence:
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Your size: M", "anna@example.com"
    return Evidence(
        rows={
            QUIZ: three_rows(1, "anna", 0) + three_rows(4, "ben", "otherwise"),
            TABLE: [a_row(7, "c", None)],
            PAGE: [],
        },
        browser={"occurrenceId": "anna"},
        server=(202, {"occurrenceId": "ben", "duplicate": False}),
        again=(200, {"occurrenceId": "ben", "duplicate": True}),
        nobody={"occurrenceId": "c"},
        webhooks=[a_webhook("/stylist")],
        unlogged_webhooks=[a_webhook("/page-views")],
        mails=[mail],
        ended="worker-1",
    )


def judged(evidence: Evidence) -> tuple[list[str], str]:
    said: list[str] = []
    return report(evidence, SECRET, said.append), "\n".join(said)


def test_nothing_is_missing_where_all_was_seen(evidence):
    missing, said = judged(evidence)
    assert missing == []
    assert "1   2026-01-02 03:04:05  anna@example.com  1 Remember the size" in said


def without_row(number: str) -> Callable[[Evidence], Evidence]:
    def change(seen: Evidence) -> Evidence:
        rows = {slug: [row for row in rows if row["number"] != number] for slug, rows in seen.rows.items()}
        return replace(seen, rows=rows)

    return change


def with_quiz_rows(*rows: dict[str, Any]) -> Callable[[Evidence], Evidence]:
    return lambda seen: replace(seen, rows={**seen.rows, QUIZ: rows})


def resumed_by_the_same(seen: Evidence) -> Evidence:
    seen.rows[QUIZ][2]["steps"][0]["result"]["resumedBy"] = "host:1"
    return seen


def forged(seen: Evidence) -> Evidence:
    (received,) = seen.webhooks
    return replace(seen, webhooks=[replace(received, body=received.body + b" ")])


@pytest.mark.parametrize(
    ("change", "title"),
    [
        (without_row("2"), "one event started three scenarios"),
        (with_quiz_rows(*three_rows(1, "anna", 0), *three_rows(4, "ben", 0)), "a condition went each way"),
        (resumed_by_the_same, "a wait was resumed by another worker"),
        (forged, "a webhook arrived"),
        (lambda seen: replace(seen, webhooks=[]), "a webhook arrived"),
        (lambda seen: replace(seen, mails=[]), "a mail arrived"),
        (lambda seen: replace(seen, again=(202, seen.again[1])), "a duplicate was answered 200"),
        (lambda seen: replace(seen, again=(200, {"occurrenceId": "x", "duplicate": True})), "a duplicate was answered"),
        (without_row("7"), "an event that nobody listens to"),
        (lambda seen: replace(seen, unlogged_webhooks=[]), "an event with logging off"),
        (lambda seen: replace(seen, rows={**seen.rows, PAGE: [a_row(8, "d", STYLIST)]}), "an event with logging off"),
    ],
)
def test_what_is_missing_is_named(evidence, change, title):
    missing, said = judged(change(evidence))
    assert [name for name in missing if name.startswith(title)]
    assert f"MISSING  {title}" in said
