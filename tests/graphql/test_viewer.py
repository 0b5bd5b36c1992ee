"""Who asks, what they may do and what is missing; whether scenarios run at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saleor_custom_events.defining.permissions import Operation
from saleor_custom_events.models import Heartbeat, KeyType
from tests.graphql.conftest import Asker, app, customer, staff
from tests.shop import a_key, all_is_alive

pytestmark = pytest.mark.django_db

VIEWER = "{ customEventViewer { name permissions operations { operation allowed missing } } }"
HEALTH = """{ customEventHealth {
  now beatSeenAt workerSeenAt beatSilent workerSilent mailProblem publicUrl } }"""
DEFINE, CUSTOMERS, OPERATE = "MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS"


def missing(viewer: dict[str, Any]) -> dict[str, list[str]]:
    """Give what is missing by operation; one that is allowed misses nothing, and the other way round."""
    permits = viewer["operations"]
    assert all(permit["allowed"] == (permit["missing"] == []) for permit in permits)
    return {permit["operation"]: permit["missing"] for permit in permits}


def test_whoever_holds_everything_misses_nothing(ask: Asker, boss: str) -> None:
    viewer = ask(VIEWER, by=boss).data["customEventViewer"]

    assert viewer["name"].startswith("staff")
    assert viewer["permissions"] == [DEFINE, OPERATE, CUSTOMERS]
    assert missing(viewer) == {operation.name: [] for operation in Operation}


def test_what_is_missing_is_named_for_every_operation(ask: Asker) -> None:
    viewer = ask(VIEWER, by=staff(DEFINE)).data["customEventViewer"]

    assert missing(viewer) == {
        "SEE_DEFINITIONS": [],
        "DEFINE": [],
        "SEE_LOG": [],
        "SEE_CUSTOMERS": [CUSTOMERS],
        "EXPLAIN": [CUSTOMERS],
        "CONTROL_INVOCATIONS": [CUSTOMERS],
        "FIRE": [CUSTOMERS],
        "TEST_WITH_OCCURRENCE": [CUSTOMERS],
        "ALLOW_UNVERIFIED": [CUSTOMERS],
        "KEYS": [OPERATE],
        "PAUSE": [OPERATE],
        "SETTINGS": [OPERATE],
    }
    assert missing(ask(VIEWER, by=staff(CUSTOMERS)).data["customEventViewer"])["FIRE"] == [DEFINE]


def test_permissions_that_custom_events_know_nothing_of_are_not_told(ask: Asker) -> None:
    token = app([DEFINE, "MANAGE_ORDERS", "MANAGE_STAFF"])

    viewer = ask(VIEWER, by=token).data["customEventViewer"]

    assert viewer["name"].startswith("App ")
    assert viewer["permissions"] == [DEFINE]


def test_the_codes_are_those_of_the_settings(ask: Asker, settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_PERMISSION_CUSTOMERS = "MANAGE_ORDERS"

    viewer = ask(VIEWER, by=staff(DEFINE)).data["customEventViewer"]

    assert missing(viewer)["FIRE"] == missing(viewer)["SEE_CUSTOMERS"] == ["MANAGE_ORDERS"]


def test_a_customer_may_ask_and_may_do_nothing(ask: Asker) -> None:
    viewer = ask(VIEWER, by=customer()).data["customEventViewer"]

    assert viewer["permissions"] == []
    assert all(missing(viewer).values())


@pytest.mark.parametrize("kind", KeyType)
def test_a_key_reads_nothing_not_even_what_it_may_do(ask: Asker, kind: KeyType) -> None:
    assert ask(VIEWER, by=a_key(kind)[0]).codes == ["PermissionDenied"]


def test_nobody_has_been_seen_yet(ask: Asker, definer: str) -> None:
    health = ask(HEALTH, by=definer).data["customEventHealth"]

    assert (health["beatSeenAt"], health["workerSeenAt"]) == (None, None)
    assert (health["beatSilent"], health["workerSilent"]) == (True, True)


def test_who_was_seen_when_with_one_query(ask: Asker, definer: str) -> None:
    all_is_alive()
    long_ago = timezone.now() - timedelta(minutes=3)
    Heartbeat.objects.filter(name="beat").update(at=long_ago)

    with CaptureQueriesContext(connection) as queries:
        health = ask(HEALTH, by=definer).data["customEventHealth"]

    assert datetime.fromisoformat(health["beatSeenAt"]) == long_ago
    assert (health["beatSilent"], health["workerSilent"]) == (True, False)
    assert abs(datetime.fromisoformat(health["now"]) - timezone.now()) < timedelta(minutes=1)
    assert sum("saleor_custom_events_" in query["sql"] for query in queries) == 1


def test_whether_mail_can_be_sent_and_where_browsers_find_the_shop(ask: Asker, definer: str, settings: Any) -> None:
    settings.EMAIL_HOST, settings.PUBLIC_URL = "", "https://shop.example"
    health = ask(HEALTH, by=definer).data["customEventHealth"]
    assert (health["mailProblem"], health["publicUrl"]) == ("EMAIL_URL names no mail server", "https://shop.example")

    settings.EMAIL_HOST = "mail.example.com"
    assert ask(HEALTH, by=definer).data["customEventHealth"]["mailProblem"] is None
