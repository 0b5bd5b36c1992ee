"""`customEventTestMail`: one's own mail, as the action would send it, to one's own address."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as mailbox

from saleor_custom_events.defining.trial_counts import MOST_AN_HOUR
from saleor_custom_events.doors.graphql.ids import EVENT, SCENARIO, global_id
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.tokens import user_token
from saleor_custom_events.models import CustomEvent, Invocation, MailTrial, Occurrence, Scenario, Suppression
from tests.graphql.conftest import Answer, Asker, app
from tests.log.making import fired
from tests.shop import TRUSTED, a_scenario, an_event

pytestmark = pytest.mark.django_db

SEND = """
mutation ($input: CustomEventTestMailInput!) {
  customEventTestMail(input: $input) { errors { field code message } to subject } }"""
PREVIEW = """
query ($input: CustomEventTestMailInput!) {
  customEventMailPreview(input: $input) { subject text html problems { field code message } } }"""
DECLARED = [
    {"name": "size", "type": "String"},
    {"name": "score", "type": "Number"},
    {"name": "total", "type": "Money"},
    {"name": "page", "type": "URL"},
]
LETTER = {"subject": "Hi {{ customer.firstName }}", "text": "{{ dataFields.size }}, {{ dataFields.score }}"}


@pytest.fixture
def event() -> CustomEvent:
    return an_event("Size quiz", declared_fields=DECLARED)


@pytest.fixture
def scenario(event: CustomEvent) -> Scenario:
    return a_scenario(event, steps=[{"id": "end", "type": "exit"}])


def somebody(*permissions: str, name: str = "ola@example.com") -> str:
    staff = get_user_model().objects.create(
        email=name, first_name="Ola", is_staff=True, permissions=list(permissions), language_code="pl"
    )
    return user_token(staff)


@pytest.fixture
def ola() -> str:
    return somebody("MANAGE_DISCOUNTS")


def sent(ask: Asker, scenario: Scenario, by: str, settings: Any = LETTER, **given: Any) -> Answer:
    return ask(SEND, {"input": {"scenario": global_id(SCENARIO, scenario.pk), "settings": settings, **given}}, by=by)


def test_it_goes_to_whoever_asks_with_made_up_data(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str
) -> None:
    done = sent(ask, scenario, ola, event=global_id(EVENT, event.pk)).done

    assert (done["to"], done["subject"]) == ("ola@example.com", "[Test] Hi Ola")
    (mail,) = mailbox.outbox
    assert (mail.to, mail.subject) == (["ola@example.com"], "[Test] Hi Ola")
    assert (mail.cc, mail.bcc) == ([], [])
    assert mail.body.strip() == "size, 42"
    assert not Occurrence.objects.exists()
    assert not Invocation.objects.exists()


def test_an_occurrence_of_the_log_fills_it_in_and_its_customer_gets_nothing(
    ask: Asker, scenario: Scenario, event: CustomEvent
) -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    (invocation,) = fired(event)
    before = Invocation.objects.count()
    boss = somebody("MANAGE_DISCOUNTS", "MANAGE_USERS")

    settings = {**LETTER, "text": "{{ customer.email }}: {{ dataFields.score }}"}
    done = sent(ask, scenario, boss, settings, occurrenceId=str(invocation.occurrence_id)).done

    assert done["to"] == "ola@example.com"
    (mail,) = mailbox.outbox
    assert mail.to == ["ola@example.com"]
    assert (mail.subject, mail.body.strip()) == ("[Test] Hi Anna", "anna@example.com: 31337.25")
    assert Invocation.objects.count() == before


def test_an_occurrence_of_the_log_is_for_who_may_see_customers(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str
) -> None:
    (invocation,) = fired(event)
    answer = sent(ask, scenario, ola, occurrenceId=str(invocation.occurrence_id))
    assert answer.refusals == [(None, "PERMISSION_DENIED")]
    assert mailbox.outbox == []


def test_an_app_has_no_address_of_its_own(ask: Asker, scenario: Scenario, event: CustomEvent) -> None:
    answer = sent(ask, scenario, app({"MANAGE_DISCOUNTS", "MANAGE_USERS"}), event=global_id(EVENT, event.pk))
    assert [code for _, code in answer.refusals] == ["NOT_STAFF"]
    assert mailbox.outbox == []


def test_marketing_has_its_way_out_that_leads_nowhere_and_asks_for_no_consent(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str, settings: Any, client: Any
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "marketing"
    letter = {**LETTER, "layout": "letter", "marketing": True}

    assert sent(ask, scenario, ola, letter, event=global_id(EVENT, event.pk)).done

    (mail,) = mailbox.outbox
    assert "List-Unsubscribe" not in mail.extra_headers
    assert "Nie chcesz takich wiadomości?" in mail.body
    assert client.post("/plugins/global/custom-events/unsubscribe/test").status_code == 404
    assert not Suppression.objects.exists()


def test_a_code_stands_where_a_code_would_be_issued(ask: Asker, event: CustomEvent, ola: str) -> None:
    issue = {"id": "issue", "type": "action", "action": "issue_voucher_code", "config": {"voucher": "Vm91Y2hlcjox"}}
    scenario = a_scenario(event, steps=[issue])
    letter = {**LETTER, "layout": "code", "code": "{{ steps.issue.code }}"}

    assert sent(ask, scenario, ola, letter, event=global_id(EVENT, event.pk)).done

    assert "TEST-CODE" in mailbox.outbox[0].body


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        ({"subject": "Hi"}, ("settings.text", "REQUIRED")),
        ({"subject": "{{ dataFields.nothing }}", "text": "x"}, ("settings", "EMPTY_SUBJECT")),
        ({"subject": "Hi", "text": "{{ dataFields.nothing }}"}, ("settings", "EMPTY_MESSAGE")),
        ({"subject": "{{ custmer }}", "text": "x"}, ("settings.subject", "UNKNOWN_NAME")),
        ({"subject": "Hi", "text": "x", "to": "ben@example.com"}, ("settings.to", "UNKNOWN_MEMBER")),
        ({"subject": "{{ 7 | divided_by: 0 }}", "text": "x"}, ("settings", "FAILED_TEMPLATE")),
        ([], ("settings", "INVALID")),
    ],
)
def test_what_cannot_be_sent_is_said(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str, settings: Any, refusal: tuple[str, str]
) -> None:
    answer = sent(ask, scenario, ola, settings, event=global_id(EVENT, event.pk))
    assert answer.refusals == [refusal]
    assert mailbox.outbox == []


def test_it_takes_one_occurrence_or_one_event(ask: Asker, scenario: Scenario, event: CustomEvent, ola: str) -> None:
    assert sent(ask, scenario, ola).refusals == [("occurrenceId", "INVALID")]
    gone = sent(ask, scenario, ola, event=global_id(EVENT, event.pk + 1))
    assert [code for _, code in gone.refusals] == ["NOT_FOUND"]


def test_the_mail_servers_error_is_shown(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    answer = sent(ask, scenario, ola, event=global_id(EVENT, event.pk))
    (error,) = answer.payload["errors"]
    assert error["code"] == "MAIL_REFUSED"
    assert error["message"]
    assert answer.payload["to"] is None


def test_twenty_an_hour_and_each_for_themselves(ask: Asker, scenario: Scenario, event: CustomEvent, ola: str) -> None:
    name = global_id(EVENT, event.pk)
    for _ in range(MOST_AN_HOUR):
        assert sent(ask, scenario, ola, event=name).done
    assert sent(ask, scenario, ola, event=name).refusals == [(None, "RATE_LIMITED")]
    assert sent(ask, scenario, somebody("MANAGE_DISCOUNTS", name="ewa@example.com"), event=name).done
    MailTrial.objects.update(since="2026-01-01T00:00:00Z")
    assert sent(ask, scenario, ola, event=name).done
    assert len(mailbox.outbox) == MOST_AN_HOUR + 2


# Looked at, and not sent


def preview(ask: Asker, scenario: Scenario, by: str, settings: Any = LETTER, **given: Any) -> Answer:
    return ask(PREVIEW, {"input": {"scenario": global_id(SCENARIO, scenario.pk), "settings": settings, **given}}, by=by)


def test_it_is_shown_as_it_would_be_sent_and_nobody_gets_it(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str
) -> None:
    letter = {**LETTER, "layout": "letter", "marketing": True}
    name = global_id(EVENT, event.pk)

    shown = preview(ask, scenario, ola, letter, event=name).data["customEventMailPreview"]

    assert mailbox.outbox == []
    assert not MailTrial.objects.exists()
    assert sent(ask, scenario, ola, letter, event=name).done
    (mail,) = mailbox.outbox
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    # Mail's own line ends aside, it is the very same.
    assert (f"[Test] {shown['subject']}", shown["text"].strip()) == (mail.subject, mail.body.strip())
    assert shown["html"].strip() == html.strip()
    assert shown["problems"] == []


def test_a_logged_occurrence_is_shown_to_who_may_see_customers(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str
) -> None:
    get_user_model().objects.create(email="anna@example.com", first_name="Anna")
    (invocation,) = fired(event)
    occurrence = str(invocation.occurrence_id)
    boss = somebody("MANAGE_DISCOUNTS", "MANAGE_USERS", name="ewa@example.com")

    assert preview(ask, scenario, ola, occurrenceId=occurrence).codes == ["PermissionDenied"]
    shown = preview(ask, scenario, boss, occurrenceId=occurrence).data["customEventMailPreview"]
    assert shown["subject"] == "Hi Anna"


def test_an_app_may_look_as_well(ask: Asker, scenario: Scenario, event: CustomEvent) -> None:
    answer = preview(ask, scenario, app({"MANAGE_DISCOUNTS"}), event=global_id(EVENT, event.pk))
    assert answer.data["customEventMailPreview"]["text"].strip() == "size, 42"


def test_what_keeps_it_from_being_sent_stands_at_its_setting(
    ask: Asker, scenario: Scenario, event: CustomEvent, ola: str
) -> None:
    letter = {"subject": "{{ custmer }}", "text": "x"}
    shown = preview(ask, scenario, ola, letter, event=global_id(EVENT, event.pk)).data["customEventMailPreview"]
    (problem,) = shown["problems"]
    assert (problem["field"], problem["code"]) == ("settings.subject", "UNKNOWN_NAME")
    assert (shown["subject"], shown["text"], shown["html"]) == (None, None, None)
    empty = {"subject": "{{ dataFields.nothing }}", "text": "x"}
    shown = preview(ask, scenario, ola, empty, event=global_id(EVENT, event.pk)).data["customEventMailPreview"]
    assert [problem["code"] for problem in shown["problems"]] == ["EMPTY_SUBJECT"]


def test_what_a_data_field_brought_is_no_markup(ask: Asker, scenario: Scenario, event: CustomEvent) -> None:
    receipt = fire(Firing(event=event.pk, data_fields={"size": "<script>alert(1)</script>"}, anonymous_id="a"), TRUSTED)
    boss = somebody("MANAGE_DISCOUNTS", "MANAGE_USERS", name="ewa@example.com")
    letter = {"subject": "Hi", "html": "<p>{{ dataFields.size }}</p>"}

    answer = preview(ask, scenario, boss, letter, occurrenceId=receipt.occurrence_id)

    assert answer.data["customEventMailPreview"]["html"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
