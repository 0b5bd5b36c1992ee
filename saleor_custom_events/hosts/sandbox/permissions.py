"""Saleor's permission codes, as far as the sandbox knows them."""

from __future__ import annotations

#: What a superuser holds.
ALL = frozenset(
    {
        "HANDLE_PAYMENTS",
        "MANAGE_APPS",
        "MANAGE_CHANNELS",
        "MANAGE_DISCOUNTS",
        "MANAGE_GIFT_CARD",
        "MANAGE_ORDERS",
        "MANAGE_PLUGINS",
        "MANAGE_PRODUCTS",
        "MANAGE_SETTINGS",
        "MANAGE_STAFF",
        "MANAGE_USERS",
    }
)
