"""What actions do, in a worker: codes, notes, mail that is marketing, secrets, an action of another package."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from saleor_custom_events import tasks
from saleor_custom_events.actions import registry
from saleor_custom_events.consent import has_consented, is_suppressed, suppress
from saleor_custom_events.host import current_host, install_host
from saleor_custom_events.hosts.sandbox.host import SandboxHost
from saleor_custom_events.hosts.sandbox.models import User, Voucher, VoucherCode
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import Invocation, IssuedCode, Lane, StepRun
from saleor_custom_events.running.vouchers import deactivate_over
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.signs import address_digest
from tests.receiver import Receiver
from tests.running.test_worker import come, fired, only, steps, webhook
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def act(name: str, step: str = "act", after: str | None = None, **config: Any) -> dict[str, Any]:
    return {"id": step, "type": "action", "action": name, "config": config, "next": after}


def run(*definition: dict[str, Any]) -> None:
    event = an_event()
    a_scenario(event, steps=definition)
    fired(event)
    run_due()


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.com", first_name="Anna")


@pytest.fixture
def voucher() -> str:
    return global_id("Voucher", Voucher.objects.create(name="Thanks").pk)


@pytest.fixture
def mails(settings: Settings) -> list[Any]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    return mail.outbox


def test_a_code_is_used_in_a_later_step_and_recorded(voucher: str, anna: User, hook: Receiver) -> None:
    run(
        act("issue_voucher_code", "issue", "hook", voucher=voucher, expiresAfter="P7D"),
        webhook(hook.url, body='{"code": {{ steps.issue.code | json }}}'),
    )

    (code,) = VoucherCode.objects.all()
    assert hook.requests[0].body.decode() == f'{{"code": "{code.code}"}}'
    issued = IssuedCode.objects.get()
    assert (issued.code, issued.code_id, issued.invocation_id) == (code.code, str(code.pk), only().pk)
    assert issued.email_digest == address_digest("Anna@example.com").hex()
    assert issued.expires_at == issued.issued_at + timedelta(days=7)


def test_a_step_that_fails_leaves_no_code_behind(anna: User) -> None:
    gone = global_id("Voucher", Voucher.objects.create(name="Old", end_date=datetime.now(UTC)).pk)
    run(act("issue_voucher_code", voucher=gone))

    assert steps() == [("act", "failed", "VOUCHER_GONE")]
    assert not VoucherCode.objects.exists()
    assert not IssuedCode.objects.exists()


def test_a_code_is_made_inactive_once_its_time_is_over(voucher: str, anna: User) -> None:
    run(
        act("issue_voucher_code", "short", "long", voucher=voucher, expiresAfter="P1D"),
        act("issue_voucher_code", "long", "ever", voucher=voucher, expiresAfter="P9D"),
        act("issue_voucher_code", "ever", voucher=voucher),
    )
    assert deactivate_over(1.0) == 0

    for row in IssuedCode.objects.filter(expires_at__isnull=False):
        IssuedCode.objects.filter(pk=row.pk).update(expires_at=row.expires_at - timedelta(days=2))

    assert deactivate_over(1.0) == 1
    assert deactivate_over(1.0) == 0
    over = IssuedCode.objects.get(deactivated_at__isnull=False)
    assert [str(code.pk) for code in VoucherCode.objects.filter(is_active=False)] == [over.code_id]


def test_more_codes_than_fit_into_one_piece_are_made_inactive(voucher: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("saleor_custom_events.running.vouchers.PIECE", 2)
    number = Voucher.objects.get().pk
    now = datetime.now(UTC)
    for i in range(5):
        code = VoucherCode.objects.create(voucher_id=number, code=str(i))
        IssuedCode.objects.create(
            voucher_id=voucher,
            code_id=str(code.pk),
            code=code.code,
            scenario_id=1,
            invocation_id=1,
            issued_at=now,
            expires_at=now,
        )

    assert deactivate_over(5.0) == 5
    assert not VoucherCode.objects.filter(is_active=True).exists()


class Unwilling(SandboxHost):
    """A store whose voucher codes cannot be changed."""

    def deactivate_voucher_codes(self, code_ids: Sequence[str]) -> None:
        raise ValueError("Not now")


def test_codes_that_the_store_cannot_end_keep_nothing_else_from_being_tidied(voucher: str) -> None:
    run(act("issue_voucher_code", voucher=voucher, expiresAfter="P1D"))
    IssuedCode.objects.update(expires_at=datetime.now(UTC))
    Lane.objects.create(scenario=only().scenario, key="over", expires_at=datetime.now(UTC))
    before = current_host()
    install_host(Unwilling())
    try:
        tasks.tidy()
    finally:
        install_host(before)
    assert not Lane.objects.exists()
    assert IssuedCode.objects.get().deactivated_at is None


def test_notes_pile_up(anna: User) -> None:
    run(
        act("add_customer_note", "one", "two", text="Likes {{ customer.firstName }}"),
        act("add_customer_note", "two", text="Second"),
    )

    anna.refresh_from_db()
    assert anna.note == "Likes Anna\n\nSecond"
    assert only().status == "completed"


LETTER = {"subject": "Hi", "html": "<p>Hi <b>you</b></p>", "marketing": True}


def test_marketing_has_a_way_out_in_its_head_and_at_its_end(mails: list[Any], anna: User) -> None:
    run(act("send_email", **LETTER))

    (sent,) = mails
    url = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert url.startswith("http://localhost:8000/plugins/global/custom-events/unsubscribe/")
    assert "anna" not in url
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.body.startswith("Hi you\n")
    assert sent.body.rstrip().endswith(url)
    assert url in sent.alternatives[0][0]


def test_whoever_unsubscribed_while_it_waited_is_left_alone(mails: list[Any], anna: User) -> None:
    event = an_event()
    wait = {"id": "wait", "type": "wait", "duration": "P1D", "next": "act"}
    a_scenario(event, steps=[wait, act("send_email", **LETTER)])
    fired(event, customerEmail="Anna@Example.com")
    run_due()

    suppress(address_digest("anna@example.com"))
    come()
    run_due()

    assert steps()[-1] == ("act", "skipped", "SKIPPED_UNSUBSCRIBED")
    assert mails == []


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [({"newsletter": "Yes"}, ""), ({"newsletter": "no"}, "SKIPPED_NO_CONSENT"), ({}, "SKIPPED_NO_CONSENT")],
)
def test_consent_stands_in_the_customers_metadata(
    mails: list[Any], anna: User, settings: Settings, metadata: dict[str, str], reason: str
) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "newsletter"
    User.objects.filter(pk=anna.pk).update(metadata=metadata)
    run(act("send_email", **LETTER))

    assert only().step_runs.get().reason == reason
    assert len(mails) == (not reason)


def test_nobody_whom_the_store_does_not_know_has_consented(mails: list[Any], settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_CONSENT_KEY = "newsletter"
    run(act("send_email", **LETTER))

    assert steps() == [("act", "skipped", "SKIPPED_NO_CONSENT")]
    assert not has_consented(None)


def test_what_is_no_marketing_is_sent_to_whoever_unsubscribed_too(mails: list[Any], anna: User) -> None:
    suppress(address_digest("anna@example.com"))
    suppress(address_digest("anna@example.com"))
    assert is_suppressed("ANNA@example.com")
    run(act("send_email", **{**LETTER, "marketing": False}))

    assert len(mails) == 1
    assert "List-Unsubscribe" not in mails[0].extra_headers


def test_a_secret_header_is_sent_in_every_try_and_kept_nowhere(hook: Receiver) -> None:
    hook.answers = [(503, {}), (200, {})]
    run(webhook(hook.url, headers={"Authorization": "Bearer s3cret"}))
    come()
    run_due()

    assert [request.headers["authorization"] for request in hook.requests] == ["Bearer s3cret"] * 2
    row = StepRun.objects.get()
    assert row.status == "done"
    assert row.input["headers"] == {"Authorization": "•••"}
    assert "s3cret" not in str([*StepRun.objects.values(), *Invocation.objects.values()])


PACKAGE = """
from dataclasses import dataclass

from saleor_custom_events.api import Action, Effect, Input, InvocationFacts, Label, Outcome, Services, setting


@dataclass(frozen=True, kw_only=True)
class SmsSettings:
    gateway: str = setting(Input.URL, Label("Gateway", "Bramka"))
    text: str = setting(Input.TEMPLATE, Label("Text", "Treść"))


class SendSms(Action[SmsSettings]):
    name = "send_sms"
    label = Label("Send SMS", "Wyślij SMS")
    help = Label("Sends a text message.", "Wysyła wiadomość SMS.")
    effect = Effect.AT_LEAST_ONCE
    Settings = SmsSettings

    def perform(self, settings: SmsSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        text = settings.text.encode()
        answer = services.request("POST", settings.gateway, body=text, headers={"X-Key": services.key})
        return Outcome(result={"status": answer.status}, output={"status": answer.status})
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another package, as pip leaves it: its module, and its dist-info with an entry point."""
    info = tmp_path / "shop_sms-1.0.dist-info"
    info.mkdir()
    (tmp_path / "shop_sms.py").write_text(PACKAGE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shop-sms\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[saleor_custom_events.actions]\nsend_sms = shop_sms:SendSms\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    registry._registered.cache_clear()
    yield
    monkeypatch.undo()
    sys.modules.pop("shop_sms", None)
    registry._registered.cache_clear()


def test_an_action_of_another_package_runs(installed: None, hook: Receiver) -> None:
    run(
        act("send_sms", "sms", "hook", gateway=hook.url, text="Hi {{ occurrence.identity }}"),
        webhook(hook.url, body='{"sms": {{ steps.sms.status }}}'),
    )

    assert [request.body for request in hook.requests] == [b"Hi trusted", b'{"sms": 200}']
    assert steps() == [("sms", "done", ""), ("hook", "done", "")]


def test_an_action_whose_package_is_gone_fails_with_its_name() -> None:
    run(act("send_sms", gateway="https://x.example/", text="Hi"))

    assert steps() == [("act", "failed", "FAILED_DEFINITION")]
    assert "send_sms" in only().detail
