"""Send e-mail: to whom, what, and what values cannot do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saleor_custom_events.actions.base import Outcome
from saleor_custom_events.actions.send_email import SendEmail
from saleor_custom_events.errors import ActionError
from saleor_custom_events.scenarios.outcomes import Reason
from saleor_custom_events.scenarios.values import DataField, FieldType
from tests.actions.performing import FACTS, World, perform

SIZE = "{{ dataFields.size }}"
MAIL = {"subject": "Hi {{ customer.firstName }}", "text": f"Size {SIZE}", "html": f"<b>{SIZE}</b>"}
EVIL = (DataField("size", FieldType.TEXT, "<M>\r\nBcc: all@example.com"),)


def test_a_mail_to_the_occurrences_address() -> None:
    world = World()
    outcome = perform(SendEmail(), MAIL, world, fields=(DataField("size", FieldType.STRING, "M"),))
    assert world.mails == [{"to": "ann@example.com", "subject": "Hi Ann", "text": "Size M", "html": "<b>M</b>"}]
    assert outcome == Outcome(result={"messageId": "<msg_1@shop.example>"})


def test_html_is_optional() -> None:
    world = World()
    perform(SendEmail(), {"subject": "Hi", "text": "Hi"}, world)
    assert world.mails[0]["html"] == ""


def test_the_stores_address_where_the_occurrence_has_none() -> None:
    world = World()
    assert FACTS.customer is not None
    facts = replace(FACTS, customer=replace(FACTS.customer, email="ann@store.example"))
    perform(SendEmail(), MAIL, world, facts=facts, customer_email=None, customer_id="VXNlcjox")
    assert world.mails[0]["to"] == "ann@store.example"


def test_nobody_to_write_to_is_skipped() -> None:
    world = World()
    outcome = perform(SendEmail(), MAIL, world, facts=replace(FACTS, customer=None), customer_email=None)
    assert (outcome.skipped, world.mails) == (Reason.NO_EMAIL, [])


def test_a_value_adds_no_header_and_no_markup() -> None:
    world = World()
    perform(SendEmail(), {**MAIL, "subject": f"Size {SIZE}"}, world, fields=EVIL)
    (mail,) = world.mails
    assert mail["subject"] == "Size <M> Bcc: all@example.com"
    assert mail["html"] == "<b>&lt;M&gt;\nBcc: all@example.com</b>"
    assert mail["text"] == "Size <M>\nBcc: all@example.com"


def test_a_subject_is_cut_to_what_anybody_reads() -> None:
    world = World()
    long = DataField("size", FieldType.TEXT, "x" * 9000)
    perform(SendEmail(), {**MAIL, "subject": SIZE}, world, fields=(long,))
    assert world.mails[0]["subject"] == "x" * 250


def test_a_subject_that_came_out_empty_is_the_authors_fault() -> None:
    world = World()
    with pytest.raises(ActionError) as failure:
        perform(SendEmail(), {**MAIL, "subject": "{{ dataFields.gone }}"}, world)
    assert (failure.value.code, failure.value.again, world.mails) == ("EMPTY_SUBJECT", False, [])
