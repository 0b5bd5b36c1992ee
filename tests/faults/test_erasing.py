"""A worker is killed in the middle of erasing a customer: another one finishes it, and the certificate is right."""

from __future__ import annotations

import psycopg

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE, Shop
from tests.host_contract.test_privacy import ERASE, certificate, performed
from tests.live.store import FIRST

EMAIL, STREET = "many.firings@example.com", "Kings Street 7"
#: Several pieces (`erasing.PIECE`), and a batch's most.
FIRINGS = 1000
WAIT = {"id": "wait", "type": "wait", "duration": "P9D"}
LAST = "SELECT id FROM saleor_custom_events_occurrence WHERE customer_email = %s ORDER BY id DESC LIMIT 1 FOR UPDATE"
COUNTED = "SELECT coalesce((counts->>'occurrences')::int, 0) FROM saleor_custom_events_erasure WHERE id = %s"
NAMED = "SELECT count(*) FROM saleor_custom_events_occurrence WHERE customer_email = %s"
LEFT = """
SELECT count(*) FROM saleor_custom_events_invocation i
WHERE i.event_id = %s AND (i.customer_email IS NOT NULL OR i.due_at IS NOT NULL)"""
FIELDS = "SELECT count(*) FROM saleor_custom_events_datafields WHERE fields::text LIKE %s"


def test_a_killed_worker_leaves_an_erasure_that_another_one_finishes(shop: Shop) -> None:
    event = shop.listened_event(WAIT)
    bodies = [shop.body(event, dataFields={"street": STREET}) | {"customerEmail": EMAIL} for _ in range(FIRINGS)]
    assert shop.live.post("fire/batch", {"events": bodies}, credential=shop.key).status_code == 202
    with psycopg.connect(shop.live.database_url) as holding:
        # Somebody holds one of the last piece: the worker has done the others, and stands in the middle of that one.
        holding.execute(LAST, (EMAIL,))
        number = performed(shop.live, ERASE, whom={"email": EMAIL}, preview=False)["erasure"]["id"]
        assert until(lambda: 0 < shop.count(COUNTED, number) < FIRINGS, PATIENCE)
        assert until(lambda: shop.count(COUNTED, number) == FIRINGS - 200, PATIENCE)
        shop.live.kill_worker(FIRST)
    assert shop.count(NAMED, EMAIL) == 200

    shop.live.start_worker(FIRST)

    done = certificate(shop.live, number)
    assert {name: done["counts"][name] for name in ("occurrences", "invocations", "runsCancelled", "dataFields")} == {
        "occurrences": FIRINGS, "invocations": FIRINGS, "runsCancelled": FIRINGS, "dataFields": FIRINGS,
    }  # fmt: skip
    assert shop.count(NAMED, EMAIL) == shop.count(LEFT, event.number) == 0
    assert shop.count(FIELDS, f"%{STREET}%") == 0
