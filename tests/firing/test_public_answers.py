"""What a public caller's answer takes: no customer is looked up before it, so that it tells nothing about any."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.hosts.sandbox.models import User
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

FIRE = "mutation ($input: CustomEventFireInput!) { customEventFire(input: $input) { occurrenceId errors { code } } }"
#: What differs between any two firings.
VALUES = re.compile(r"'[^']*'|[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def asked(path: str, body: dict[str, Any], key: str) -> list[str]:
    """Fire, and give what was asked of the database until the answer."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().post(
            f"/plugins/global/custom-events/{path}",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
    assert answer.status_code in (200, 202)
    assert "occurrenceId" in answer.content.decode()
    return [VALUES.sub("?", query["sql"]) for query in queries.captured_queries]


@pytest.mark.parametrize("door", ["fire", "graphql/"])
def test_no_customer_is_looked_up(door: str) -> None:
    User.objects.create_user("anna@example.com")
    event, key = an_event(public=True), a_key()[0]
    a_scenario(
        event,
        filter={"all": [{"left": "occurrence.email", "operator": "isSet"}]},
        customerFilter={"all": [{"left": "customer.exists", "operator": "equals", "right": True}]},
        steps=[{"id": "end", "type": "exit"}],
    )

    def queries(email: str) -> list[str]:
        body = {"customEventId": event.pk, "customerEmail": email}
        return asked(door, body if door == "fire" else {"query": FIRE, "variables": {"input": body}}, key)

    queries("warm@example.com")
    known, unknown = queries("anna@example.com"), queries("nobody@example.com")

    assert known == unknown
    assert not [sql for sql in known if "sandbox_user" in sql]
    assert any("saleor_custom_events_occurrence" in sql for sql in known)
