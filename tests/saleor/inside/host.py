"""The host, asked in Saleor's own process: how many queries finding customers takes. Prints JSON."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

import graphene  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from saleor.account.models import Group, User  # noqa: E402

from saleor_custom_events.host import CustomerReference, current_host  # noqa: E402


class Undo(Exception):
    """Ends the transaction without leaving anything."""


def found() -> dict[str, object]:
    """Make thirty customers, look them up in every way, and say what came of it."""
    group = Group.objects.create(name="VIP", restricted_access_to_channels=False)
    users = [
        User.objects.create(email=f"known{i}@example.com", external_reference=f"crm-{i}", metadata={"n": str(i)})
        for i in range(30)
    ]
    users[0].groups.add(group)
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
        "version": host.version(),
        "public_url": host.public_url(),
    }


answered: dict[str, object] = {}
try:
    with transaction.atomic():
        answered = found()
        raise Undo
except Undo:
    print(json.dumps(answered))
