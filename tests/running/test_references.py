"""What data fields name is read in the store when a step looks at it, as the worker asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_custom_events.hosts.sandbox.models import Channel, Checkout, CheckoutLine, Order, OrderLine, Variant
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import CustomEvent, Invocation, StepRun
from saleor_custom_events.running.worker import run_due
from tests.running.test_worker import come, fired, wait
from tests.shop import a_key, a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

DECLARED = [
    {"name": name, "type": kind, "required": False}
    for name, kind in (("cart", "Checkout"), ("order", "Order"), ("variant", "Variant"), ("product", "Product"))
]
TOLD = "{% for line in dataFields.cart.lines %}{{ line.quantity }}×{{ line.productName }} {% endfor %}"


def a_variant(name: str = "Scarf", **members: Any) -> Variant:
    channel, _ = Channel.objects.get_or_create(slug="pl")
    given = {"product_id": 1, "product_name": name, "price": 10, "currency": "PLN", "quantity": 5, "channel": channel}
    return Variant.objects.create(name="Red", **{**given, **members})


def a_cart(*quantities: int, email: str = "anna@example.com") -> Checkout:
    cart = Checkout.objects.create(email=email, lines=len(quantities))
    for quantity in quantities:
        CheckoutLine.objects.create(checkout=cart, variant=a_variant(), quantity=quantity)
    return cart


def an_order(email: str = "anna@example.com", **members: Any) -> Order:
    given = {"status": "unfulfilled", "currency": "PLN", "total_gross_amount": 30, **members}
    order = Order.objects.create(user_email=email, **given)
    OrderLine.objects.create(order=order, variant=a_variant(), quantity=3, unit_price=10)
    return order


def an_event_that_names(**more: Any) -> CustomEvent:
    return an_event(declared_fields=DECLARED, **more)


def says(value: str, id: str = "say", next: str | None = None) -> dict[str, Any]:
    return {"id": id, "type": "setVariable", "name": id, "value": value, "next": next}


def said(step: str = "say") -> str:
    return str(StepRun.objects.filter(step=step).latest("invocation_id").result["value"])


def test_a_cart_is_read_anew_at_every_step() -> None:
    event, cart = an_event_that_names(), a_cart(2)
    a_scenario(event, steps=[says(TOLD, "before", "wait"), {**wait(after="after"), "id": "wait"}, says(TOLD, "after")])
    fired(event, dataFields={"cart": str(cart.token)})
    run_due()
    CheckoutLine.objects.create(checkout=cart, variant=a_variant("Hat"), quantity=1)
    come()
    run_due()

    assert (said("before"), said("after")) == ("2×Scarf ", "2×Scarf 1×Hat ")


def test_the_price_is_the_one_that_the_store_has() -> None:
    event, variant = an_event_that_names(), a_variant(price="9.90")
    when = {"left": "dataFields.variant.price", "operator": "lessThan", "right": {"amount": "10", "currency": "PLN"}}
    look = {"id": "look", "type": "condition", "branches": [{"when": when, "next": None}], "otherwise": None}
    a_scenario(event, steps=[look])
    fired(event, dataFields={"variant": global_id("ProductVariant", variant.pk)}, channel="pl")
    run_due()

    result = StepRun.objects.get(step="look").result
    (comparison,) = result["comparisons"]
    assert (result["branch"], comparison["source"]) == (0, "store")
    assert comparison["actual"] == {"amount": "9.90", "currency": "PLN"}


def test_products_are_named_with_their_cheapest_price_and_stock() -> None:
    event = an_event_that_names()
    a_variant(price=12), a_variant(price=8, quantity=0)
    a_scenario(
        event,
        steps=[says("{{ dataFields.product.name }} {{ dataFields.product.price }} {{ dataFields.product.inStock }}")],
    )
    fired(event, dataFields={"product": global_id("Product", 1)}, channel="pl")
    run_due()

    assert said() == "Scarf 8.00 PLN true"


def test_an_action_prints_lines_and_its_step_says_when_they_were_read() -> None:
    event, cart, other = an_event_that_names(), a_cart(2), an_event()
    fire = {"event": other.pk, "fields": {"told": TOLD, "missing": "{{ dataFields.order.number }}"}}
    a_scenario(event, steps=[{"id": "act", "type": "action", "action": "fire_event", "config": fire, "next": None}])
    fired(event, dataFields={"cart": global_id("Checkout", cart.pk), "order": global_id("Order", 99)})
    run_due()

    step = StepRun.objects.get(step="act")
    assert step.input["fields"] == {"told": "2×Scarf", "missing": ""}
    assert step.result["askedAt"]
    assert list(step.result["withheld"]) == ["order"]


def test_a_public_key_opens_no_order_but_its_customers() -> None:
    event = an_event_that_names(public=True)
    a_scenario(event, steps=[says("{{ dataFields.order.total }}")], allowUnverified=True)
    _, anybody = a_key()
    mine, other = an_order(), an_order("other@example.com")

    fired(event, anybody, dataFields={"order": global_id("Order", mine.pk)})
    run_due()
    assert said() == "30.00 PLN"

    fired(event, anybody, dataFields={"order": global_id("Order", other.pk)})
    run_due()
    assert said() == ""


def test_what_a_public_firing_set_going_opens_no_more() -> None:
    first, second = an_event_that_names(public=True), an_event_that_names()
    copy = {"event": second.pk, "copyFields": True, "fields": {}}
    a_scenario(
        first,
        steps=[{"id": "act", "type": "action", "action": "fire_event", "config": copy, "next": None}],
        allowUnverified=True,
    )
    a_scenario(second, steps=[says("[{{ dataFields.order.total }}]")], allowUnverified=True)
    other = an_order("other@example.com")
    fired(first, a_key()[1], dataFields={"order": global_id("Order", other.pk)})
    run_due()
    run_due()

    assert said() == "[]"


def test_a_draft_order_is_not_there() -> None:
    event, draft = an_event_that_names(), an_order(status="draft")
    a_scenario(event, steps=[says("[{{ dataFields.order.total }}]")])
    fired(event, dataFields={"order": global_id("Order", draft.pk)})
    run_due()

    assert said() == "[]"
    assert Invocation.objects.get().status == "completed"


def test_no_more_than_a_hundred_lines_are_read_and_all_are_counted() -> None:
    event, cart = an_event_that_names(), a_cart(*[1] * 102)
    a_scenario(event, steps=[says("{{ dataFields.cart.lines.size }} of {{ dataFields.cart.quantity }}")])
    fired(event, dataFields={"cart": global_id("Checkout", cart.pk)})
    run_due()

    assert said() == "100 of 102"


def test_another_kind_of_thing_is_a_violation() -> None:
    event, variant = an_event_that_names(violations="warn"), a_variant()
    fired(event, dataFields={"order": global_id("ProductVariant", variant.pk), "cart": "none"})

    row = Invocation.objects.get().occurrence.data_fields
    assert [(one["field"], one["code"]) for one in row.violations] == [
        ("dataFields.order", "WRONG_TYPE"),
        ("dataFields.cart", "WRONG_TYPE"),
    ]
    assert {field["type"] for field in row.fields} == {"String"}


def test_reading_takes_no_more_queries_for_many() -> None:
    event = an_event_that_names()
    a_scenario(event, steps=[says(f"{TOLD} {{{{ dataFields.order.number }}}} {{{{ dataFields.variant.price }}}}")])

    def queries(invocations: int) -> int:
        for number in range(invocations):
            email = f"c{number}@example.com"
            cart, order, variant = a_cart(1, email=email), an_order(email), a_variant()
            fields = {
                "cart": global_id("Checkout", cart.pk),
                "order": global_id("Order", order.pk),
                "variant": global_id("ProductVariant", variant.pk),
            }
            fired(event, customerEmail=email, dataFields=fields, channel="pl")
        with CaptureQueriesContext(connection) as captured:
            run_due()
        return len(captured)

    queries(1)
    assert queries(2) == queries(30)
