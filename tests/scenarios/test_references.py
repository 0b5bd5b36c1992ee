"""Data fields that name something of the store: who is given what, in conditions and in templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from saleor_custom_events.scenarios.advance import Ask, End, Live, Wait, advance, begin
from saleor_custom_events.scenarios.conditions import Scope, holds
from saleor_custom_events.scenarios.facts import EventFacts, OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.parsing import parse_definition
from saleor_custom_events.scenarios.references import (
    Reading,
    Withheld,
    member_of,
    reading_of,
    references_in,
)
from saleor_custom_events.scenarios.templates import context_of, render
from saleor_custom_events.scenarios.values import DataField, FieldType
from saleor_custom_events.store.customers import Customer
from saleor_custom_events.store.objects import ObjectKind
from saleor_custom_events.store.references import (
    Referred,
    StoreCheckout,
    StoreItem,
    StoreLine,
    StoreOrder,
    StoreReference,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANNA = Customer(id="VXNlcjox", email="anna@example.com")
LINES = (
    StoreLine(product_name="Scarf", variant_name="Red", variant_id="UHI=", sku="r", quantity=2, unit_price=Decimal(10)),
    StoreLine(product_name="Hat", variant_name="", variant_id="", sku="", quantity=1, unit_price=Decimal("5.50")),
)
CART = StoreCheckout(
    customer_id=None,
    email="Anna@Example.com",
    currency="PLN",
    total=Decimal("25.50"),
    quantity=3,
    changed_at=NOW,
    is_open=True,
    lines=LINES,
)
ORDER = StoreOrder(
    customer_id="VXNlcjox",
    email="at-work@example.com",
    number="17",
    status="UNFULFILLED",
    currency="PLN",
    total=Decimal("25.50"),
    paid=Decimal(5),
    quantity=3,
    placed_at=NOW,
    lines=LINES,
)
SCARF = StoreItem(
    name="Red", product_name="Scarf", slug="scarf", sku="r", price=Decimal("9.90"), currency="PLN", is_visible=True
)
STORE: dict[str, tuple[FieldType, Referred]] = {
    "cart": (FieldType.CHECKOUT, CART),
    "order": (FieldType.ORDER, ORDER),
    "scarf": (FieldType.VARIANT, SCARF),
    "secret": (FieldType.PRODUCT, replace(SCARF, is_visible=False)),
}


def occurrence(*more: DataField, **members: Any) -> OccurrenceFacts:
    """Give an occurrence that names everything of STORE, and something that is not in it."""
    named = [DataField(name, kind, f"id of {name}") for name, (kind, _) in STORE.items()]
    given = {"identity": Identity.TRUSTED, "customer_email": "anna@example.com", "channel": "pl", **members}
    return OccurrenceFacts(
        id="0",
        event=EventFacts(number=7, slug="e", name="E"),
        registered_at=NOW,
        occurred_at=NOW,
        fields=(*named, DataField("gone", FieldType.ORDER, "id of nothing"), *more),
        **given,
    )


def public(**members: Any) -> OccurrenceFacts:
    return occurrence(**{"identity": Identity.UNVERIFIED, "publicly_sent": True, **members})


def reading(of: OccurrenceFacts, customer: Customer | None = None) -> Reading:
    references = references_in(of)
    found = {references[name]: what for name, (_, what) in STORE.items()}
    return reading_of(of, customer, references, found, {references["scarf"]: True})


def withheld(of: OccurrenceFacts, customer: Customer | None = None) -> dict[str, str]:
    return {name: why for name, why in reading(of, customer).withheld.items() if name != "gone"}


def compared(left: str, operator: str, right: Any, of: OccurrenceFacts | None = None) -> tuple[bool, dict[str, Any]]:
    of = of or occurrence()
    when = {"left": left, "operator": operator, "right": right}
    step = {"id": "look", "type": "condition", "branches": [{"when": when, "next": None}], "otherwise": None}
    start = {"id": "s", "type": "customEvent", "event": 7}
    branch = parse_definition({"spec": 1, "starts": [start], "steps": [step]}).steps[0].branches[0]  # type: ignore[union-attr]
    result, (entry,) = holds(branch.when, Scope(occurrence=of, live=Live(asked_at=NOW, reading=reading(of))))
    assert isinstance(entry, dict)
    return result, entry


def test_what_is_named_is_asked_for_in_the_occurrences_channel() -> None:
    assert references_in(occurrence())["scarf"] == StoreReference(
        kind=ObjectKind.VARIANT, id="id of scarf", channel="pl"
    )


def test_a_trusted_caller_may_name_everything_that_is_there() -> None:
    anybody = occurrence(customer_email="ben@example.com")

    assert withheld(anybody) == {}
    assert reading(anybody).withheld == {"gone": Withheld.NOT_THERE}


def test_what_a_public_key_names_is_given_to_whom_it_belongs() -> None:
    of_ben = {"cart": Withheld.OF_ANOTHER, "order": Withheld.OF_ANOTHER, "secret": Withheld.NOT_VISIBLE}

    assert withheld(public(customer_email="ben@example.com")) == of_ben
    assert withheld(public(customer_email=None, anonymous_id="a", identity=Identity.ANONYMOUS)) == of_ben
    assert withheld(public()) == {"order": Withheld.OF_ANOTHER, "secret": Withheld.NOT_VISIBLE}, (
        "by the e-mail, the checkout"
    )
    assert withheld(public(), ANNA) == {"secret": Withheld.NOT_VISIBLE}, "by the account, the order"


def test_an_id_that_a_public_key_writes_beside_an_address_opens_nothing() -> None:
    claimed = public(customer_email="ben@example.com", customer_id=ANNA.id)

    assert withheld(claimed)["order"] == Withheld.OF_ANOTHER


def test_a_customers_token_opens_what_is_theirs() -> None:
    token = public(identity=Identity.TOKEN, customer_id=ANNA.id, customer_email="new-address@example.com")

    assert withheld(token) == {"cart": Withheld.OF_ANOTHER, "secret": Withheld.NOT_VISIBLE}


def test_a_purchase_without_an_address_is_nobodys() -> None:
    nobodys = replace(CART, email="")
    of = public(customer_email=None, anonymous_id="a", identity=Identity.ANONYMOUS)
    references = references_in(of)

    found = reading_of(of, None, references, {references["cart"]: nobodys}, {})
    assert found.withheld["cart"] == Withheld.OF_ANOTHER


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        ("dataFields.cart.total", "equals", {"amount": "25.5", "currency": "PLN"}),
        ("dataFields.cart.quantity", "equals", 3),
        ("dataFields.cart.isOpen", "equals", True),
        ("dataFields.cart.changedAt", "lessThan", {"dateTime": "2026-03-02T12:00:01Z"}),
        ("dataFields.order.status", "equals", "unfulfilled"),
        ("dataFields.order.number", "equals", "17"),
        ("dataFields.order.isPaid", "equals", False),
        ("dataFields.order.paid", "lessThan", {"amount": "6", "currency": "PLN"}),
        ("dataFields.scarf.price", "lessThan", {"amount": "10", "currency": "PLN"}),
        ("dataFields.scarf.inStock", "equals", True),
        ("dataFields.scarf.productName", "startsWith", "sc"),
        ("dataFields.scarf", "equals", "id of scarf"),
    ],
)
def test_conditions_see_what_the_store_has(left: str, operator: str, right: Any) -> None:
    assert compared(left, operator, right)[0]


def test_the_log_says_where_a_value_comes_from() -> None:
    sent = DataField("total", FieldType.NUMBER, Decimal(1))
    by_all = occurrence(sent)
    by_public = replace(by_all, publicly_sent=True)

    assert compared("dataFields.cart.quantity", "equals", 3)[1]["source"] == "store"
    assert compared("dataFields.cart.quantity", "equals", 3)[1]["askedAt"] == NOW.isoformat()
    assert compared("dataFields.total", "equals", 1, by_public)[1]["source"] == "public"
    assert "source" not in compared("dataFields.total", "equals", 1, by_all)[1]
    assert compared("dataFields.gone.total", "isSet", None)[1]["withheld"] == "NOT_IN_STORE"


def test_a_field_whose_own_name_has_dots_comes_first() -> None:
    dotted = occurrence(DataField("cart.total", FieldType.STRING, "mine"))

    assert compared("dataFields.cart.total", "equals", "mine", dotted)[0]
    assert member_of("cart.total", dotted) is None
    assert member_of("cart.colour", occurrence()) is None


def test_a_filter_does_not_look_into_the_store_and_says_so() -> None:
    when = {"left": "dataFields.cart.quantity", "operator": "equals", "right": 3}
    start = {"id": "s", "type": "customEvent", "event": 7, "filter": when}
    (begins,) = parse_definition({"spec": 1, "starts": [start], "steps": []}).starts
    assert begins.filter is not None

    result, (entry,) = holds(begins.filter, Scope(occurrence=occurrence()))

    assert (result, isinstance(entry, dict) and entry["withheld"]) == (False, "FILTER_READS_NOTHING")


def printed(template: str, of: OccurrenceFacts | None = None) -> str:
    of = of or occurrence()
    context = context_of(
        of,
        customer=None,
        scenario_id=1,
        scenario_name="S",
        scenario_version=1,
        outputs={},
        reading=reading(of),
    )
    return render(template, context)


def test_templates_list_lines() -> None:
    lines = (
        "{% for line in dataFields.cart.lines %}"
        "{{ line.quantity }} × {{ line.productName }} {{ line.variantName }} {{ line.price }} = {{ line.total }}; "
        "{% endfor %}{{ dataFields.cart.total }}"
    )
    assert printed(lines) == "2 × Scarf Red 10 PLN = 20 PLN; 1 × Hat  5.50 PLN = 5.50 PLN; 25.50 PLN"


def test_what_is_named_still_prints_as_what_was_sent() -> None:
    assert printed("{{ dataFields.cart }}|{{ dataFields.gone }}|{{ dataFields.cart | json }}") == (
        'id of cart|id of nothing|"id of cart"'
    )
    assert printed('{% if dataFields.cart == "id of cart" %}yes{% endif %}') == "yes"


def test_what_is_not_given_prints_nothing() -> None:
    of = public(customer_email="ben@example.com")
    assert printed("{{ dataFields.cart.total }}{{ dataFields.order.number }}{{ dataFields.gone.total }}", of) == ""


def walk(*steps: dict[str, Any]) -> Any:
    start = {"id": "s", "type": "customEvent", "event": 7}
    return parse_definition({"spec": 1, "starts": [start], "steps": list(steps)})


def test_each_step_that_looks_reads_anew_and_no_other_does() -> None:
    definition = walk(
        {"id": "a", "type": "setVariable", "name": "one", "value": "{{ dataFields.cart.total }}", "next": "b"},
        {"id": "b", "type": "comment", "text": "Not looking", "next": "c"},
        {"id": "c", "type": "setVariable", "name": "two", "value": "{{ dataFields.cart.total }}", "next": None},
    )
    of = occurrence()
    live = Live(asked_at=NOW, reading=reading(of))

    first = advance(definition, begin(definition), of, NOW)
    second = advance(definition, first.state, of, NOW, live=live)
    third = advance(definition, second.state, of, NOW, live=live)

    asks = Ask(Wanted(references=frozenset(references_in(of))))
    assert (first.then, second.then) == (asks, asks)
    assert isinstance(third.then, End)
    assert third.state.variables == {"one": "25.50 PLN", "two": "25.50 PLN"}
    assert third.passed[0].decision["withheld"] == {"gone": "NOT_IN_STORE"}


def test_a_wait_goes_by_a_date_that_the_store_has() -> None:
    definition = walk(
        {"id": "w", "type": "waitUntil", "date": "dataFields.cart.changedAt", "offset": "PT1H", "next": None}
    )
    of = occurrence()

    asked = advance(definition, begin(definition), of, NOW)
    waits = advance(definition, asked.state, of, NOW, live=Live(asked_at=NOW, reading=reading(of)))

    assert asked.then == Ask(Wanted(references=frozenset({"cart"})))
    assert isinstance(waits.then, Wait)
    assert waits.then.until == NOW.replace(hour=13)


def test_an_occurrence_without_references_asks_for_nothing() -> None:
    definition = walk({"id": "a", "type": "setVariable", "name": "one", "value": "{{ dataFields.size }}", "next": None})
    of = replace(occurrence(), fields=(DataField("size", FieldType.STRING, "M"),))

    assert isinstance(advance(definition, begin(definition), of, NOW).then, End)
