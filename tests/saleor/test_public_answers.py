"""No customer of the shop is looked up before a public caller's answer, as Saleor's own database tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.host_contract.making import Event
from tests.host_contract.store import Store

#: What differs between any two firings.
VALUES = re.compile(r"'[^']*'|[0-9a-f]{8}-[0-9a-f-]{27}|\d+")


def test_no_customer_is_looked_up_before_the_answer(
    store: Store, inside: Callable[..., Any], public_event: Event, storefront_key: str
) -> None:
    emails = (store.cast["customer"]["email"], "nobody@example.com")

    known, unknown = inside("public_firing.py", storefront_key, str(public_event.number), *emails)

    assert [VALUES.sub("?", sql) for sql in known] == [VALUES.sub("?", sql) for sql in unknown]
    assert not [sql for sql in known if "account_user" in sql]
    assert any("saleor_custom_events_occurrence" in sql for sql in known)
