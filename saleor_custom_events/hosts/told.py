"""What both hosts tell of an object to which something happened, in the forms of `docs/store-events.md`.

Users are Saleor's or the sandbox's, which have the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from graphql_relay import to_global_id

#: A cart of a hundred products is told of by its first ten.
MAX_NAMED = 10


def product_names(names: Iterable[str]) -> str:
    """Give the names without repeats, parted by commas; of more than MAX_NAMED the first and an ellipsis."""
    named = list(dict.fromkeys(name for name in names if name))
    return ", ".join(named[:MAX_NAMED]) + (", …" if len(named) > MAX_NAMED else "")


def person(user: Any) -> dict[str, str]:
    """Give the fields of somebody who has an account, or had one."""
    return {"firstName": user.first_name, "lastName": user.last_name, "languageCode": user.language_code}


def whom(user: Any | None, email: str | None = "") -> dict[str, Any]:
    """Give whom a StoreObject is about: what was typed in there counts more than the account's address."""
    named = {"customer_email": email or (user.email if user else "")}
    if user is not None:
        named |= {
            "customer_id": to_global_id("User", user.pk),
            "customer_external_reference": user.external_reference or "",
        }
    return {name: value for name, value in named.items() if value}


def money(amount: Decimal, currency: str) -> dict[str, str]:
    """Give an amount in the form that the body of `fire` takes."""
    return {"amount": format(amount, "f"), "currency": currency}
