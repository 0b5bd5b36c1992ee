"""Dry runs read what data fields name as a worker does, and for nobody who may not see customers."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.defining.dry_run import DryRun
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import CustomEvent, Scenario
from saleor_custom_events.scenarios.values import Json
from tests.defining.people import BOSS, MARKETER
from tests.defining.test_dry_run import a_draft, a_scenario_with, logged, mail, typed
from tests.running.test_references import a_variant, an_event_that_names, an_order, says
from tests.shop import a_key

pytestmark = pytest.mark.django_db(transaction=True)

ORDER = "{{ dataFields.order.number }}/{{ dataFields.order.total }}"


def scenario_that_tells(event: CustomEvent) -> Scenario:
    return a_scenario_with(a_draft(event, steps=[says(ORDER, "say", "mail"), mail(f"Order {ORDER}")]))


def told(run: DryRun) -> tuple[Json, Json]:
    """Give what the variable is, and what the mail says."""
    result, input = run.steps[0].result, run.steps[1].input
    assert isinstance(result, dict)
    assert isinstance(input, dict)
    return result["value"], input["text"]


def test_a_variable_and_an_action_are_rendered_with_what_the_store_has() -> None:
    event, order = an_event_that_names(), an_order()
    scenario = scenario_that_tells(event)

    run = typed(scenario, event, dataFields={"order": global_id("Order", order.pk)})

    assert told(run) == (f"{order.pk}/30.00 PLN", f"Order {order.pk}/30.00 PLN")


def test_whoever_may_not_see_customers_sees_no_order() -> None:
    event, order = an_event_that_names(), an_order()
    scenario = scenario_that_tells(event)

    with CaptureQueriesContext(connection) as queries:
        run = typed(scenario, event, by=MARKETER, dataFields={"order": global_id("Order", order.pk)})

    assert told(run) == ("/", "Order /")
    assert not [query for query in queries if "sandbox_order" in query["sql"]]


def test_but_what_something_costs() -> None:
    event, variant = an_event_that_names(), a_variant()
    scenario = a_scenario_with(a_draft(event, steps=[says("{{ dataFields.variant.price }}")]))
    fields: dict[str, Any] = {"variant": global_id("ProductVariant", variant.pk)}

    (step,) = typed(scenario, event, by=MARKETER, dataFields=fields, channel="pl").steps

    assert isinstance(step.result, dict)
    assert step.result["value"] == "10.00 PLN"


def test_of_a_logged_occurrence_from_a_browser_nobody_elses_order_is_read() -> None:
    event, order = an_event_that_names(public=True), an_order("other@example.com")
    scenario = scenario_that_tells(event)
    fields = {"order": global_id("Order", order.pk)}

    by_browser = logged(scenario, event, by=BOSS, key=a_key()[1], dataFields=fields)
    by_server = logged(scenario, event, by=BOSS, dataFields=fields)

    assert isinstance(by_browser.steps[0].result, dict)
    assert by_browser.steps[0].result["value"] == "/"
    assert told(by_server)[0] == f"{order.pk}/30.00 PLN"
