"""Actions in a real Saleor, where its API shows more than the sandbox's."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import requests

from saleor_custom_events.hosts.sandbox.receivers import Mailbox, until
from tests.host_contract.making import CREATE_SCENARIO, Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_actions import SOON, act, codes, ended

__all__ = ["ended"]

#: Seconds for which the shop's mail settings are kept.
MAIL_KNOWN = 5.5
HISTORY = "query ($id: ID!) { user(id: $id) { note events { type message } } }"
TEST_MAIL = "mutation ($input: CustomEventTestMailInput!) { customEventTestMail(input: $input) { errors { code } to } }"
ADD_VOUCHER = """
mutation ($id: ID!, $code: String!) {
  checkoutAddPromoCode(id: $id, promoCode: $code) { checkout { voucherCode discount { amount } } errors { code } }
}
"""
CHECKOUT = """
mutation ($channel: String!) {
  checkoutCreate(input: {channel: $channel, email: "anna@example.com", lines: []}) { checkout { id } errors { code } }
}
"""


def test_a_code_ends_by_being_made_inactive(store: Store, ended: Any, inside: Callable[..., Any]) -> None:
    before = codes(store)
    row = ended(
        [
            act("issue_voucher_code", "short", "long", voucher=store.cast["voucher"], expiresAfter="PT1S"),
            act("issue_voucher_code", "long", voucher=store.cast["voucher"], expiresAfter="P9D"),
        ]
    )
    assert row["status"] == "COMPLETED", row
    made = {step["step"]: step["result"]["code"] for step in row["steps"]}
    assert made["short"] not in before
    time.sleep(1.1)

    assert inside("codes.py") == {"deactivated": 1}

    now = codes(store)
    assert (now[made["short"]], now[made["long"]]) == (False, True)


def test_a_code_is_taken_by_a_checkout(store: Store, ended: Any) -> None:
    """The code is known to Saleor as a promo code: an empty checkout refuses it for what it holds, not for the code."""
    row = ended([act("issue_voucher_code", voucher=store.cast["voucher"])])
    made = store.ask(CHECKOUT, {"channel": store.cast["channel"]})["checkoutCreate"]
    assert made["errors"] == [], made

    def added(code: str) -> Any:
        return store.ask(ADD_VOUCHER, {"id": made["checkout"]["id"], "code": code})["checkoutAddPromoCode"]

    assert added("NO-SUCH-CODE")["errors"] == [{"code": "INVALID"}]
    code = row["steps"][0]["result"]["code"]
    answered = added(code)
    assert answered["errors"] == [], answered
    assert answered["checkout"]["voucherCode"] == code


def test_a_note_stands_in_the_customers_history_too(store: Store, ended: Any) -> None:
    row = ended([act("add_customer_note", text="Seen by {{ scenario.name }}")])

    assert row["status"] == "COMPLETED", row
    user = store.ask(HISTORY, {"id": store.cast["customer"]["id"]}, by="superuser")["user"]
    assert user["note"].endswith(f"Seen by {row['scenarioName']}")
    assert {"type": "NOTE_ADDED", "message": f"Seen by {row['scenarioName']}"} in user["events"]


def test_a_test_mail_goes_to_the_staff_who_ask_with_the_shops_settings(
    store: Store, make: Maker, event: Event, mailbox: Mailbox
) -> None:
    time.sleep(MAIL_KNOWN)
    draft = {"spec": 1, "starts": [{"id": "start", "type": "customEvent", "event": event.number}], "steps": []}
    url = store.plugin_url + "graphql/"
    made = store.ask(CREATE_SCENARIO, {"input": {"name": "Letter", "draft": draft}}, by="staff_all", url=url)
    scenario = made["customEventScenarioCreate"]["scenario"]["id"]
    letter = {"subject": "Hi", "text": "{{ event.name }}", "layout": "letter", "marketing": True}

    sent = {"scenario": scenario, "event": event.id, "settings": letter}
    # Through Saleor's own API, as the plugin's own is asked elsewhere.
    answer = store.ask(TEST_MAIL, {"input": sent}, by="staff_all")["customEventTestMail"]

    staff = store.cast["staff_all"]["email"]
    assert answer == {"errors": [], "to": staff}
    (mail,) = mailbox.received
    assert (mail["To"], mail["Subject"]) == (staff, "[Test] Hi")
    assert mail["List-Unsubscribe"] is None
    assert make.log(event) == []


def test_marketing_is_left_in_one_click_and_nothing_follows(
    store: Store, make: Maker, event: Event, server_key: str, mailbox: Mailbox
) -> None:
    time.sleep(MAIL_KNOWN)
    letter = {"subject": "News", "layout": "button", "text": "Hi {{ customer.firstName }}", "marketing": True}
    make.scenario(event, [act("send_email", **letter, button="Look", link="https://shop.example/")])
    body = {
        "customEventId": event.number,
        "customerEmail": store.cast["customer"]["email"],
        "channel": store.cast["channel"],
    }
    store.fire(body, credential=server_key)
    assert until(lambda: mailbox.received, SOON), make.log(event)
    (mail,) = mailbox.received
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = mail["List-Unsubscribe"].strip(" <>")
    html = mail.get_body(("html",))
    assert html is not None
    assert url in html.get_content()

    asked = requests.get(url, headers={"Accept-Language": "pl"}, timeout=30)
    assert "Wypisz mnie" in asked.text
    assert asked.headers["Content-Security-Policy"].startswith("default-src 'none'")
    clicked = requests.post(url, data={"List-Unsubscribe": "One-Click"}, timeout=30)
    assert clicked.status_code == 200
    try:
        store.fire(body, credential=server_key)
        skipped = until(lambda: [r for r in make.log(event) if r["reason"] == "SKIPPED_UNSUBSCRIBED"], SOON)
        assert skipped, make.log(event)
        assert len(mailbox.received) == 1
    finally:
        requests.post(url, data={"subscribe-again": "1"}, timeout=30)
