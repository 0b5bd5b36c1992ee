"""Results of a scenario in a whole store: what its workers did is counted, and every count has its rows in the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.host_contract.making import Event, Maker
from tests.host_contract.store import Store
from tests.host_contract.test_end_to_end import SOON

RESULTS = """query ($id: ID!, $from: DateTime!, $to: DateTime!) {
  customEventScenarioResults(id: $id, from: $from, to: $to) {
    version from to
    totals { statuses reason count inLog }
    parts { id counts { outcome way reason count inLog } } } }"""
ROWS = """query ($filter: CustomEventInvocationFilterInput) {
  customEventInvocations(first: 50, filter: $filter) { edges { node { number status } } } }"""
HIGH = {"left": "dataFields.score", "operator": "greaterThan", "right": 50}
STEPS: list[dict[str, Any]] = [
    {"id": "high", "type": "condition", "branches": [{"when": HIGH, "next": "wait"}], "otherwise": "end"},
    {"id": "wait", "type": "wait", "duration": "P1D", "next": "end"},
    {"id": "end", "type": "exit"},
]

pytestmark = pytest.mark.parametrize("where", ["store", "plugin"])


def test_what_runs_came_to_is_counted_and_leads_to_its_rows(
    store: Store, make: Maker, event: Event, server_key: str, where: str
) -> None:
    door = {"store": store.graphql_url, "plugin": store.plugin_url + "graphql/"}[where]
    scenario = make.scenario(event, STEPS, reentry="once")
    for email, score in (("ada@example.com", 90), ("ben@example.com", 80), ("eve@example.com", 10)):
        body = {"customEventId": event.number, "customerEmail": email, "dataFields": {"score": score}}
        assert store.fire(body, credential=server_key).status_code == 202
    assert store.fire(body, credential=server_key).status_code == 202
    now = datetime.now(UTC)
    time = {"from": (now - timedelta(hours=1)).isoformat(), "to": (now + timedelta(hours=1)).isoformat()}

    def results() -> dict[str, Any]:
        asked = store.ask(RESULTS, {"id": scenario, **time}, by="staff_define", url=door)
        found: dict[str, Any] = asked["customEventScenarioResults"]
        return found

    def parts() -> dict[str, set[tuple[Any, ...]]]:
        return {
            part["id"]: {
                (one["outcome"], one["way"] or one["reason"], one["count"], one["inLog"]) for one in part["counts"]
            }
            for part in results()["parts"]
        }

    expected = {
        "start": {("STARTED", None, 3, 3), ("SKIPPED", "SKIPPED_REENTRY", 1, 1)},
        "high": {("PASSED", "0", 2, 2), ("PASSED", "otherwise", 1, 1)},
        "wait": {("WAITING", None, 2, 2)},
        "end": {("PASSED", None, 1, 1)},
    }
    assert until(lambda: parts() == expected, SOON), parts()
    found = results()
    created = {"gte": found["from"], "lte": found["to"]}
    of_version = {"scenario": scenario, "version": found["version"], "created": created}
    for part in found["parts"]:
        for count in part["counts"]:
            step = {"id": part["id"], **{name: count[name] for name in ("outcome", "way", "reason")}}
            assert len(rows(store, door, {**of_version, "step": step})) == count["inLog"], step
    for total in found["totals"]:
        reason = {"reason": [total["reason"]]} if total["reason"] else {}
        assert len(rows(store, door, {**of_version, "status": total["statuses"], **reason})) == total["inLog"], total


def rows(store: Store, door: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    page = store.ask(ROWS, {"filter": wanted}, by="staff_define", url=door)["customEventInvocations"]
    return [edge["node"] for edge in page["edges"]]
