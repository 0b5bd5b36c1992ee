"""What an invocation knows: the occurrence that started it, frozen, and who it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from saleor_custom_events.scenarios.outcomes import Identity
from saleor_custom_events.scenarios.values import DataField
from saleor_custom_events.store.callers import CallerKind
from saleor_custom_events.store.customers import MD5_DIGITS, CustomerReference


def is_publicly_sent(caller: CallerKind, identity: Identity) -> bool:
    """Say whether anybody who looks into a browser could have written what was sent.

    What a scenario fires has the trust of what started it, by whatever ways.
    """
    if caller is CallerKind.SCENARIO:
        return identity is not Identity.TRUSTED
    return caller in (CallerKind.STOREFRONT_KEY, CallerKind.CUSTOMER, CallerKind.ANONYMOUS)


@dataclass(frozen=True, kw_only=True, slots=True)
class EventFacts:
    """The custom event, as a scenario sees it."""

    number: int
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OccurrenceFacts:
    """One firing. Times are aware, in UTC."""

    #: UUIDv7 in its usual form.
    id: str
    event: EventFacts
    registered_at: datetime
    occurred_at: datetime
    identity: Identity
    customer_email: str | None = None
    customer_id: str | None = None
    customer_external_reference: str | None = None
    anonymous_id: str | None = None
    #: MD5 or SHA-256 of the e-mail in hexadecimal, or a phone number (E.164), where nothing else named the customer.
    customer_email_hash: str | None = None
    customer_phone: str | None = None
    #: Of an anonymous occurrence: who the browser was found to be. Known again by it, and no more: nobody is mailed,
    #: and no customer is read, because of what a browser says of itself.
    merged: CustomerReference | None = None
    channel: str | None = None
    url: str | None = None
    fields: tuple[DataField, ...] = ()
    #: A public caller sent the data fields, or a scenario that one set going: nobody vouches for what they say.
    publicly_sent: bool = False
    #: How many scenarios stand between this occurrence and the outside: 0 for one that was fired from there.
    hops: int = 0

    @property
    def has_customer(self) -> bool:
        """Whether anything names a customer of the store."""
        return bool(self.customer_email or self.customer_id or self.customer_external_reference)

    @property
    def is_named_indirectly(self) -> bool:
        """Whether the store has to be asked whose name this is: a hash of an e-mail, or a phone number."""
        return bool(self.customer_email_hash or self.customer_phone)

    @property
    def customer_reference(self) -> CustomerReference:
        """Say how the store may know this customer.

        What only a public key says is believed as far as the e-mail goes, and no further: whoever wrote somebody
        else's id beside their own address would be mailed what the store knows of that customer.
        """
        if not self.identity.is_verified and self.customer_email:
            return CustomerReference(email=self.customer_email)
        return CustomerReference(
            customer_id=self.customer_id,
            external_reference=self.customer_external_reference,
            email=self.customer_email,
        )

    @property
    def identity_names(self) -> tuple[str, ...]:
        """Give every name by which this person is known, `id:…`, `reference:…`, `email:…`, `md5:…`, `sha256:…`,
        `phone:…`, `anonymous:…`.

        Of what only a public key says, no more than `customer_reference` believes.
        """
        believed = self.merged or self.customer_reference
        named = (
            ("id", believed.customer_id),
            ("reference", believed.external_reference),
            ("email", believed.email),
            *self._indirect_names,
            ("anonymous", self.anonymous_id),
        )
        return tuple(f"{kind}:{value}" for kind, value in named if value)

    @property
    def identity_key(self) -> str | None:
        """Give the one name under which re-entry counts this person, or None for nobody.

        The e-mail comes first: it is what every caller shares, known customer or guest.
        """
        for kind, value in (
            ("email", self.customer_email),
            ("id", self.customer_id),
            ("reference", self.customer_external_reference),
            *self._indirect_names,
            ("anonymous", self.anonymous_id),
        ):
            if value:
                return f"{kind}:{value}"
        return None

    @property
    def proven_anonymous_id(self) -> str | None:
        """Give the anonymous id of which this occurrence proves whose it is, or None.

        What only a public key says never does: whoever knows an address would take over what its owner's browser did.
        """
        proves = self.identity.is_verified and bool(self.customer_id or self.customer_email)
        return self.anonymous_id if proves else None

    @property
    def _indirect_names(self) -> tuple[tuple[str, str | None], ...]:
        hashed = self.customer_email_hash
        return (("md5" if hashed and len(hashed) == MD5_DIGITS else "sha256", hashed), ("phone", self.customer_phone))
