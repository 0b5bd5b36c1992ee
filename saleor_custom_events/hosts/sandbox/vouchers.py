"""The sandbox's vouchers, as much of them as the Host protocol asks."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.utils import timezone

from saleor_custom_events.hosts.sandbox.models import Voucher, VoucherCode
from saleor_custom_events.hosts.sandbox.tokens import key_of
from saleor_custom_events.store.vouchers import VoucherCode as Issued


def issue_code(voucher_id: str) -> Issued | None:
    """See `Host.issue_voucher_code`: a code as Saleor's are, `ABCD-EF01-2345`."""
    voucher = Voucher.objects.filter(pk=key_of("Voucher", voucher_id)).first()
    if voucher is None or (voucher.end_date is not None and voucher.end_date <= timezone.now()):
        return None
    digits = secrets.token_hex(6).upper()
    made = VoucherCode.objects.create(voucher=voucher, code="-".join((digits[:4], digits[4:8], digits[8:])))
    return Issued(id=str(made.pk), code=made.code)


def deactivate_codes(code_ids: Sequence[str]) -> None:
    """See `Host.deactivate_voucher_codes`."""
    VoucherCode.objects.filter(pk__in=code_ids).update(is_active=False)
