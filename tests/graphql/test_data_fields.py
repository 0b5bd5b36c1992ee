"""What is kept of data fields, what names something of the store, and problems with them, over GraphQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.doors.graphql.ids import EVENT, global_id
from saleor_custom_events.models import CustomEvent, Invocation
from saleor_custom_events.store.callers import Caller
from tests.firing.test_firing import fired
from tests.graphql.conftest import Asker
from tests.shop import TRUSTED, a_key, an_event

pytestmark = pytest.mark.django_db(transaction=True)

CREATE = """
mutation ($input: CustomEventCreateInput!) {
  customEventCreate(input: $input) { errors { field code message }
    customEvent { dataFields { name type required privacy } } } }
"""
UPDATE = """
mutation ($id: ID!, $input: CustomEventUpdateInput!) {
  customEventUpdate(id: $id, input: $input) { errors { field code } customEvent { dataFields { privacy } } } }
"""
PROBLEMS = """
query { customEvents(first: 100) { edges { node {
  number fieldProblems { field code count samples { invocation } } } } } }
"""
SENT = "query ($id: ID!) { customEventInvocations(first: 1, filter: {event: $id}) { edges { node { occurrence { isPubliclySent } } } } }"  # noqa: E501
STRICT: dict[str, Any] = {"declared_fields": [{"name": "score", "type": "Number"}], "violations": "warn"}


def test_a_declaration_says_what_is_kept_and_keeps_all_where_it_does_not(ask: Asker, definer: str) -> None:
    fields = [
        {"name": "phone", "type": "STRING", "required": True, "privacy": "MASK"},
        {"name": "cart", "type": "CHECKOUT"},
    ]

    event = ask(CREATE, {"input": {"name": "Asked", "dataFields": fields}}, by=definer).done["customEvent"]

    assert event["dataFields"] == [fields[0], {**fields[1], "required": False, "privacy": "STORE"}]


@pytest.mark.parametrize("type", ["VARIANT", "PRODUCT", "CHECKOUT", "ORDER"])
@pytest.mark.parametrize("privacy", ["MASK", "HASH", "DROP"])
def test_what_names_something_of_the_store_has_to_be_kept(ask: Asker, definer: str, type: str, privacy: str) -> None:
    event = an_event()
    fields = [{"name": "size", "type": "STRING"}, {"name": "thing", "type": type, "privacy": privacy}]

    refusals = ask(UPDATE, {"id": global_id(EVENT, event.pk), "input": {"dataFields": fields}}, by=definer).refusals

    assert refusals == [("dataFields[1].privacy", "INVALID")]


def test_problems_with_fields_of_many_events_are_one_query(ask: Asker, definer: str) -> None:
    def asked() -> tuple[int, dict[int, Any]]:
        with CaptureQueriesContext(connection) as queries:
            edges = ask(PROBLEMS, by=definer).data["customEvents"]["edges"]
        return len(queries), {edge["node"]["number"]: edge["node"]["fieldProblems"] for edge in edges}

    event = an_event(**STRICT)
    fired(event, dataFields={"score": "many"})
    fired(event, dataFields={"score": "more"})
    few, _ = asked()
    others = [an_event(**STRICT) for _ in range(5)]
    for other in others:
        fired(other, dataFields={"size": "M"})
    many, problems = asked()

    assert few == many
    numbers = [str(pk) for pk in Invocation.objects.filter(event=event).order_by("pk").values_list("pk", flat=True)]
    samples = [{"invocation": number} for number in numbers]
    assert problems[event.pk] == [{"field": "score", "code": "WRONG_TYPE", "count": 2, "samples": samples}]
    assert [problems[other.pk][0]["code"] for other in others] == ["UNDECLARED"] * 5


def test_the_log_says_what_a_browser_sent(ask: Asker, definer: str) -> None:
    def is_publicly_sent(event: CustomEvent, caller: Caller) -> bool:
        fired(event, caller)
        (edge,) = ask(SENT, {"id": global_id(EVENT, event.pk)}, by=definer).data["customEventInvocations"]["edges"]
        return bool(edge["node"]["occurrence"]["isPubliclySent"])

    assert is_publicly_sent(an_event(public=True), a_key()[1])
    assert not is_publicly_sent(an_event(), TRUSTED)
