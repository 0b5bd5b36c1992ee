"""Codes of the store's vouchers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class VoucherCode:
    """A code of one of the store's vouchers."""

    #: The store's own; what `deactivate_voucher_codes` takes.
    id: str
    #: What a customer types in.
    code: str
