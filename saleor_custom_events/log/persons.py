"""Who somebody is: every name by which the store and the log know one customer, to erase or to export them.

Names are followed only where somebody proved that they belong together: the store, the customer's own token, a trusted
caller. An address that has changed hands belongs to whoever the store says it is now; one that several accounts share
proves nothing. What only a browser said is found by its own names and leads no further.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Q

from saleor_custom_events.defining.checking import is_storable, refused_because
from saleor_custom_events.firing.decide import as_stored
from saleor_custom_events.host import current_host
from saleor_custom_events.log.reading import asked_email
from saleor_custom_events.models import AnonymousLink, Occurrence
from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.customers import Customer, CustomerReference

#: Names of one kind; nobody has more.
MOST = 1000
_VERIFIED = (Identity.TOKEN.value, Identity.TRUSTED.value)
_ID_LENGTH = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Every name of one customer, sorted."""

    #: Saleor's global ids.
    ids: tuple[str, ...] = ()
    #: Normalised, as occurrences have them.
    emails: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()

    @property
    def hashes(self) -> tuple[str, ...]:
        """Give MD5 and SHA-256 of the addresses, in hexadecimal."""
        encoded = [email.encode() for email in self.emails]
        md5 = (hashlib.md5(one, usedforsecurity=False).hexdigest() for one in encoded)
        return (*md5, *(hashlib.sha256(one).hexdigest() for one in encoded))

    @property
    def names(self) -> tuple[str, ...]:
        """Give all of them in the form of `facts.OccurrenceFacts.identity_names`."""
        kinds = (("id", self.ids), ("reference", self.references), ("email", self.emails), ("phone", self.phones))
        named = [f"{kind}:{value}" for kind, values in kinds for value in values]
        named += [f"{'md5' if len(one) == 32 else 'sha256'}:{one}" for one in self.hashes]
        return (*named, *(f"anonymous:{one}" for one in self.anonymous))

    def to_json(self) -> dict[str, Json]:
        """Give it as it is kept while somebody is being erased."""
        return {field.name: list(getattr(self, field.name)) for field in fields(self)}


def person_from_json(raw: Mapping[str, Any]) -> Person:
    """Read back what `to_json` gave."""
    return Person(**{field.name: tuple(raw.get(field.name, ())) for field in fields(Person)})


def find_person(*, email: str | None = None, customer_id: str | None = None) -> Person:
    """Give who is meant by an address, by Saleor's global id, or by both.

    Refused 400 REQUIRED where neither is given, INVALID_EMAIL, INVALID for an id that can be none.
    """
    if not email and not customer_id:
        raise refused_because(400, "REQUIRED", "Name the customer by an e-mail address or an id.", "email")
    if customer_id and (len(customer_id) > _ID_LENGTH or not is_storable(customer_id)):
        raise refused_because(400, "INVALID", "This is no id of a customer.", "customerId")
    emails, ids = {asked_email(email)} if email else set(), {customer_id} if customer_id else set()
    known = _in_store(emails, ids)
    ids |= {customer.id for customer in known}
    references = {customer.external_reference for customer in known}
    if not ids and emails:
        ids |= _only_one(_seen("customer_id", customer_email__in=emails))
    emails |= {as_stored(customer.email) or "" for customer in known}
    emails |= _not_anothers(_seen("customer_email", customer_id__in=ids) - emails, ids)
    owned = Q(customer_id__in=ids) | Q(customer_email__in=emails)
    links = AnonymousLink.objects.filter(owned).values_list("anonymous_id", flat=True).distinct()[:MOST]
    return Person(
        ids=_sorted(ids),
        emails=_sorted(emails),
        references=_sorted(references | _seen("customer_external_reference", customer_id__in=ids)),
        phones=_sorted(_seen("customer_phone", customer_id__in=ids)),
        anonymous=_sorted(links),
    )


def _sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _in_store(emails: Iterable[str], ids: Iterable[str]) -> list[Customer]:
    references = [CustomerReference(email=one) for one in emails] + [CustomerReference(customer_id=one) for one in ids]
    return list(current_host().customers(references).values()) if references else []


def _seen(column: str, **named: Iterable[str]) -> set[str]:
    """Give what verified occurrences of these names have in a column."""
    rows = Occurrence.objects.filter(identity__in=_VERIFIED, **{name: list(those) for name, those in named.items()})
    return set(rows.exclude(**{column: None}).values_list(column, flat=True).distinct()[:MOST])


def _only_one(ids: set[str]) -> set[str]:
    return ids if len(ids) == 1 else set()


def _not_anothers(emails: set[str], ids: set[str]) -> set[str]:
    """Leave out addresses that are somebody else's account by now."""
    found = current_host().customers([CustomerReference(email=one) for one in emails]) if emails else {}
    anothers = {reference.email for reference, customer in found.items() if customer.id not in ids}
    return emails - anothers
