"""The host, asked in Saleor's own process: how many queries finding customers takes. Prints JSON."""

import json
import os
from datetime import UTC, datetime
from hashlib import md5, sha256

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

import graphene  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from saleor.account.models import Address, Group, User  # noqa: E402

from saleor_custom_events.host import current_host  # noqa: E402
from saleor_custom_events.store.customers import CustomerHint, CustomerReference  # noqa: E402
from saleor_custom_events.store.shopping import Shopper  # noqa: E402
from saleor_custom_events.store.stock import StockItem  # noqa: E402


class Undo(Exception):
    """Ends the transaction without leaving anything."""


def found() -> dict[str, object]:
    """Make thirty customers, look them up in every way, and say what came of it."""
    group = Group.objects.create(name="Warehouse", restricted_access_to_channels=False)
    users = [
        User.objects.create(email=f"known{i}@example.com", external_reference=f"crm-{i}", metadata={"n": str(i)})
        for i in range(30)
    ]
    # What the staff may do is nobody's business here: a customer's groups stand in their private metadata.
    users[0].groups.add(group)
    User.objects.filter(pk=users[0].pk).update(private_metadata={"customer_groups": '["VIP"]'})
    by_id = [CustomerReference(customer_id=graphene.Node.to_global_id("User", user.pk)) for user in users[:10]]
    by_reference = [CustomerReference(external_reference=user.external_reference) for user in users[10:20]]
    by_email = [CustomerReference(email=user.email.upper()) for user in users[20:]]
    nobody = [
        CustomerReference(customer_id="VXNlcjo5OTk5OTk5OTk5OTk="),
        CustomerReference(customer_id="UHJvZHVjdDox"),
        CustomerReference(customer_id="not an id"),
        CustomerReference(external_reference="crm-99"),
        CustomerReference(email="nobody@example.com"),
        CustomerReference(),
    ]
    # The first that is set decides: this one names nobody, although its e-mail is somebody's.
    nobody.append(CustomerReference(external_reference="crm-99", email=users[0].email))
    host = current_host()
    with CaptureQueriesContext(connection) as queries:
        answer = host.customers([*by_id, *by_reference, *by_email, *nobody])
    return {
        "queries": len(queries),
        "found": sorted(customer.email for customer in answer.values()),
        "nobody": [str(reference) for reference in nobody if reference in answer],
        "groups": list(answer[by_id[0]].groups),
        "metadata": dict(answer[by_reference[0]].metadata),
        "none_asked": len(host.customers([])),
        "hinted": hinted(users),
        "version": host.version(),
        "public_url": host.public_url(),
    }


def hinted(users: list[User]) -> dict[str, object]:
    """Look customers up by hashes of their e-mails, however they are written, and by phone numbers."""
    User.objects.filter(pk=users[1].pk).update(email="Known1@Example.com")
    for user, phone in ((users[2], "+48600100210"), (users[3], "+48600100211"), (users[4], "+48600100211")):
        address = Address.objects.create(phone=phone, country="PL", street_address_1="Dluga 1", city="Gdansk")
        User.objects.filter(pk=user.pk).update(default_shipping_address=address)
    known = [f"known{i}@example.com" for i in range(2)]
    hints = [
        CustomerHint(email_hash=md5(known[0].encode(), usedforsecurity=False).hexdigest()),
        CustomerHint(email_hash=sha256(known[1].encode()).hexdigest()),
        CustomerHint(phone="+48600100210"),
        CustomerHint(phone="+48600100211"),
        CustomerHint(phone="+48600100299"),
        CustomerHint(email_hash="0" * 32),
    ]
    with CaptureQueriesContext(connection) as queries:
        answer = current_host().customers_hinted(hints)
    return {
        "queries": len(queries),
        "found": [[customer.email.lower() for customer in answer.get(hint, ())] for hint in hints],
    }


def queries_for(most: int) -> list[int]:
    """Say how many queries it takes to ask what so many have ordered and hold, and whether so many items are there."""
    since = datetime.now(UTC)
    shoppers = [
        Shopper(customer_id=graphene.Node.to_global_id("User", i), email=f"Known{i}@example.com", since=since)
        for i in range(1, most + 1)
    ]
    items = [StockItem(id=graphene.Node.to_global_id("ProductVariant", i)) for i in range(1, most + 1)]
    counted = []
    for asked in (lambda: current_host().shopping(shoppers), lambda: current_host().in_stock(items)):
        with CaptureQueriesContext(connection) as queries:
            asked()
        counted.append(len(queries))
    return counted


answered: dict[str, object] = {}
try:
    with transaction.atomic():
        answered = found()
        answered["live"] = [queries_for(1), queries_for(200)]
        raise Undo
except Undo:
    print(json.dumps(answered))
