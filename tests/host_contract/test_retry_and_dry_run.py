"""Running again what failed, and trying before anything runs: at both doors, with the store's own customers."""

from __future__ import annotations

from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_end_to_end import SOON

ROW = "number retryOf retriedBy canResume canRetry status steps { visit step status reason }"
LOG = f"""query ($event: ID!) {{ customEventInvocations(first: 10, filter: {{event: $event}}) {{
  edges {{ node {{ id {ROW} scenario {{ id }} }} }} }} }}"""
RETRY = f"""
mutation ($id: ID!, $version: CustomEventRetryVersionEnum!, $from: CustomEventRetryFromEnum!) {{
  customEventInvocationRetry(id: $id, version: $version, from: $from) {{
    errors {{ field code message }} invocation {{ {ROW} }} }} }}"""
TRY = """
mutation ($id: ID!, $input: CustomEventScenarioTestInput!) {
  customEventScenarioTest(id: $id, input: $input) {
    errors { field code message } start outcome reason status steps { step status reason input result } } }"""
#: A mail to somebody whom the store does not know has no subject, and fails before it is sent.
MAIL = {
    "id": "mail",
    "type": "action",
    "action": "send_email",
    "config": {"subject": "{{ customer.firstName }}", "text": "Hi"},
    "next": None,
}
KNOWN = {
    "id": "known",
    "type": "condition",
    "branches": [{"when": {"left": "customer.exists", "operator": "equals", "right": True}, "next": "mail"}],
    "otherwise": None,
}


def _door(store: Store, where: str) -> str:
    return {"store": store.graphql_url, "plugin": store.plugin_url + "graphql/"}[where]


def _rows(store: Store, event: Event) -> list[dict[str, Any]]:
    """Wait until everything of the event has ended; newest first."""

    def ended() -> list[dict[str, Any]]:
        answer = store.ask(LOG, {"event": event.id}, by="staff_all")
        rows = [edge["node"] for edge in answer["customEventInvocations"]["edges"]]
        return [] if any(row["status"] in ("RUNNING", "WAITING") for row in rows) else rows

    rows = until(ended, SOON)
    assert rows
    return rows


@pytest.mark.parametrize("where", ["store", "plugin"])
def test_what_failed_goes_on_and_begins_anew(
    store: Store, make: Maker, event: Event, server_key: str, where: str
) -> None:
    make.scenario(event, [MAIL])
    store.fire({"customEventId": event.number, "customerEmail": "nobody@example.com"}, credential=server_key)
    (failed,) = _rows(store, event)
    assert (failed["status"], failed["canResume"], failed["canRetry"]) == ("FAILED", True, True)

    def retried(**given: str) -> dict[str, Any]:
        answer = store.ask(RETRY, {"id": failed["id"], **given}, by="staff_all", url=_door(store, where))
        payload: dict[str, Any] = answer["customEventInvocationRetry"]
        assert payload["errors"] == []
        return dict(payload["invocation"])

    assert retried(version="ORIGINAL", **{"from": "FAILED_STEP"})["number"] == failed["number"]
    (resumed,) = _rows(store, event)
    assert [(step["visit"], step["status"]) for step in resumed["steps"]] == [(1, "FAILED"), (2, "FAILED")]

    new = retried(version="CURRENT", **{"from": "START"})
    assert new["retryOf"] == failed["number"]
    newest, _ = _rows(store, event)
    assert (newest["number"], newest["status"]) == (new["number"], "FAILED")
    assert newest["retriedBy"] == store.cast["staff_all"]["email"]


@pytest.mark.parametrize("where", ["store", "plugin"])
def test_a_draft_is_tried_with_the_stores_customer_by_those_who_may_see_one(
    store: Store, make: Maker, event: Event, server_key: str, where: str
) -> None:
    make.scenario(event, [KNOWN, MAIL])
    email = store.cast["customer"]["email"]
    store.fire({"customEventId": event.number, "customerEmail": "nobody@example.com"}, credential=server_key)
    (row,) = _rows(store, event)
    given = {"occurrence": {"customEventId": event.number, "customerEmail": email}}

    def tried(by: str) -> dict[str, Any]:
        answer = store.ask(TRY, {"id": row["scenario"]["id"], "input": given}, by=by, url=_door(store, where))
        payload: dict[str, Any] = answer["customEventScenarioTest"]
        assert payload["errors"] == []
        return payload

    assert [step["step"] for step in tried("staff_all")["steps"]] == ["known", "mail"]
    assert [step["step"] for step in tried("staff_define")["steps"]] == ["known"]
    assert len(_rows(store, event)) == 1, "nothing was started"
