"""Saleor's vouchers: codes of one that the merchant chose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone
from saleor.core.db.connection import allow_writer
from saleor.core.utils.promo_code import generate_promo_code
from saleor.discount.models import Voucher
from saleor.discount.models import VoucherCode as Code
from saleor.plugins.manager import get_plugins_manager

from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.vouchers import VoucherCode


def issue_code(voucher_id: str) -> VoucherCode | None:
    """Make a code, as the dashboard's button "generate codes" does. None: no such voucher, or it has ended.

    Whoever listens to `voucher_codes_created` is told after the commit; what fails there is Saleor's to log, since the
    code is issued.
    """
    with allow_writer():
        voucher = Voucher.objects.filter(pk=number_in(voucher_id, "Voucher")).first()
        if voucher is None or (voucher.end_date is not None and voucher.end_date <= timezone.now()):
            return None
        made = Code.objects.create(voucher=voucher, code=generate_promo_code())
    transaction.on_commit(partial(_tell, made), robust=True)
    return VoucherCode(id=str(made.pk), code=made.code)


def deactivate_codes(code_ids: Sequence[str]) -> None:
    """Make codes inactive in one statement."""
    with allow_writer():
        Code.objects.filter(pk__in=code_ids).update(is_active=False)


def _tell(made: Code) -> None:
    with allow_writer():
        get_plugins_manager(allow_replica=False).voucher_codes_created([made])
