"""Send e-mail: to whom, what, and what values cannot do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from saleor_custom_events.actions.base import Outcome
from saleor_custom_events.actions.forms import read_settings
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


def test_the_text_is_made_from_the_html_where_there_is_none() -> None:
    world = World()
    html = (
        "<style>p { color: red }</style><h1>Hi</h1><p>Your size:\n  <b>{{ dataFields.size }}</b></p>"
        '<ul><li>One</li><li><a href="https://shop.example/a?b=1&amp;c=2">Two</a></li></ul>'
    )
    perform(SendEmail(), {"subject": "Hi", "html": html}, world, fields=EVIL)
    assert world.mails[0]["text"] == (
        "Hi\n\nYour size: <M> Bcc: all@example.com\n\n- One\n- Two (https://shop.example/a?b=1&c=2)\n"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>Shop</title><style>p {}</style><body><p>Hi</p></body></html>",
        "<![if !mso]><p>Hi</p><![endif]>",
        "<![vml[ x ]]><p>Hi</p>",
    ],
    ids=["a head that nobody closes", "a condition of Outlook's", "a declaration that nobody knows"],
)
def test_html_as_mail_programs_write_it_has_a_text(html: str) -> None:
    world = World()
    perform(SendEmail(), {"subject": "Hi", "html": html}, world)
    assert world.mails[0]["text"] == "Hi\n"


def test_a_mail_without_any_message_is_the_authors_fault() -> None:
    with pytest.raises(ActionError) as failure:
        perform(SendEmail(), {"subject": "Hi", "text": "{{ dataFields.gone }}"}, World())
    assert failure.value.code == "EMPTY_MESSAGE"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "Your code"), ("pl", "Twój kod"), ("customer", "Twój kod")], ids=str
)
def test_the_layout_of_a_code_in_both_languages(language: str, word: str) -> None:
    world = World()
    config = {
        "subject": "Hi",
        "layout": "code",
        "heading": "Thanks, {{ customer.firstName }}",
        "text": "First.\n\nSecond\nline <b>",
        "code": "{{ dataFields.code }}",
        "button": "To the shop",
        "link": "https://shop.example/?a=1&b=2",
        "language": language,
    }
    perform(SendEmail(), config, world, fields=(DataField("code", FieldType.STRING, "A<B"),))
    (mail,) = world.mails
    assert mail["text"] == (
        f"Thanks, Ann\n\nFirst.\n\nSecond\nline <b>\n\n{word}: A<B\n\nTo the shop: https://shop.example/?a=1&b=2\n"
    )
    for part in ("Thanks, Ann</h1>", ">First.</p>", "line &lt;b&gt;", "A&lt;B</p>", f">{word}</p>", "a=1&amp;b=2"):
        assert part in mail["html"]


@pytest.mark.parametrize("layout", ["letter", "button", "code"])
def test_no_layout_lets_markup_or_a_script_in(layout: str) -> None:
    world = World()
    evil = "<img src=x onerror=alert(1)>"
    config = {"subject": evil, "layout": layout, "heading": evil, "text": evil, "button": evil, "code": evil}
    perform(SendEmail(), {**config, "link": "javascript:alert(1)"}, world)
    html = world.mails[0]["html"]
    assert "<img" not in html
    assert "javascript:" not in html


def test_a_customer_who_reads_polish_gets_polish_words() -> None:
    world = World()
    assert FACTS.customer is not None
    for language in ("pl-PL", "en", "de"):
        facts = replace(FACTS, customer=replace(FACTS.customer, language_code=language))
        perform(SendEmail(), {**MAIL, "marketing": True}, world, facts=facts)
    assert ["Wypisz się" in mail["text"] for mail in world.mails] == [True, False, False]


def test_marketing_can_be_left_in_one_click() -> None:
    world = World()
    perform(SendEmail(), {**MAIL, "html": "<html><body><p>Hi</p></body></html>", "marketing": True}, world)
    (mail,), (head,) = world.mails, world.heads
    url = "https://shop.example/unsubscribe/15"
    assert head == {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    assert mail["text"].endswith(f": {url}\n")
    assert f'<a href="{url}"' in mail["html"]
    assert mail["html"].endswith("</body></html>")


def test_the_way_out_stands_before_the_end_of_the_body_whatever_letters_are_in_it() -> None:
    world = World()
    # In lower case this letter is two.
    perform(SendEmail(), {**MAIL, "html": "<body><p>İİİİİİİİ</p></BODY ></html>", "marketing": True}, world)
    assert world.mails[0]["html"].startswith("<body><p>İİİİİİİİ</p><p style=")
    assert world.mails[0]["html"].endswith("</a></p>\n</BODY ></html>")


def test_what_is_no_marketing_says_nothing_of_unsubscribing() -> None:
    world = World(refusal=Reason.UNSUBSCRIBED)
    perform(SendEmail(), MAIL, world)
    assert world.heads == [{}]
    assert "unsubscribe" not in world.mails[0]["text"]


@pytest.mark.parametrize("reason", [Reason.UNSUBSCRIBED, Reason.NO_CONSENT])
def test_marketing_that_nobody_wants_is_skipped(reason: Reason) -> None:
    world = World(refusal=reason)
    assert perform(SendEmail(), {**MAIL, "marketing": True}, world).skipped is reason
    assert world.mails == []


@pytest.mark.parametrize("config", [{}, {"layout": "letter", "html": "<p>Hi</p>"}])
def test_a_message_without_anything_to_say_cannot_be_published(config: dict[str, str]) -> None:
    settings, problems = read_settings(SendEmail(), {"subject": "Hi", **config}, "steps[0].config")
    assert settings is None
    assert [(problem.field, problem.code) for problem in problems] == [("steps[0].config.text", "REQUIRED")]
