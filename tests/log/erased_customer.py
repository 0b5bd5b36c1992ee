"""A customer of whom every table knows something, and the search for what is left of her."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from graphql_relay import to_global_id

from saleor_custom_events.consent import suppress
from saleor_custom_events.firing.body import read_firing
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.firing.store_happenings import happened
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.models import CustomEvent, Invocation, IssuedCode, MailTrial, SeenMetadata
from saleor_custom_events.running.worker import run_due
from saleor_custom_events.scenarios.signs import address_digest
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.happenings import HappeningKind
from tests.shop import TRUSTED, a_scenario, an_event

EMAIL, OLD_EMAIL, NAME = "anna.nowak@example.com", "anna.panna@old.example", "Ankamaria"
PHONE, BROWSER, SECRET, REFERENCE = "+48600100200", "browser-of-anna", "Kings Street 7", "crm-4711"
WAIT = {"id": "wait", "type": "wait", "duration": "P60D", "next": None}
#: Every text by which she would be known again, but the unsubscription's digest, which stays.
NEEDLES = (EMAIL, OLD_EMAIL, NAME, PHONE, BROWSER, SECRET, REFERENCE, "order-of-anna")


def anna() -> User:
    return User.objects.create_user(EMAIL, first_name=NAME, last_name="Nowak", external_reference=REFERENCE)


def id_of(user: User) -> str:
    return to_global_id("User", user.pk)


def sent(event: CustomEvent, *, by: Caller = TRUSTED, **members: Any) -> Receipt:
    return fire(read_firing({"customEventId": event.pk, **members}), by)


def fill(user: User) -> CustomEvent:
    """Let her do everything that leaves something, and give the event that she fired first."""
    quiz, bought = an_event(awaited=True), an_event()
    steps = [
        {"id": "keep", "type": "setVariable", "name": "street", "value": "{{ dataFields.street }}", "next": "hear"},
        {
            "id": "hear",
            "type": "waitForEvent",
            "event": bought.pk,
            "timeout": "P9D",
            "happened": "end",
            "timedOut": "end",
        },
        {"id": "end", "type": "exit"},
    ]
    a_scenario(quiz, steps=steps, reentry="once")
    a_scenario(quiz, steps=[WAIT], flow={"type": "oneAtATime", "key": "customer"})
    a_scenario(quiz, steps=[WAIT], reentry="oncePerPeriod", period="P1D")
    mine = {"customerEmail": EMAIL, "customerId": id_of(user)}
    given = {"dataFields": {"street": SECRET}, "url": f"https://shop.example/?who={EMAIL}"}
    sent(quiz, customerEmail=EMAIL, **given, idempotencyKey="order-of-anna-1")
    sent(quiz, customerId=id_of(user), **given)
    sent(quiz, customerExternalReference=REFERENCE, **given)
    sent(quiz, **mine | {"customerEmail": OLD_EMAIL}, **given)
    sent(quiz, anonymousId=BROWSER, **given)
    sent(quiz, **mine, anonymousId=BROWSER, **given)
    by_token = Caller(
        kind=CallerKind.CUSTOMER, id=id_of(user), name=EMAIL, customer_id=id_of(user), customer_email=EMAIL
    )
    sent(an_event(public=True), by=by_token, customerId=id_of(user), **given, idempotencyKey="order-of-anna-2")
    quiet = an_event(logging=False)
    a_scenario(quiet, steps=[WAIT])
    sent(quiet, **mine, **given)
    together = {"customer_id": id_of(user), "customer_external_reference": REFERENCE, "customer_phone": PHONE}
    fire(Firing(event=quiz.pk, data_fields={"name": NAME}, **together), TRUSTED)
    run_due()
    suppress(address_digest(EMAIL))
    some = Invocation.objects.filter(customer_email=EMAIL).first()
    assert some is not None
    IssuedCode.objects.create(
        voucher_id="V", code_id="C1", code="ANNA-5", scenario_id=some.scenario_id, invocation_id=some.pk,
        email_digest=address_digest(EMAIL).hex(), customer_id=id_of(user), issued_at=datetime.now(UTC),
        expires_at=datetime.now(UTC) + timedelta(days=9),
    )  # fmt: skip
    SeenMetadata.objects.create(event=quiz, object_id=id_of(user), key="size", digest=b"x" * 32)
    MailTrial.objects.create(user=id_of(user), since=datetime.now(UTC), used=1)
    happened(HappeningKind.CUSTOMER_DELETED, id_of(user), remembered={"email": EMAIL, "firstName": NAME})
    return quiz


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name.startswith("saleor_custom_events_")]


def rows_with(needles: Iterable[str]) -> list[tuple[str, str, str]]:
    """Give every row of every table of ours, whole, in which one of these texts stands: table, text, row."""
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            for needle in needles:
                cursor.execute(f'SELECT t::text FROM "{table}" t WHERE t::text ILIKE %s', (f"%{needle}%",))
                found += [(table, needle, row[0]) for row in cursor.fetchall()]
    return found


def guessable(user_id: str) -> list[str]:
    """Give the plain hashes that anybody could make of her names, as they would stand in a row."""
    names = [f"email:{EMAIL}", f"email:{OLD_EMAIL}", f"id:{user_id}", f"reference:{REFERENCE}", f"anonymous:{BROWSER}"]
    plain = [EMAIL, OLD_EMAIL, *names]
    hashes = [hashlib.sha256(one.encode()).hexdigest() for one in plain]
    return [*hashes, *(hashlib.md5(one.encode()).hexdigest() for one in plain)]
