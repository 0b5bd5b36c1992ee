"""What the store has when a condition step is come to decides, as the worker asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.hosts.sandbox.models import Order, User
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import CustomEvent, Invocation
from saleor_custom_events.running.worker import run_due
from tests.running.test_worker import come, fired, wait
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def an_order(**members: Any) -> Order:
    given = {"user_email": "anna@example.com", "status": "unfulfilled", "currency": "PLN", "total_gross_amount": 100}
    return Order.objects.create(**{**given, **members})


def looks(operand: str, operator: str, *right: Any, id: str = "look", holds: str | None = None) -> dict[str, Any]:
    when = {"left": operand, "operator": operator, **({"right": right[0]} if right else {})}
    return {"id": id, "type": "condition", "branches": [{"when": when, "next": holds}], "otherwise": None}


def seen(event: CustomEvent, step: str = "look") -> dict[str, Any]:
    row = Invocation.objects.filter(event=event).latest("pk").step_runs.get(step=step)
    (comparison,) = row.result["comparisons"]
    return {**comparison, "taken": row.result["branch"]}


def test_it_is_asked_anew_at_every_step_that_looks() -> None:
    event = an_event()
    first = looks("orders.count", "equals", 0, holds="wait")
    a_scenario(event, steps=[first, wait(after="again"), looks("orders.count", "equals", 0, id="again")])
    fired(event)
    run_due()
    an_order()
    come()
    run_due()

    before, after = seen(event), seen(event, "again")
    assert (before["actual"], before["taken"]) == ("0", 0)
    assert (after["actual"], after["taken"]) == ("1", "otherwise")
    assert before["askedAt"] < after["askedAt"]


@pytest.mark.parametrize("status", ["draft", "canceled", "expired"])
def test_orders_that_were_not_placed_or_do_not_stand_are_none(status: str) -> None:
    event = an_event()
    an_order(status=status)
    a_scenario(event, steps=[looks("orders.count", "equals", 0)])
    fired(event)
    run_due()

    assert seen(event)["taken"] == 0


def test_what_the_caller_says_of_time_does_not_make_an_order_later() -> None:
    event = an_event()
    an_order()
    a_scenario(event, steps=[looks("orders.hasOrderedSinceEvent", "equals", True)])
    fired(event, occurredAt="2020-01-01T00:00:00Z")
    run_due()

    assert (seen(event)["actual"], seen(event)["taken"]) == (False, "otherwise")


def test_of_what_a_public_key_says_only_the_e_mail_is_believed() -> None:
    event = an_event(public=True)
    other = User.objects.create_user("other@example.com")
    an_order(user=other, user_email=other.email)
    a_scenario(event, steps=[looks("orders.count", "greaterThan", 0)], allowUnverified=True)
    _, anybody = a_key()
    fired(event, anybody, customerId=global_id("User", other.pk))
    run_due()

    assert seen(event)["actual"] == "0"


def test_asking_takes_no_more_queries_for_many() -> None:
    event = an_event()
    stock = {"left": "stock.dataFields.variant", "operator": "equals", "right": True}
    both = {"any": [{"left": "orders.count", "operator": "greaterThan", "right": 0}, stock]}
    step = {"id": "look", "type": "condition", "branches": [{"when": both, "next": None}], "otherwise": None}
    a_scenario(event, steps=[step])

    def queries(invocations: int) -> int:
        for number in range(invocations):
            fired(event, customerEmail=f"c{number}@example.com", dataFields={"variant": f"no {number}"})
        with CaptureQueriesContext(connection) as captured:
            run_due()
        return len(captured)

    queries(1)
    assert queries(2) == queries(40)
