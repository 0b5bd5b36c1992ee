"""What a shop sees on any day beside the visit: people who wait, a receiver that refuses, calls that are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from saleor_custom_events.hosts.sandbox.demo.client import Client, Unexpected
from saleor_custom_events.hosts.sandbox.demo.definitions import QUIZ, ScenarioToMake
from saleor_custom_events.hosts.sandbox.demo.report import Claim
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys, define_events, define_scenario
from saleor_custom_events.hosts.sandbox.receivers import Received, until

ALERT = "asked-for-a-stock-alert"
PARCEL = "returned-a-parcel"
#: Of the demo's own webhook receiver, which refuses what comes here for good.
WAREHOUSE_PATH = "/warehouse"
PATIENCE = 30.0

EVENTS: tuple[Mapping[str, Any], ...] = (
    {
        "name": "Asked for a stock alert",
        "slug": ALERT,
        "description": "Somebody wants to hear when a size that is sold out is back. Fired by the product page.",
        "public": True,
        "dataFields": [
            {"name": "product", "type": "STRING", "required": True},
            {"name": "size", "type": "STRING"},
            {"name": "price", "type": "MONEY"},
            {"name": "page", "type": "URL"},
        ],
        "violations": "WARN",
    },
    {
        "name": "Returned a parcel",
        "slug": PARCEL,
        "description": "The warehouse has scanned a parcel that came back.",
        "dataFields": [
            {"name": "order", "type": "STRING", "required": True},
            {"name": "reason", "type": "TEXT"},
            {"name": "refund", "type": "MONEY"},
        ],
        "violations": "REJECT",
    },
)
LOG = """query ($event: ID!, $since: DateTime!, $status: [CustomEventInvocationStatusEnum!]) {
  customEventInvocations(first: 1, filter: {event: $event, status: $status, created: {gte: $since}}) {
    edges { node { number } } } }"""
EVENT_ID = "query ($slug: String!) { customEvent(slug: $slug) { id refusedCount } }"


def answer_of_receivers(received: Received) -> int:
    """Decide what the demo's receiver answers."""
    return 400 if received.path == WAREHOUSE_PATH else 200


def define(client: Client, receiver: str, numbers: Mapping[str, int]) -> None:
    """Make the events and scenarios that are missing; `numbers` are those of the visit's events by slug."""
    known = {**numbers, **define_events(client, EVENTS)}
    for wanted in scenarios(receiver):
        define_scenario(client, wanted, known)


def scenarios(receiver: str) -> tuple[ScenarioToMake, ...]:
    """Give them: one that waits, one whose receiver refuses, one that is paused, one that is a draft."""
    alert = {"subject": "{{ dataFields.product }} is back", "text": "Size {{ dataFields.size }} is here again.\n"}
    review = {"subject": "What went wrong?", "text": "You sent back {{ dataFields.order }}. Tell us why.\n"}
    voucher = {"subject": "Welcome", "text": "Your size is {{ dataFields.size }}. Here is something to start with.\n"}
    return (
        ScenarioToMake("Back in stock", ALERT, _wait_then_mail("P7D", alert), start={"allowUnverified": True}),
        ScenarioToMake("Tell the warehouse", PARCEL, (_webhook(receiver + WAREHOUSE_PATH),)),
        ScenarioToMake("Ask what went wrong", PARCEL, _wait_then_mail("P1D", review), paused=True),
        ScenarioToMake("Welcome after the quiz", QUIZ, _wait_then_mail("PT2H", voucher), published=False),
    )


def _wait_then_mail(duration: str, mail: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    return (
        {"id": "wait", "type": "wait", "duration": duration, "next": "mail"},
        {"id": "mail", "type": "action", "action": "send_email", "config": mail, "next": None},
    )


def _webhook(url: str) -> Mapping[str, Any]:
    return {"id": "tell", "type": "action", "action": "send_webhook", "config": {"url": url}, "next": None}


def spend_a_day(client: Client, keys: Keys) -> None:
    """Fire what a day brings. Raises Unexpected where the store takes what it should refuse, or the other way round."""
    alerts = (
        ("ewa.kowalska@example.com", "Wool coat", "M", "649.00"),
        ("jan.nowak@example.com", "Rain boots", "44", "189.00"),
        ("lucy.moore@example.com", "Linen shirt", "L", "159.00"),
    )
    for email, product, size, price in alerts:
        fields = {"product": product, "size": size, "price": {"amount": price, "currency": "PLN"}}
        page = f"https://shop.example/{product.lower().replace(' ', '-')}"
        client.fire(keys.storefront, _body(ALERT, email, fields, url=page))
    # From a page that was made in a hurry: nobody has declared the campaign.
    hurried = {"product": "Wool coat", "campaign": "autumn"}
    client.fire(keys.storefront, _body(ALERT, "lucy.moore@example.com", hurried))
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    returned = {"order": "10482", "reason": "Too small", "refund": {"amount": "249.00", "currency": "PLN"}}
    client.fire(keys.server, _body(PARCEL, "ewa.kowalska@example.com", returned, occurredAt=yesterday))
    refused = (
        (keys.server, _body("returned-a-parcell", "jan.nowak@example.com", returned), 404),
        (keys.server, _body(PARCEL, "jan.nowak@example.com", {"reason": "No order number"}), 422),
        (keys.storefront, _body(PARCEL, "jan.nowak@example.com", returned), 403),
    )
    for key, body, status in refused:
        answered = client.send(key, body).status_code
        if answered != status:
            raise Unexpected(f"{body['customEvent']} was answered {answered}, not {status}")


def _body(event: str, email: str, fields: Mapping[str, Any], **more: str) -> dict[str, Any]:
    return {"customEvent": event, "customerEmail": email, "dataFields": fields, **more}


def claims(client: Client, since: datetime, *, patience: float = PATIENCE) -> Iterator[Claim]:
    """Say what the log and the events show of the day that began at `since`; waits `patience` seconds for it."""
    yield Claim("an invocation waits for a week", _row(client, ALERT, "WAITING", since, patience))
    yield Claim("an invocation has failed, since its receiver refused", _row(client, PARCEL, "FAILED", since, patience))
    refused = client.ask(EVENT_ID, slug=PARCEL)["customEvent"]["refusedCount"]
    yield Claim("refused firings are counted", f"{refused} of “Returned a parcel”" if refused else None)


def _row(client: Client, slug: str, status: str, since: datetime, patience: float) -> str | None:
    event = client.ask(EVENT_ID, slug=slug)["customEvent"]["id"]

    def found() -> list[Any]:
        answered = client.ask(LOG, event=event, since=since.isoformat(), status=[status])
        return list(answered["customEventInvocations"]["edges"])

    rows = until(found, patience)
    return f"row {rows[0]['node']['number']}" if rows else None
