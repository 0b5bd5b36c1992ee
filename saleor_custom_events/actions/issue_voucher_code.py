"""The action "issue voucher code": a new code of a voucher that the merchant chose, in the step's own transaction."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_custom_events.actions.base import Action, Effect, Input, InvocationFacts, Label, Outcome, Services
from saleor_custom_events.actions.forms import setting
from saleor_custom_events.errors import ActionError, Fault
from saleor_custom_events.scenarios.durations import read_duration


@dataclass(frozen=True, kw_only=True)
class VoucherSettings:
    """Nothing here is rendered."""

    voucher: str = setting(
        Input.VOUCHER,
        Label("Voucher", "Kupon"),
        help=Label(
            "Open the voucher in the dashboard and copy its address here, or its ID: what codes take off, and where, "
            "is set there. Set it to single use, so that each code works once.",
            "Otwórz kupon w panelu i skopiuj tutaj jego adres lub ID: tam ustawia się, ile i gdzie kody obniżają. "
            "Ustaw jednorazowe użycie, aby każdy kod zadziałał raz.",
        ),
        max_length=64,
    )
    expires_after: str = setting(
        Input.DURATION,
        Label("Valid for", "Ważny przez"),
        help=Label(
            "After this time the code works no more. Left out, it works as long as its voucher.",
            "Po tym czasie kod przestanie działać. Bez niego działa tak długo jak kupon.",
        ),
        default="",
        max_length=40,
    )


class IssueVoucherCode(Action[VoucherSettings]):
    """Makes a code for this customer alone."""

    name = "issue_voucher_code"
    label = Label("Issue voucher code", "Wydaj kod kuponu")
    help = Label(
        "Makes a new code of a voucher for this customer, which later steps can put into a mail.",
        "Tworzy dla tego klienta nowy kod kuponu, który kolejne kroki mogą wstawić do wiadomości.",
    )
    effect = Effect.WITH_STEP
    Settings = VoucherSettings
    permissions = frozenset({"MANAGE_DISCOUNTS"})
    needs_verified = True
    #: So that it is recorded whose the code is.
    needs_customer = True

    def perform(self, settings: VoucherSettings, invocation: InvocationFacts, services: Services) -> Outcome:
        """Issue it. ActionError where the voucher is gone or has ended."""
        valid_for = read_duration(settings.expires_after) if settings.expires_after else None
        issued = services.issue_voucher_code(settings.voucher, valid_for)
        if issued is None:
            message = "The store has no such voucher, or it has ended."
            raise ActionError(message, code="VOUCHER_GONE", fault=Fault.AUTHOR)
        ends = issued.expires_at.isoformat(timespec="seconds") if issued.expires_at else None
        return Outcome(
            result={"voucher": settings.voucher, "code": issued.code, "expiresAt": ends},
            output={"code": issued.code, "expiresAt": ends},
        )
