"""An integration that was made for ExpertSender ECDP: its address, its key and the events' IDs change, nothing else."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
import requests

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store

SOON = 40.0
GUEST = "guest@example.com"
NOTE = {"id": "note", "type": "action", "action": "add_customer_note", "config": {"text": "{{ event.slug }}"}}
ASKED = "query ($id: ID!) { user(id: $id) { note } }"


def post(store: Store, body: Any, key: str | None, *, base: str | None = None) -> requests.Response:
    headers = {"x-api-key": key} if key else {}
    return store.post("scenariocustomevents", body, headers=headers, base=base)


def md5(email: str) -> str:
    return hashlib.md5(email.encode(), usedforsecurity=False).hexdigest()


def ended(make: Maker, event: Event) -> dict[str, Any]:
    """Give the event's only row, once it has ended."""

    def row() -> dict[str, Any] | None:
        found = make.log(event)
        return found[0] if found and found[0]["status"] not in ("RUNNING", "WAITING") else None

    found = until(row, SOON)
    assert found, make.log(event)
    return found


def test_a_request_as_ecdp_documents_it_is_answered_201_and_committed(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    body = {
        "customEventId": event.number,
        "customerEmail": GUEST,
        "dataFields": [
            {"name": "url", "type": "Url", "value": "https://shop.example/quiz"},
            {"name": "amount", "type": "Money", "value": "199.90 PLN"},
        ],
    }
    answer = post(store, body, server_key)

    assert answer.status_code == 201, answer.text
    (row,) = make.log(event)
    assert (row["customerEmail"], row["occurrence"]["identity"]) == (GUEST, "TRUSTED")
    assert row["occurrence"]["occurrenceId"] == answer.json()["occurrenceId"]
    assert [(field["name"], field["type"]) for field in row["occurrence"]["dataFields"]] == [
        ("url", "URL"),
        ("amount", "MONEY"),
    ]


def test_a_client_that_sends_every_member_as_in_the_documentations_sample_is_understood(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    body = {
        "customEventId": event.number,
        "customerId": 0,
        "customerEmail": GUEST,
        "customerEmailMd5": "",
        "customerEmailSha256": "",
        "customerPhone": "",
        "customerCrmId": "",
        "dataFields": [{"name": "string", "type": "String", "value": "string"}],
    }
    assert post(store, body, server_key).status_code == 201
    assert make.log(event)[0]["customerEmail"] == GUEST


@pytest.mark.parametrize("by", ["customerEmailMd5", "customerEmailSha256", "customerPhone", "customerId"])
def test_the_stores_customer_is_found_by_what_ecdp_takes_for_a_name(
    store: Store, make: Maker, event: Event, server_key: str, by: str
) -> None:
    customer = store.cast["customer"]
    names = {
        "customerEmailMd5": md5(customer["email"]),
        "customerEmailSha256": hashlib.sha256(customer["email"].encode()).hexdigest(),
        "customerPhone": "+48 600 100 200",
        "customerId": customer["id"],
    }
    make.scenario(event, [NOTE])

    assert post(store, {"customEventId": event.number, by: names[by]}, server_key).status_code == 201

    row = ended(make, event)
    assert (row["status"], row["steps"][0]["status"]) == ("COMPLETED", "DONE")
    if by != "customerId":
        assert row["customerEmail"] == customer["email"]
    note = store.ask(ASKED, {"id": customer["id"]}, by="staff_customers")["user"]["note"]
    assert event.slug in note


@pytest.mark.parametrize("by", ["nobody", "several"])
def test_who_is_nobody_or_several_gets_nothing_and_the_log_says_why(
    store: Store, make: Maker, event: Event, server_key: str, by: str
) -> None:
    who = {
        "nobody": {"customerEmailMd5": md5("nobody.at.all@example.com")},
        "several": {"customerPhone": store.cast["shared_phone"]},
    }
    make.scenario(event, [NOTE])

    assert post(store, {"customEventId": event.number, **who[by]}, server_key).status_code == 201

    row = ended(make, event)
    assert (row["status"], row["reason"], row["customerEmail"]) == ("COMPLETED", "CUSTOMER_NOT_FOUND", None)
    assert row["steps"][0]["reason"] == "SKIPPED_NO_CUSTOMER"


def test_whatever_is_wrong_is_a_bad_request_with_ecdps_members(
    store: Store, make: Maker, event: Event, server_key: str
) -> None:
    named = {"customEventId": event.number, "customerEmail": GUEST}
    wrong: list[tuple[Any, str]] = [
        ({"customEventId": event.number}, "INVALID_BODY"),
        ({"customerEmail": GUEST}, "INVALID_BODY"),
        ({**named, "customerEmail": "nobody"}, "INVALID_BODY"),
        ({**named, "customEventId": 1_999_999_999}, "EVENT_NOT_FOUND"),
        ({**named, "dataFields": [{"name": "at", "type": "DateTime", "value": "soon"}]}, "INVALID_BODY"),
        ({"customEventId": event.number, "segmentId": 3}, "SEGMENTS_NOT_SUPPORTED"),
        (b"{not json", "INVALID_JSON"),
        (b"x" * 300_000, "BODY_TOO_LARGE"),
    ]
    for body, code in wrong:
        answer = post(store, body, server_key)
        assert answer.status_code == 400, answer.text
        told = answer.json()
        assert (told["status"], told["title"], told["code"]) == (400, "Bad Request", code)
        assert {"type", "detail", "instance", "substatus"} <= told.keys()
    assert make.log(event) == []


def test_a_field_that_the_event_does_not_allow_is_a_bad_request(store: Store, make: Maker, server_key: str) -> None:
    event = make.event(dataFields=[{"name": "size", "type": "STRING", "required": True}], violations="REJECT")
    answer = post(store, {"customEventId": event.number, "customerEmail": GUEST}, server_key)
    assert (answer.status_code, answer.json()["code"]) == (400, "FIELDS_REJECTED")
    assert answer.json()["errors"][0]["field"] == "dataFields.size"


def test_only_a_server_key_in_its_header_opens(
    store: Store, make: Maker, public_event: Event, server_key: str, storefront_key: str
) -> None:
    body = {"customEventId": public_event.number, "customerEmail": GUEST}
    for key in (None, "", "an-ecdp-key", "sce_sk_nobodys", storefront_key, store.token("staff_all")):
        answer = post(store, body, key)
        assert answer.status_code == 401, (key, answer.text)
        assert answer.json()["substatus"]
    bearer = store.post("scenariocustomevents", body, credential=server_key)
    assert (bearer.status_code, bearer.json()["code"]) == (401, "CREDENTIALS_REQUIRED")
    assert make.log(public_event) == []


def test_below_a_channel_the_event_happens_in_it(store: Store, make: Maker, event: Event, server_key: str) -> None:
    body = {"customEventId": event.number, "customerEmail": GUEST}
    assert post(store, body, server_key, base=store.channel_url).status_code == 201
    assert make.log(event)[0]["occurrence"]["channel"] == store.cast["channel"]


def test_other_methods_are_told_which_one_there_is(store: Store) -> None:
    answer = requests.get(store.plugin_url + "scenariocustomevents", timeout=60)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
