"""What Saleor's customers have ordered and hold in checkouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db import connections
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from saleor.checkout.models import Checkout, CheckoutLine
from saleor.core.db.connection import allow_writer
from saleor.order import OrderStatus
from saleor.order.models import Order

from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.shopping import Shopper, Shopping

#: Orders that were never placed, or do not stand.
LEFT_OUT = [OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED]
#: Checkouts have no index by e-mail: one by their last change keeps it to what is open.
OPEN_FOR = timedelta(days=30)

#: Account and e-mail have an index each, which one condition over both would not use.
ORDERS = f"""
WITH q AS MATERIALIZED (
  SELECT * FROM unnest(%(place)s::int[], %(user)s::int[], %(email)s::text[], %(since)s::timestamptz[])
    AS q(place, user_id, email, since)
), found AS (
  SELECT q.place, q.since, o.id FROM q JOIN {Order._meta.db_table} o ON o.user_id = q.user_id
  UNION
  SELECT q.place, q.since, o.id FROM q JOIN {Order._meta.db_table} o ON o.user_email = q.email
)
SELECT f.place, o.currency, count(*), count(*) FILTER (WHERE o.created_at > f.since), sum(o.total_gross_amount),
  max(o.created_at)
FROM found f JOIN {Order._meta.db_table} o ON o.id = f.id WHERE o.status <> ALL(%(left_out)s)
GROUP BY f.place, o.currency"""  # noqa: S608


def shopping_of(shoppers: Sequence[Shopper]) -> Mapping[Shopper, Shopping]:
    """See `Host.shopping`: two queries. E-mails match as they are written, or in lower case."""
    if not shoppers:
        return {}
    with allow_writer():
        ordered = _ordered(shoppers)
        checkouts = _checkouts(shoppers)
    answer: dict[Shopper, Shopping] = {}
    for place, shopper in enumerate(shoppers):
        rows = [row for row in ordered if row[0] == place]
        user = number_in(shopper.customer_id or "", "User")
        changes = [
            changed
            for checkout_user, email, changed in checkouts
            if (user is not None and checkout_user == user) or (email and email in _written(shopper))
        ]
        answer[shopper] = Shopping(
            orders=sum(row[2] for row in rows),
            orders_since=sum(row[3] for row in rows),
            spent={row[1]: row[4] for row in rows},
            last_order_at=max((row[5] for row in rows), default=None),
            checkout_changed_at=max(changes, default=None),
        )
    return answer


def _ordered(shoppers: Iterable[Shopper]) -> list[tuple]:  # type: ignore[type-arg]  # rows of ORDERS
    rows = [
        (place, number_in(shopper.customer_id or "", "User"), email, shopper.since)
        for place, shopper in enumerate(shoppers)
        for email in _written(shopper) or (None,)
    ]
    place, user, email, since = (list(column) for column in zip(*rows, strict=True))
    sent = {"place": place, "user": user, "email": email, "since": since, "left_out": LEFT_OUT}
    with connections[Order.objects.db].cursor() as cursor:
        cursor.execute(ORDERS, sent)
        return list(cursor.fetchall())


def _checkouts(shoppers: Iterable[Shopper]) -> list[tuple]:  # type: ignore[type-arg]  # user, e-mail, last change
    users = {number_in(shopper.customer_id or "", "User") for shopper in shoppers} - {None}
    emails = {email for shopper in shoppers for email in _written(shopper)}
    rows = Checkout.objects.filter(
        Q(user_id__in=users) | Q(email__in=emails),
        Exists(CheckoutLine.objects.filter(checkout_id=OuterRef("pk"))),
        last_change__gt=timezone.now() - OPEN_FOR,
    )
    return list(rows.values_list("user_id", "email", "last_change"))


def _written(shopper: Shopper) -> tuple[str, ...]:
    """Give how the store may have written the e-mail."""
    return tuple(dict.fromkeys((shopper.email, shopper.email.lower()))) if shopper.email else ()
