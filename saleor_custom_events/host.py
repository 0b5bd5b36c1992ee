"""What we ask of the store that we run in. What is asked and answered in are the values of `store/`.

A host (`hosts/saleor`, `hosts/sandbox`) installs itself once, when Django's apps are ready; everybody else asks
`current_host()`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import Customer, CustomerHint, CustomerReference
from saleor_custom_events.store.dashboard import DashboardApp
from saleor_custom_events.store.objects import ObjectKind, StoreObject
from saleor_custom_events.store.outgoing import HttpAnswer, Mail
from saleor_custom_events.store.plugin_fields import PluginFields
from saleor_custom_events.store.references import Referred, StoreReference
from saleor_custom_events.store.shopping import Shopper, Shopping
from saleor_custom_events.store.stock import StockItem, StockWebhook
from saleor_custom_events.store.vouchers import VoucherCode

if TYPE_CHECKING:
    from django.http import HttpRequest


class Host(Protocol):
    """The store. One object a process, stateless, safe from several threads."""

    #: `saleor` or `sandbox`.
    name: str

    def version(self) -> str:
        """Give the store's version, `3.23.28`."""

    def is_active(self) -> bool:
        """Say whether the merchant has the plugin switched on. May ask the database."""

    def plugin_fields(self) -> PluginFields:
        """Give what the merchant has set of the plugin, as it is kept at this moment."""

    def save_plugin_fields(self, fields: PluginFields) -> None:
        """Keep it, as the store's own page of the plugin does. Raises Refused 400 with each fault at its member."""

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

    def has_customer_widgets(self) -> bool:
        """Say whether the store's version lets apps have a card on a customer's page of the dashboard."""

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
