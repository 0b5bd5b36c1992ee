"""The scripted visit: what a storefront and a server fire, and the evidence that is gathered of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

from saleor_custom_events.hosts.sandbox.demo.client import Client, Unexpected
from saleor_custom_events.hosts.sandbox.demo.definitions import COUNT_PATH, FOLLOW_UP, PAGE, QUIZ, STYLIST_PATH, TABLE
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys
from saleor_custom_events.hosts.sandbox.processes import Processes
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Received, Receiver, until

#: Longer than it takes to find the worker that began the wait and ask it to end: from then on it takes no new work.
WAIT_SECONDS = 4
#: Seconds in which everything has to have ended.
PATIENCE = 60.0
#: The worker that has beat in it.
BEAT = "worker-1"
UNDER_WAY = ("RUNNING", "WAITING")

ROWS = """query ($event: ID!, $since: DateTime!) {
  customEventInvocations(first: 50, filter: {event: $event, created: {gte: $since}}) { edges { node {
    number createdAt customerEmail scenarioNumber scenarioName status reason
    event { slug } occurrence { occurrenceId }
    steps { step kind status reason result } } } }
}"""
EVENT_ID = "query ($slug: String!) { customEvent(slug: $slug) { id } }"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """What the visit touches."""

    client: Client
    customer: Client
    keys: Keys
    processes: Processes
    receiver: Receiver
    mailbox: Mailbox


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen; the report judges it."""

    #: By event's slug, newest first, as the log shows them.
    rows: Mapping[str, Sequence[Row]]
    #: What `fire` answered the customer's browser and the server, and the server's second call.
    browser: Mapping[str, Any]
    server: tuple[int, Mapping[str, Any]]
    again: tuple[int, Mapping[str, Any]]
    nobody: Mapping[str, Any]
    webhooks: Sequence[Received]
    unlogged_webhooks: Sequence[Received]
    mails: Sequence[EmailMessage]
    #: The name of the worker that was ended while the wait that it had begun was on.
    ended: str

    def of(self, occurrence: str, slug: str = QUIZ) -> list[Row]:
        """Give the rows of one occurrence, oldest first."""
        found = [row for row in self.rows[slug] if row["occurrence"]["occurrenceId"] == occurrence]
        return sorted(found, key=lambda row: int(row["number"]))


def visit(world: World) -> Evidence:
    """Fire everything, end the worker that began a wait, and give what came of it."""
    since = datetime.now(UTC)
    client, keys = world.client, world.keys
    ids = {slug: client.ask(EVENT_ID, slug=slug)["customEvent"]["id"] for slug in (QUIZ, TABLE, PAGE)}
    _, browser = world.customer.fire(keys.storefront, _quiz(82, "M"), token=world.customer.token())
    bens = _quiz(31, "XL", customerEmail="ben@example.com", idempotencyKey=secrets.token_hex(8))
    server = client.fire(keys.server, bens)
    again = client.fire(keys.server, bens)
    _, nobody = client.fire(keys.server, {"customEvent": TABLE, "customerEmail": "ben@example.com"})
    client.fire(keys.server, {"customEvent": PAGE, "anonymousId": "visitor-1"})
    ended = _worker_that_began(world, ids[QUIZ], since, browser["occurrenceId"])
    world.processes.stop(ended)
    with ThreadPoolExecutor(1) as pool:
        started = pool.submit(world.processes.start_worker, ended, beat=ended == BEAT)
        until(lambda: world.receiver.at(COUNT_PATH), PATIENCE)
        rows = {slug: _ended_rows(client, ids[slug], since) for slug in ids}
    started.result()
    # A webhook or a mail is handed over before its step is settled, so all that will come has come.
    return Evidence(
        rows=rows,
        browser=browser,
        server=server,
        again=again,
        nobody=nobody,
        webhooks=world.receiver.at(STYLIST_PATH),
        unlogged_webhooks=world.receiver.at(COUNT_PATH),
        mails=world.mailbox.of(world.customer.email),
        ended=ended,
    )


def _quiz(score: int, size: str, **who: str) -> dict[str, Any]:
    fields = {"score": score, "size": size}
    return {"customEvent": QUIZ, "dataFields": fields, "url": "https://shop.example/size-quiz", **who}


def _rows(client: Client, event: str, since: datetime) -> list[Row]:
    edges = client.ask(ROWS, event=event, since=since.isoformat())["customEventInvocations"]["edges"]
    return [edge["node"] for edge in edges]


def _ended_rows(client: Client, event: str, since: datetime) -> list[Row]:
    """Give an event's rows once none of them is under way, or as they are when patience is over."""
    rows: list[Row] = []

    def all_ended() -> bool:
        rows[:] = _rows(client, event, since)
        return not any(row["status"] in UNDER_WAY for row in rows)

    until(all_ended, PATIENCE)
    return rows


def _worker_that_began(world: World, event: str, since: datetime, occurrence: str) -> str:
    """Give the name of the worker in which the wait of the follow-up began."""

    def began() -> str | None:
        for row in _rows(world.client, event, since):
            if row["scenarioName"] == FOLLOW_UP and row["occurrence"]["occurrenceId"] == occurrence:
                return worker_that_began(row)
        return None

    process = until(began, PATIENCE)
    if process is None:
        raise Unexpected("no wait was begun: is there a row of the scenario in the log?")
    return _name_of(world.processes, int(process.rpartition(":")[2]))


def worker_that_began(row: Row) -> str | None:
    """Give `host:pid` of the process in which a row's wait began."""
    began = [step["result"].get("worker") for step in row["steps"] if step["kind"] == "wait"]
    return began[0] if began else None


def worker_that_resumed(row: Row) -> str | None:
    """Give `host:pid` of the process that came back to a row's wait."""
    resumed = [step["result"].get("resumedBy") for step in row["steps"] if step["kind"] == "wait"]
    return resumed[0] if resumed else None


def _name_of(processes: Processes, pid: int) -> str:
    """Find the worker by its process group: what counts is its child that ran the task."""
    group = os.getpgid(pid)
    return next(name for name, child in processes.children.items() if child.process.pid == group)
