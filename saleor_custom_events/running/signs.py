"""Customers' signs (`scenarios.signs`): handed on from what the store tells, and seen by whoever looks.

Asked after what is listened to was committed, like everything that is looked for (`running/awaiting.py`): the store's
orders, its customers' metadata and our own list of those who unsubscribed are read anew, so a sign that was never told
of (a hook that was lost) is seen at the end of the wait at the latest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from saleor_custom_events.conf import settings
from saleor_custom_events.consent import has_consented, is_yes, unsubscribed_at
from saleor_custom_events.firing.fire import hint
from saleor_custom_events.host import current_host
from saleor_custom_events.running.run import Run, learn_customers
from saleor_custom_events.scenarios.advance import Look, Seen
from saleor_custom_events.scenarios.live import shopper_of
from saleor_custom_events.scenarios.signs import PlacedOrder, Sign, address_digest, addresses_of, names_of
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.signs import tell
from saleor_custom_events.store.happenings import HappeningKind
from saleor_custom_events.store.objects import StoreObject
from saleor_custom_events.store.shopping import Shopper, Shopping


def tell_of(
    kind: HappeningKind, object_id: str, at: datetime, found: StoreObject | None, metadata: Mapping[str, Json]
) -> None:
    """Write down the sign that something which happened in the store is, if it is one; part of the open transaction.

    `found`: the object as the store has it; `metadata`: of changed metadata, the keys that somebody listens to.
    """
    if kind is HappeningKind.ORDER_CREATED and found is not None:
        ids, emails = frozenset({found.customer_id or ""}), frozenset({found.customer_email or ""})
        order = PlacedOrder(at=at, id=object_id, number=str(found.fields.get("number", "")))
        tell(Sign.ORDER_PLACED, names_of(customer_ids=ids, emails=emails), at, order)
    elif kind is HappeningKind.CUSTOMER_METADATA_CHANGED and not is_yes(metadata.get(settings.CONSENT_KEY)):
        # Perhaps it never was a yes: whoever looks knows.
        tell(Sign.CONSENT_WITHDRAWN, names_of(customer_ids=frozenset({object_id}), emails=frozenset()), at)
    else:
        return
    transaction.on_commit(hint.ring, robust=True)


def learn_signs(runs: Sequence[Run]) -> None:
    """See what these runs listen to beside events, once for all of them; what they listen to is committed.

    Orders that somebody told of were found by `run.learn_what_happened` already.
    """
    looking = [run for run in runs if isinstance(run.then, Look) and run.then.signs]
    if not looking:
        return
    for run in looking:
        run.known = None  # what the store knew before it was listened for may be out of date
    learn_customers(looking)
    _see_orders([run for run in looking if _listens(run, Sign.ORDER_PLACED)])
    _see_consent([run for run in looking if _listens(run, Sign.CONSENT_WITHDRAWN)])


def _listens(run: Run, sign: Sign) -> bool:
    return isinstance(run.then, Look) and sign in run.then.signs


def _see_orders(runs: Sequence[Run]) -> None:
    asking: list[tuple[Run, Shopper]] = []
    for run in runs:
        shopper = shopper_of(run.occurrence, run.customer)
        if shopper is not None and (run.seen is None or run.seen.order is None):
            asking.append((run, shopper))
    if not asking:
        return
    shopping = current_host().shopping(list(dict.fromkeys(shopper for _, shopper in asking)))
    for run, shopper in asking:
        run.seen = replace(run.seen or Seen(), order=_latest(shopping[shopper]))


def _latest(shopping: Shopping) -> PlacedOrder | None:
    if not shopping.orders_since or shopping.last_order_at is None:
        return None
    return PlacedOrder(at=shopping.last_order_at)


def _see_consent(runs: Sequence[Run]) -> None:
    digests = {
        run.claim.id: [address_digest(one) for one in addresses_of(run.occurrence, run.customer)] for run in runs
    }
    when = unsubscribed_at({digest for some in digests.values() for digest in some})
    asks_store = bool(settings.CONSENT_KEY)
    for run in runs:
        out = [when[digest] for digest in digests[run.claim.id] if digest in when]
        run.seen = replace(
            run.seen or Seen(),
            consents=has_consented(run.customer) if asks_store else None,
            unsubscribed_at=max(out, default=None),
        )
