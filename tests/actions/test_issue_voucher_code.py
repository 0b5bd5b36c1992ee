"""Issue voucher code: of which voucher, for how long, and what later steps get."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saleor_custom_events.actions.base import IssuedCode
from saleor_custom_events.actions.issue_voucher_code import IssueVoucherCode
from saleor_custom_events.errors import ActionError, Fault
from tests.actions.performing import NOW, World, perform

VOUCHER = "Vm91Y2hlcjox"


def test_a_code_for_later_steps() -> None:
    world = World(issued=IssuedCode("ABCD-EF01-2345"))
    outcome = perform(IssueVoucherCode(), {"voucher": VOUCHER}, world)
    assert world.vouchers == [(VOUCHER, None)]
    assert outcome.output == {"code": "ABCD-EF01-2345", "expiresAt": None}
    assert outcome.result == {"voucher": VOUCHER, "code": "ABCD-EF01-2345", "expiresAt": None}


def test_a_code_that_ends() -> None:
    world = World(issued=IssuedCode("ABCD", NOW + timedelta(days=7)))
    outcome = perform(IssueVoucherCode(), {"voucher": VOUCHER, "expiresAfter": "P7D"}, world)
    assert world.vouchers == [(VOUCHER, timedelta(days=7))]
    assert outcome.output["expiresAt"] == "2026-01-12T12:30:00+00:00"


def test_a_voucher_that_is_gone_is_the_authors_fault() -> None:
    with pytest.raises(ActionError) as failure:
        perform(IssueVoucherCode(), {"voucher": VOUCHER}, World())
    assert (failure.value.code, failure.value.again, failure.value.fault) == ("VOUCHER_GONE", False, Fault.AUTHOR)


def test_it_is_not_for_addresses_that_nobody_vouches_for() -> None:
    assert IssueVoucherCode.needs_verified
    assert IssueVoucherCode.permissions == {"MANAGE_DISCOUNTS"}
