"""Ready scenarios work as they stand: each, in each language, can be published and comes to its end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from saleor_custom_events.defining.drafts import check_draft, form_of
from saleor_custom_events.defining.dry_run import DryRun, dry_run
from saleor_custom_events.defining.events import archive_event
from saleor_custom_events.defining.ready_scenarios import LANGUAGES, Choice, create_ready, ready_scenarios
from saleor_custom_events.defining.scenarios import publish_scenario
from saleor_custom_events.defining.trial_answers import Answer
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fired_by import fields_of, read_fired_by
from saleor_custom_events.models import CustomEvent, Scenario
from tests.defining.people import BOSS, MARKETER, NOBODY
from tests.shop import an_event

pytestmark = pytest.mark.django_db

ANSWERS = {
    "voucher": "Vm91Y2hlcjox",
    "chat": "https://chat.example/hook",
    "checkoutPage": "https://shop.example/checkout",
}
#: What the storefront or server sends when it fires the first event of each.
SENT: dict[str, dict[str, Any]] = {
    "quiz_to_voucher": {"result": "Autumn", "score": 82},
    "stock_alert": {"product": "Blue shirt", "productUrl": "https://shop.example/blue-shirt"},
    "abandoned_checkout": {"products": "Blue shirt", "total": "199.90 PLN"},
    "after_purchase": {"number": "1234"},
    "win_back": {"number": "1234"},
    "staff_alert": {"topic": "Return", "message": "It does not fit."},
}
#: Where every way through it leads, with the events that happen on the way.
WAYS: dict[str, list[tuple[dict[str, str], list[str]]]] = {
    "quiz_to_voucher": [({}, ["remember", "code", "mail", "end"])],
    "stock_alert": [
        ({"wait1": "Blue shirt"}, ["wait1", "same1", "look1", "mail", "end"]),
        ({"wait1": "Hat", "wait2": "Blue shirt"},
         ["wait1", "same1", "look1", "wait2", "same2", "look2", "mail", "end"]),
        ({"wait1": "Hat", "wait2": "Hat", "wait3": "Blue shirt"},
         ["wait1", "same1", "look1", "wait2", "same2", "look2", "wait3", "same3", "look3", "mail", "end"]),
        ({"wait1": "Hat", "wait2": "Hat", "wait3": "Hat"},
         ["wait1", "same1", "look1", "wait2", "same2", "look2", "wait3", "same3", "look3", "nothing"]),
        ({}, ["wait1", "nothing"]),
    ],
    "abandoned_checkout": [({}, ["first", "day", "second", "end"])],
    "after_purchase": [({}, ["week", "morning", "mail", "end"])],
    "win_back": [({}, ["quiet", "active", "first", "weeks", "second", "end"])],
    "staff_alert": [({}, ["words", "chat", "note", "end"])],
}  # fmt: skip


def made(name: str, language: str = "en", **more: Any) -> Scenario:
    asked = {one.name for one in ready_scenarios()[name].asks}
    answers = {key: value for key, value in ANSWERS.items() if key in asked}
    choice = Choice(name=name, language=language, answers=answers, events={}, **more)
    return create_ready(BOSS, choice)


def tried(scenario: Scenario, name: str, happened: dict[str, str]) -> DryRun:
    body = {
        "customEventId": scenario.draft["starts"][0]["event"],
        "customerEmail": "anna@example.com",
        "dataFields": SENT[name],
    }
    answers = [Answer(step, {"product": product}) for step, product in happened.items()]
    return dry_run(BOSS, scenario.pk, typed=body, happened=answers)


def test_each_is_tried_here() -> None:
    assert set(ready_scenarios()) == set(SENT) == set(WAYS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SENT)
def test_it_can_be_published_as_it_stands(name: str, language: str) -> None:
    scenario = made(name, language)

    _, warnings = publish_scenario(BOSS, scenario.pk)

    # What they may warn of is the store that has no workers yet.
    assert {warning.code for warning in warnings} <= {"NO_BEAT", "NO_WORKER", "MAIL_NOT_CONFIGURED"}
    assert scenario.name == getattr(ready_scenarios()[name].label, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "happened", "steps"),
    [(name, happened, steps) for name, ways in WAYS.items() for happened, steps in ways],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),
)
def test_it_comes_to_its_end(name: str, happened: dict[str, str], steps: list[str], language: str) -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    run = tried(made(name, language), name, happened)

    assert (run.outcome, run.status) == ("started", "completed")
    assert [step.step for step in run.steps] == steps
    assert {step.status for step in run.steps} == {"done"}, [(step.step, step.reason) for step in run.steps]


@pytest.mark.parametrize("name", SENT)
def test_every_step_is_on_some_way(name: str) -> None:
    walked = {step for _, steps in WAYS[name] for step in steps}
    missing = {step["id"] for step in made(name).draft["steps"]} - walked

    assert missing == ({"closed"} if name == "win_back" else set())


def test_who_closed_their_account_is_not_written_to() -> None:
    get_user_model().objects.create(email="anna@example.com", is_active=False)

    assert [step.step for step in tried(made("win_back"), "win_back", {}).steps] == ["quiet", "active", "closed"]


@pytest.mark.parametrize("name", SENT)
def test_its_texts_are_in_both_languages_and_differ(name: str) -> None:
    raw = ready_scenarios()[name].raw

    def pairs(inner: Any) -> Iterator[tuple[str, str]]:
        if isinstance(inner, dict) and inner.keys() == {"en", "pl"}:
            yield inner["en"], inner["pl"]
        else:
            for item in inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ():
                yield from pairs(item)

    found = list(pairs(raw))
    assert len(found) > 8
    assert [en for en, pl in found if en.strip() == pl.strip()] == []
    # Both look at the same values: a translation that forgets one says less.
    for en, pl in found:
        assert sorted(re.findall(r"\{\{.*?\}\}", en)) == sorted(re.findall(r"\{\{.*?\}\}", pl)), en
    for step in raw["definition"]["steps"]:
        shown = [
            step["label"],
            *(step["config"][name] for name in ("subject", "text") if name in step.get("config", {})),
        ]
        assert [text for text in shown if not isinstance(text, dict)] == []


def test_polish_is_polish() -> None:
    draft = json.dumps(made("after_purchase", "pl").draft, ensure_ascii=False)

    assert "Dziękujemy za zamówienie" in draft
    assert "thank you" not in draft


def test_the_events_are_made_with_their_fields_once() -> None:
    made("win_back", "pl")
    order = CustomEvent.objects.get(slug="order-placed")
    assert (order.name, order.public) == ("Złożono zamówienie", False)
    assert [field["name"] for field in order.declared_fields] == ["number", "total"]

    made("after_purchase")
    assert set(CustomEvent.objects.values_list("slug", flat=True)) == {"order-placed"}


@pytest.mark.parametrize(
    ("name", "happening"),
    [
        ("abandoned_checkout", {"kind": "checkoutAbandoned", "minutes": 240}),
        ("after_purchase", {"kind": "orderCreated"}),
        ("win_back", {"kind": "orderCreated"}),
    ],
)
def test_what_the_store_sees_itself_needs_no_code(name: str, happening: dict[str, Any]) -> None:
    made(name)
    (event,) = CustomEvent.objects.all()

    assert event.happenings == [happening]
    # What is declared is what the store fills, and each mail's templates look at nothing else.
    filled = {field.name for one in read_fired_by(event.happenings) for field in fields_of(one.kind)}
    assert {field["name"] for field in event.declared_fields} <= filled


def test_an_event_of_the_store_can_be_taken_in_the_place_of_one() -> None:
    mine = an_event("Bought something")
    choice = Choice(name="after_purchase", language="en", answers={}, events={"order-placed": mine.pk})

    scenario = create_ready(MARKETER, choice, title="Thanks")

    assert scenario.name == "Thanks"
    assert scenario.draft["starts"][0]["event"] == mine.pk
    assert CustomEvent.objects.count() == 1


def test_what_was_not_answered_is_empty_and_the_drafts_check_says_so() -> None:
    choice = Choice(name="quiz_to_voucher", language="en", answers={}, events={})
    scenario = create_ready(BOSS, choice)

    form = form_of(scenario.draft)
    problems = check_draft(form, CustomEvent.objects.in_bulk(form.events)).problems
    assert [(problem.field, problem.code) for problem in problems] == [("steps[1].config.voucher", "REQUIRED")]


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        ({"name": "nothing"}, ("ready", "NOT_FOUND")),
        ({"answers": {"pigeon": "x"}}, ("answers.pigeon", "UNKNOWN_MEMBER")),
        ({"events": {"pigeon": 1}}, ("events.pigeon", "UNKNOWN_MEMBER")),
        ({"events": {"order-placed": 999}}, ("events.order-placed", "NOT_FOUND")),
    ],
    ids=str,
)
def test_what_is_chosen_wrongly_is_named_and_nothing_is_made(choice: Any, problem: tuple[str, str]) -> None:
    given = {"name": "win_back", "language": "en", "answers": {}, "events": {}, **choice}
    with pytest.raises(Refused) as caught:
        create_ready(BOSS, Choice(**given))

    assert [(found.field, found.code) for found in caught.value.problems] == [problem]
    assert not Scenario.objects.exists()
    assert not CustomEvent.objects.exists()


def test_an_archived_event_is_not_chosen() -> None:
    event = an_event()
    archive_event(BOSS, event.pk)
    with pytest.raises(Refused) as caught:
        create_ready(BOSS, Choice(name="win_back", language="en", answers={}, events={"order-placed": event.pk}))

    assert caught.value.problems[0].field == "events.order-placed"


def test_it_needs_what_defining_needs() -> None:
    with pytest.raises(Refused) as caught:
        create_ready(NOBODY, Choice(name="win_back", language="en", answers={}, events={}))

    assert caught.value.code == "PERMISSION_DENIED"
