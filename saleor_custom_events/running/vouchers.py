"""Voucher codes of scenarios: issued with a record of whom to, and made inactive when their time is over.

Codes that are over are taken in pieces, locked with SKIP LOCKED until the store's codes and our marks are changed, in
one transaction: two processes never take the same ones, and what a process that dies had taken is simply left.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta

from django.db import connection, transaction

from saleor_custom_events.actions.base import IssuedCode as Issued
from saleor_custom_events.host import current_host
from saleor_custom_events.models import IssuedCode
from saleor_custom_events.running.run import Run
from saleor_custom_events.scenarios.signs import address_digest

#: Codes made inactive in one transaction.
PIECE = 500

OVER = """
SELECT id, code_id FROM saleor_custom_events_issuedcode
WHERE expires_at <= statement_timestamp() AND deactivated_at IS NULL
ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED"""
MARK = """
UPDATE saleor_custom_events_issuedcode SET deactivated_at = statement_timestamp() WHERE id = ANY(%s)"""


def issue(run: Run, voucher: str, valid_for: timedelta | None) -> Issued | None:
    """Make a code of the store's voucher for a run's customer, within the step's transaction.

    None where the store has no such voucher, or it has ended.
    """
    made = current_host().issue_voucher_code(voucher)
    if made is None:
        return None
    occurrence, customer = run.occurrence, run.customer
    email = occurrence.customer_email or (customer.email if customer else "")
    now = run.claim.now
    expires_at = now + valid_for if valid_for else None
    IssuedCode.objects.create(
        voucher_id=voucher,
        code_id=made.id,
        code=made.code,
        scenario_id=run.claim.scenario_id,
        invocation_id=run.claim.id,
        email_digest=address_digest(email).hex() if email else "",
        customer_id=occurrence.customer_id or (customer.id if customer else ""),
        issued_at=now,
        expires_at=expires_at,
    )
    return Issued(made.code, expires_at)


def deactivate_over(seconds: float) -> int:
    """Make codes inactive whose time is over, for `seconds` at most; gives how many."""
    end = time.monotonic() + seconds
    done = 0
    while True:
        with transaction.atomic():
            over = _over()
            if over:
                current_host().deactivate_voucher_codes([code for _, code in over])
                _mark([number for number, _ in over])
        done += len(over)
        if len(over) < PIECE or time.monotonic() >= end:
            return done


def _over() -> Sequence[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(OVER, (PIECE,))
        rows: Sequence[tuple[int, str]] = cursor.fetchall()
        return rows


def _mark(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MARK, (ids,))
