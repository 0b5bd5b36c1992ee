"""The package in Saleor: nothing edited, nothing left to do, and a switch that takes everything back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_saleors_migrate_has_applied_everything(manage: Callable[..., str]) -> None:
    manage("migrate", "--check")
    manage("makemigrations", "--check", "--dry-run", "saleor_custom_events")


def test_saleors_own_checks_find_no_error(manage: Callable[..., str]) -> None:
    manage("check", "--fail-level", "ERROR")


def test_switched_off_nothing_is_left_but_the_tables(inside: Callable[..., Any]) -> None:
    found = inside("disabled.py", SALEOR_CUSTOM_EVENTS_DISABLED="1")

    assert found["installed"] is True
    assert found["fields"] == []
    assert found["periodic"] == []
    assert found["answers"] == [404, 404, 404]
    assert found["shop"]["data"]["shop"]["name"]


def test_switched_on_the_same_look_finds_everything(inside: Callable[..., Any]) -> None:
    """Without this, the test above could pass because it looks in the wrong place."""
    found = inside("disabled.py")

    assert "customEvents" in found["fields"]
    assert found["periodic"]
    assert found["answers"] == [200, 200, 200]


def test_finding_customers_takes_one_query_however_many(inside: Callable[..., Any]) -> None:
    found = inside("host.py")

    assert found["queries"] == 1
    assert found["found"] == sorted(f"known{i}@example.com" for i in range(30))
    assert found["nobody"] == []
    assert found["groups"] == ["VIP"]
    assert found["metadata"] == {"n": "10"}
    assert found["none_asked"] == 0
    assert found["hinted"]["queries"] == 3, "one for hashes, two for phone numbers"
    alone = [[f"known{i}@example.com"] for i in range(3)]
    assert found["hinted"]["found"] == [*alone, ["known3@example.com", "known4@example.com"], [], []]
    assert found["live"] == [[2, 2], [2, 2]], "orders and checkouts; variants and their stock"
    assert found["version"].startswith("3.")
    assert found["public_url"].startswith("http://127.0.0.1:")
