"""What we ask of the store that we run in, as types. The lowest floor: imports nothing of ours but errors.

A host (`hosts/saleor`, `hosts/sandbox`) installs itself once, when Django's apps are ready; everybody else asks
`current_host()`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saleor_custom_events.store_references import Referred, StoreReference


class CallerKind(StrEnum):
    """What kind of credential (or none) a call came with."""

    ANONYMOUS = "anonymous"
    CUSTOMER = "customer"
    STAFF = "staff"
    APP = "app"
    STOREFRONT_KEY = "storefront_key"
    SERVER_KEY = "server_key"
    PYTHON = "python"  # `api.fire` in the store's own process
    SCENARIO = "scenario"  # the action "fire another event"
    STORE = "store"  # something that happened in the store itself


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyBinding:
    """What a key is bound to. Empty tuples bind to nothing: any channel, any origin."""

    channels: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    #: Data fields that it may send beside those that an event declares.
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Who calls: the answer to "which credential was that, and what may it do?"."""

    kind: CallerKind
    #: Stable within the kind: the key's id, Saleor's global id of the app or user; empty for anonymous.
    id: str = ""
    #: For the log: the key's or app's name, the user's e-mail.
    name: str = ""
    #: The customer whom a *token* proves (a customer's token, alone or beside a storefront key).
    customer_id: str | None = None
    customer_email: str | None = None
    #: Saleor's codes without the app label, upper case (`MANAGE_DISCOUNTS`). *Effective* permissions:
    #: what a token was narrowed to, never `user.has_perm`.
    permissions: frozenset[str] = frozenset()
    #: Only for keys.
    binding: KeyBinding = field(default_factory=KeyBinding)

    @property
    def is_public(self) -> bool:
        """Whether anybody who looks into a browser could be calling: public events only, no receipts."""
        return self.kind in (CallerKind.STOREFRONT_KEY, CallerKind.CUSTOMER, CallerKind.ANONYMOUS)

    @property
    def reference(self) -> str:
        """Give the caller's name in unique constraints: kind and id, never a secret."""
        return f"{self.kind}:{self.id}"


ANONYMOUS = Caller(kind=CallerKind.ANONYMOUS)


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerReference:
    """How to find a customer. The first that is set decides: id, then external reference, then e-mail."""

    customer_id: str | None = None
    external_reference: str | None = None
    email: str | None = None


#: Hexadecimal digits of a hash: that is how one is told from the other.
MD5_DIGITS = 32
SHA256_DIGITS = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerHint:
    """What may belong to a customer and is no name that the store gave: one of the two is set."""

    #: Of the e-mail in lower case: MD5_DIGITS of MD5, or SHA256_DIGITS of SHA-256, in lower case.
    email_hash: str | None = None
    #: E.164, `+48600100200`: of a default address.
    phone: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """A customer of the store, as it is at this moment."""

    #: Saleor's global id (`VXNlcjox`).
    id: str
    email: str
    first_name: str = ""
    last_name: str = ""
    is_active: bool = True
    #: Saleor's language code, `en`, `pl` …
    language_code: str = ""
    external_reference: str | None = None
    joined_at: datetime | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    #: Names (setting CUSTOMER_GROUPS_KEY); never the staff's permission groups.
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopper:
    """Whose orders and checkouts are asked for: those of the account, and those made with the e-mail."""

    customer_id: str | None = None
    email: str | None = None
    #: Orders placed later than this are counted apart; aware.
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopping:
    """What somebody has ordered and holds in a checkout, as the store knows it at this moment.

    An order is one that was placed and stands: no draft, not cancelled, not expired.
    """

    orders: int = 0
    #: Of those: placed later than `Shopper.since`.
    orders_since: int = 0
    #: What they came to with tax, by currency; nothing for a currency without orders.
    spent: Mapping[str, Decimal] = field(default_factory=dict)
    last_order_at: datetime | None = None
    #: When the open checkout was last changed, of several the latest; None: none is open. Open is one that has
    #: lines and was changed within the last 30 days.
    checkout_changed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StockItem:
    """A variant, or a product, that may be in stock in a channel."""

    #: Saleor's global id (`UHJvZHVjdFZhcmlhbnQ6MQ==`).
    id: str
    #: The channel's slug; None: any channel will do.
    channel: str | None = None


class ObjectKind(StrEnum):
    """What something can happen to, by the name in Saleor's global ids."""

    CUSTOMER = "User"
    CHECKOUT = "Checkout"
    ORDER = "Order"
    GIFT_CARD = "GiftCard"
    VARIANT = "ProductVariant"
    PRODUCT = "Product"


class HappeningKind(StrEnum):
    """What happens in a store and may fire custom events."""

    CUSTOMER_CREATED = "customerCreated"
    CUSTOMER_CONFIRMED = "customerConfirmed"
    CUSTOMER_DELETED = "customerDeleted"
    CUSTOMER_METADATA_CHANGED = "customerMetadataChanged"
    CHECKOUT_CREATED = "checkoutCreated"
    CHECKOUT_UPDATED = "checkoutUpdated"
    #: No hook tells of it: nothing was told of the checkout for a while.
    CHECKOUT_ABANDONED = "checkoutAbandoned"
    ORDER_CREATED = "orderCreated"
    ORDER_CONFIRMED = "orderConfirmed"
    #: Money came in, not necessarily all of it.
    ORDER_PAID = "orderPaid"
    ORDER_FULLY_PAID = "orderFullyPaid"
    ORDER_FULFILLED = "orderFulfilled"
    ORDER_CANCELLED = "orderCancelled"
    ORDER_REFUNDED = "orderRefunded"
    ORDER_METADATA_CHANGED = "orderMetadataChanged"
    GIFT_CARD_CREATED = "giftCardCreated"
    BACK_IN_STOCK = "backInStock"
    PRODUCT_METADATA_CHANGED = "productMetadataChanged"

    @property
    def of(self) -> ObjectKind:
        """Say what it happens to."""
        if self is HappeningKind.BACK_IN_STOCK:
            return ObjectKind.VARIANT
        return next(kind for kind in ObjectKind if self.name.startswith("CUSTOMER" if kind == "User" else kind.name))

    @property
    def is_about_metadata(self) -> bool:
        """Say whether it is told of with the metadata as it is then."""
        return self.name.endswith("METADATA_CHANGED")


@dataclass(frozen=True, kw_only=True, slots=True)
class StoreObject:
    """Something of the store's, as it is at this moment: whom it is about, and what is told of it."""

    customer_id: str | None = None
    customer_email: str | None = None
    customer_external_reference: str | None = None
    #: Slug.
    channel: str | None = None
    #: By the names of `docs/store-events.md`, in the forms that the body of `fire` takes; times and dates in ISO 8601.
    #: What there is nothing of is left out.
    fields: Mapping[str, str | int | Mapping[str, str]] = field(default_factory=dict)
    #: Of a checkout: there is nothing in it.
    is_empty: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One message to one address, already rendered."""

    to: str
    subject: str
    text: str
    html: str = ""
    #: Includes the angle brackets; the same for every try of the same step.
    message_id: str
    #: The shop's own sender where empty.
    sender: str = ""
    channel: str | None = None
    #: More lines of its head.
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class VoucherCode:
    """A code of one of the store's vouchers."""

    #: The store's own; what `deactivate_voucher_codes` takes.
    id: str
    #: What a customer types in.
    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpAnswer:
    """What a receiver answered."""

    status: int
    headers: Mapping[str, str]
    #: The first 4 KiB, decoded leniently.
    body: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class NavigationEntry:
    """One entry of ours in the navigation of the store's dashboard."""

    #: Stable; unique among ours.
    identifier: str
    label: str
    #: Below the app's address, with a slash in front.
    path: str
    #: The section it stands in, by Saleor's name for it (`navigation_discounts`).
    mount: str
    #: Who sees it: Saleor's code, upper case.
    permission: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DashboardApp:
    """The app by which the store's dashboard knows us: as it ought to be, or as the store has it."""

    name: str
    description: str
    version: str
    author: str
    #: What the dashboard opens in a frame, without a slash at the end.
    url: str
    is_active: bool
    #: What its pages may do at most, for users who may do it themselves: Saleor's codes, upper case.
    permissions: frozenset[str]
    #: In the order of the navigation.
    entries: tuple[NavigationEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StockWebhook:
    """A word of the store's that a variant is back in stock, whose signature was found good."""

    #: The variant's global id.
    variant_id: str
    #: When the store said so; aware.
    issued_at: datetime


class HttpFailed(Exception):
    """The request got no answer.

    `again` is False where it never can (a refused address, a broken URL).
    """

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


class MailFailed(Exception):
    """The message was certainly not accepted.

    `again`: whether the server refused it for now (SMTP 4xx, no connection). An end that leaves open
    whether it was accepted (connection lost after the body) is `MailUnknown` instead.
    """

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again


class MailUnknown(Exception):
    """Nobody can say whether the message was accepted."""


class GroupsUnusable(Exception):
    """What stands in the customer's metadata is no list of groups, or there are too many. Nothing was changed."""


class Host(Protocol):
    """The store. One object a process, stateless, safe from several threads."""

    #: `saleor` or `sandbox`.
    name: str

    def version(self) -> str:
        """Give the store's version, `3.23.28`."""

    def is_active(self) -> bool:
        """Say whether the merchant has the plugin switched on. May ask the database."""

    def public_url(self) -> str:
        """Give the store's address as customers' browsers reach it, without a slash at the end."""

    def dashboard_origins(self) -> tuple[str, ...]:
        """Say where the store's dashboard is served from, as sources of CSP's `frame-ancestors`.

        What is no such source is left out of the policy. Asked for every page: answers from settings.
        """

    def dashboard_app(self, store_id: str) -> DashboardApp | None:
        """Give the app of that global id as the store has it; None where it is not there or was removed."""

    def save_dashboard_app(self, store_id: str, app: DashboardApp) -> str:
        """Make the app with its entries, or change the one of that global id so that it is like `app`; give its id.

        An empty id, or one of an app that is no longer there, makes a new one. Tells nobody: no hook runs and no
        webhook is sent. Within the transaction that is open.
        """

    def remove_dashboard_app(self, store_id: str) -> bool:
        """Remove the app as the dashboard's button does. Says whether it was there. Tells nobody."""

    def caller(self, request: HttpRequest) -> Caller:
        """Say who calls, from the *store's* tokens in `Authorization` / `Authorization-Bearer`.

        Ours (`sce_pk_…`, `sce_sk_…`) never reach it in `Authorization`; beside such a key the customer's
        token stands in `Authorization-Bearer`. No token at all is ANONYMOUS. A token that is garbage,
        expired, tampered with or of another kind (refresh) raises `Refused` 401 `INVALID_TOKEN`.
        """

    def customers(self, references: Sequence[CustomerReference]) -> Mapping[CustomerReference, Customer]:
        """Find customers, all with a bounded number of queries; who is not found is not in the answer."""

    def customers_hinted(self, hints: Sequence[CustomerHint]) -> Mapping[CustomerHint, tuple[Customer, ...]]:
        """Find whom each hint fits: nobody (then it is not in the answer), or several who share a phone number.

        All with a bounded number of queries. Hashes may cost a look at every customer of the store.
        """

    def shopping(self, shoppers: Sequence[Shopper]) -> Mapping[Shopper, Shopping]:
        """Say what each of them has ordered and holds in a checkout, all with a bounded number of queries."""

    def in_stock(self, items: Sequence[StockItem]) -> Mapping[StockItem, bool]:
        """Say which items are in stock, all with a number of queries that grows with their channels alone.

        A product is in stock where one of its variants is; what is not counted is in stock. What is no variant of the
        store, and no product with variants, is not in the answer.
        """

    def store_objects(self, kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
        """Read objects of one kind by their global ids, with a bounded number of queries.

        What the store has not, or has no more, is not in the answer.
        """

    def read_referred(self, references: Sequence[StoreReference]) -> Mapping[StoreReference, Referred]:
        """Read what is named, all with a number of queries that grows with the kinds and channels alone.

        A StoreItem of a variant or product, a StoreCheckout, a StoreOrder. What the store has not is not in the answer,
        and no order that was never placed. Whose it is the caller looks at: everything is given.
        """

    def keep_stock_webhook(self, store_id: str, url: str, *, wanted: bool) -> str:
        """Have the store tell `url` that variants are back in stock, or no longer; within the transaction that is open.

        `store_id` is the global id of what was made for it, empty where nothing was; gives it as it is now. One that
        somebody removed is not made again: its id stays. Where the store tells its plugins, nothing is done.
        """

    def read_stock_webhook(self, store_id: str, body: bytes, signature: str) -> StockWebhook | None:
        """Read what came to that `url`; None where it is not signed as what was made for it signs."""

    def set_customer_metadata(self, customer_id: str, entries: Mapping[str, str], *, private: bool) -> bool:
        """Merge `entries` into a customer's metadata, within the transaction that is open.

        False where there is no such customer.
        """

    def set_customer_group(self, customer_id: str, name: str, *, member: bool) -> bool | None:
        """Put a customer into a group, or take them out, within the transaction that is open.

        Locks the customer's row, so that of two who change its groups none is lost. False where it was so already,
        None where there is no such customer. Raises GroupsUnusable.
        """

    def add_customer_note(self, customer_id: str, text: str) -> bool:
        """Add a paragraph to what the staff has noted on a customer, within the transaction that is open.

        What is there stays. False where there is no such customer.
        """

    def issue_voucher_code(self, voucher_id: str) -> VoucherCode | None:
        """Make a new code of a voucher (global id), within the transaction that is open.

        None where there is no such voucher, or it has ended. Whoever listens to the store's webhooks is told.
        """

    def deactivate_voucher_codes(self, code_ids: Sequence[str]) -> None:
        """Make codes unusable, all at once, within the transaction that is open; those that are gone are left out."""

    def send_mail(self, mail: Mail, *, timeout: float) -> None:
        """Hand one message to the shop's mail server. Raises MailFailed or MailUnknown."""

    def mail_problem(self) -> str | None:
        """Say why mail cannot be sent as things are configured, or None. Opens no connection."""

    def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        timeout: float,
    ) -> HttpAnswer:
        """Send one HTTP request out of the shop.

        Refuses private, loopback and link-local addresses (unless the operator allows loopback), never
        follows a redirect, reads at most 4 KiB; `timeout` seconds bound the whole. Raises HttpFailed.
        """

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the headers by which receivers know the shop (Saleor's JWS); empty where it has none."""

    def database_access(self) -> AbstractContextManager[None]:
        """Give the context in which a Celery task may use the default database (Saleor: allow_writer)."""


_installed: list[Host] = []


def install_host(host: Host) -> None:
    """Make `host` the store of this process."""
    _installed[:] = [host]


def current_host() -> Host:
    """Give the store of this process. RuntimeError before a host was installed."""
    if not _installed:
        raise RuntimeError("No host is installed: is saleor_custom_events in INSTALLED_APPS?")
    return _installed[0]
