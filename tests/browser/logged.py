"""What a test needs to look at a log: rows by the thousand, firings, and where things stand in the page."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from secrets import token_hex
from typing import Any

from playwright.sync_api import Locator, expect

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.browser.merchant import Merchant
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

PATIENCE = 90.0
#: Milliseconds within which an open log has looked again, on a machine that does other things too.
LOOKED = 45_000
#: Rows as a firing makes them where nobody listens; every tenth says that it failed. Faster than firing so many.
ROWS = """
WITH made AS (
  INSERT INTO saleor_custom_events_occurrence
    (id, event_id, registered_at, occurred_at, caller_kind, caller_id, caller_name, identity, customer_email, logged,
     hops)
  SELECT gen_random_uuid(), %s, clock_timestamp() - %s * interval '1 second', now(), 'server_key', '', '',
    'trusted', 'customer' || n %% 100 || '@example.com', true, 0
  FROM generate_series(1, %s) n
  RETURNING id, registered_at, customer_email)
INSERT INTO saleor_custom_events_invocation
  (occurrence_id, event_id, scenario_name, start, status, reason, detail, customer_email, logged, created_at, ended_at,
   state, claims)
SELECT id, %s, '', '', CASE WHEN n %% 10 = 0 THEN 'failed' ELSE 'skipped' END,
  CASE WHEN n %% 10 = 0 THEN 'FAILED_RETRIES' ELSE 'SKIPPED_NO_SCENARIO' END, '', customer_email, true, registered_at,
  registered_at, '{}', 0
FROM (SELECT *, row_number() OVER () AS n FROM made) AS numbered
"""


def many_rows(live: LiveStore, event: Event, rows: int, *, ago: float = 0) -> None:
    """Put rows into the log of `event`, of customers 0 to 99, as if they had come in `ago` seconds ago."""
    live.sql(ROWS, event.number, ago, rows, event.number)


@contextmanager
def rows_arriving(live: LiveStore, event: Event) -> Iterator[None]:
    """While this lasts, five rows arrive every 200 ms."""
    stopping = threading.Event()

    def arrive() -> None:
        while not stopping.wait(0.2):
            many_rows(live, event, 5)

    arriving = threading.Thread(target=arrive)
    arriving.start()
    try:
        yield
    finally:
        stopping.set()
        arriving.join()


def fired(live: LiveStore, event: Event, email: str = "anna@example.com", **body: Any) -> str:
    """Fire as a server does; gives the number of the first row that it made."""
    sent = {"customEventId": event.number, "customerEmail": email, **body}
    answer = live.fire(sent, credential=live.token("app_all"))
    assert answer.status_code == 202, answer.text
    return str(answer.json()["invocations"][0]["id"])


def listening(make: Maker, *steps: Mapping[str, Any], **start: Any) -> Event:
    """Make an event and a scenario of these steps that starts from it."""
    event = make.event(name=f"Logged {token_hex(3)}")
    make.scenario(event, [dict(step) for step in steps], **start)
    return event


def until_status(live: LiveStore, number: str, status: str) -> None:
    """Wait until an invocation stands so."""
    query = "SELECT status FROM saleor_custom_events_invocation WHERE id = %s"
    assert until(lambda: live.sql(query, int(number)) == [(status,)], PATIENCE), live.sql(query, int(number))


def open_log(merchant: Merchant, event: Event) -> Merchant:
    """Open the log of an event by its address."""
    merchant.open(f"/log/event/{event.number}")
    expect(rows(merchant).first).to_be_visible()
    return merchant


def rows(merchant: Merchant) -> Locator:
    return merchant.app.locator("main table tbody tr")


def row(merchant: Merchant, number: str) -> Locator:
    return rows(merchant).filter(has=merchant.app.get_by_role("rowheader", name=number, exact=True))


def ids(merchant: Merchant) -> list[int]:
    """The IDs on the screen, from above to below."""
    return [int(text) for text in merchant.app.locator("main table tbody th").all_text_contents()]


def window(merchant: Merchant, name: str = "") -> Locator:
    """The window that is open; `name` where there are two."""
    return merchant.app.get_by_role("dialog", name=name or None)


def open_details(merchant: Merchant, number: str) -> Locator:
    """Press the eye of a row."""
    merchant.app.get_by_role("link", name=f"Details of invocation {number}", exact=True).click()
    shown = window(merchant, f"Invocation {number}")
    expect(shown.get_by_role("tablist")).to_be_visible()
    return shown


def open_invocation(merchant: Merchant, number: str) -> Locator:
    """Open an invocation by its address."""
    merchant.open(f"/log/invocation/{number}")
    shown = window(merchant, f"Invocation {number}")
    expect(shown.get_by_role("tablist")).to_be_visible()
    return shown


def press(within: Any, name: str) -> None:
    within.get_by_role("button", name=name, exact=True).click()
