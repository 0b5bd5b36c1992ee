"""Saleor as the host of custom events."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager

import saleor
from django.conf import settings as django_settings
from django.contrib.sites.models import Site
from django.http import HttpRequest
from requests import Response
from saleor.core.db.connection import allow_writer
from saleor.core.http_client import HTTPClient
from saleor.core.utils import build_absolute_uri, get_public_url
from saleor.webhook.transport import signature_for_payload

from saleor_custom_events.hosts import outgoing, smtp
from saleor_custom_events.hosts.saleor import dashboard
from saleor_custom_events.hosts.saleor.configuration import configuration, plugin_fields, save_plugin_fields
from saleor_custom_events.hosts.saleor.customers import (
    add_note,
    change_group,
    find_customers,
    find_hinted_customers,
    merge_metadata,
)
from saleor_custom_events.hosts.saleor.mailing import borrowed_database, mail_settings
from saleor_custom_events.hosts.saleor.origins import origins_of
from saleor_custom_events.hosts.saleor.referring import read_referred
from saleor_custom_events.hosts.saleor.shopping import shopping_of
from saleor_custom_events.hosts.saleor.stock import in_stock
from saleor_custom_events.hosts.saleor.store_objects import store_objects
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.customers import Customer, CustomerHint, CustomerReference
from saleor_custom_events.store.dashboard import DashboardApp
from saleor_custom_events.store.objects import ObjectKind, StoreObject
from saleor_custom_events.store.outgoing import HttpAnswer, Mail, MailFailed
from saleor_custom_events.store.plugin_fields import PluginFields
from saleor_custom_events.store.references import Referred, StoreReference
from saleor_custom_events.store.shopping import Shopper, Shopping
from saleor_custom_events.store.stock import StockItem, StockWebhook
from saleor_custom_events.store.vouchers import VoucherCode

NO_SERVER = (
    'No mail server: switch on the plugin "User emails" in the dashboard and fill in its SMTP fields, or set EMAIL_URL.'
)
NO_SENDER = "No sender: set the shop's default sender, or the sender on this plugin's page in the dashboard."


class SaleorHost:
    """See `host.Host`."""

    name = "saleor"

    def version(self) -> str:
        """Give Saleor's version, `3.23.28`."""
        return str(saleor.__version__)

    def is_active(self) -> bool:
        """Say whether the merchant has the plugin switched on; up to a second old."""
        return configuration().active

    def plugin_fields(self) -> PluginFields:
        """See `configuration.plugin_fields`."""
        return plugin_fields()

    def save_plugin_fields(self, fields: PluginFields) -> None:
        """See `configuration.save_plugin_fields`."""
        save_plugin_fields(fields)

    def public_url(self) -> str:
        """Give what the merchant set on the plugin's page, else Saleor's PUBLIC_URL or site domain."""
        with borrowed_database():
            return configuration().public_url or str(get_public_url()).rstrip("/")

    def dashboard_origins(self) -> tuple[str, ...]:
        """Give the hosts in Saleor's ALLOWED_CLIENT_HOSTS; see `origins.origins_of`."""
        return origins_of(getattr(django_settings, "ALLOWED_CLIENT_HOSTS", ()))

    def dashboard_app(self, store_id: str) -> DashboardApp | None:
        """See `dashboard.dashboard_app`."""
        return dashboard.dashboard_app(store_id)

    def save_dashboard_app(self, store_id: str, app: DashboardApp) -> str:
        """See `dashboard.save_dashboard_app`."""
        return dashboard.save_dashboard_app(store_id, app)

    def remove_dashboard_app(self, store_id: str) -> bool:
        """See `dashboard.remove_dashboard_app`."""
        return dashboard.remove_dashboard_app(store_id)

    def has_customer_widgets(self) -> bool:
        """See `dashboard.has_customer_widgets`."""
        return dashboard.has_customer_widgets()

    def caller(self, request: HttpRequest) -> Caller:
        """See `calling.caller_of`."""
        # It imports Saleor's whole schema, which must not exist before ours has joined it.
        from saleor_custom_events.hosts.saleor.calling import caller_of

        return caller_of(request)

    def customers(self, references: Sequence[CustomerReference]) -> Mapping[CustomerReference, Customer]:
        """See `customers.find_customers`."""
        return find_customers(references)

    def customers_hinted(self, hints: Sequence[CustomerHint]) -> Mapping[CustomerHint, tuple[Customer, ...]]:
        """See `customers.find_hinted_customers`."""
        return find_hinted_customers(hints)

    def shopping(self, shoppers: Sequence[Shopper]) -> Mapping[Shopper, Shopping]:
        """See `shopping.shopping_of`."""
        return shopping_of(shoppers)

    def in_stock(self, items: Sequence[StockItem]) -> Mapping[StockItem, bool]:
        """See `stock.in_stock`."""
        return in_stock(items)

    def store_objects(self, kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
        """See `store_objects.store_objects`."""
        return store_objects(kind, ids)

    def read_referred(self, references: Sequence[StoreReference]) -> Mapping[StoreReference, Referred]:
        """See `referring.read_referred`."""
        return read_referred(references)

    def keep_stock_webhook(self, store_id: str, url: str, *, wanted: bool) -> str:
        """See `stock_webhook.keep_stock_webhook`."""
        # It asks Saleor's manager of plugins, which is not there while apps get ready.
        from saleor_custom_events.hosts.saleor import stock_webhook

        return stock_webhook.keep_stock_webhook(store_id, url, wanted=wanted)

    def read_stock_webhook(self, store_id: str, body: bytes, signature: str) -> StockWebhook | None:
        """See `stock_webhook.read_stock_webhook`."""
        from saleor_custom_events.hosts.saleor import stock_webhook

        return stock_webhook.read_stock_webhook(store_id, body, signature)

    def set_customer_metadata(self, customer_id: str, entries: Mapping[str, str], *, private: bool) -> bool:
        """See `customers.merge_metadata`."""
        return merge_metadata(customer_id, entries, private=private)

    def set_customer_group(self, customer_id: str, name: str, *, member: bool) -> bool | None:
        """See `customers.change_group`."""
        return change_group(customer_id, name, member=member)

    def add_customer_note(self, customer_id: str, text: str) -> bool:
        """See `customers.add_note`."""
        return add_note(customer_id, text)

    def issue_voucher_code(self, voucher_id: str) -> VoucherCode | None:
        """See `vouchers.issue_code`."""
        # Saleor's own code for it asks for its plugins, which are not there while apps get ready.
        from saleor_custom_events.hosts.saleor.vouchers import issue_code

        return issue_code(voucher_id)

    def deactivate_voucher_codes(self, code_ids: Sequence[str]) -> None:
        """See `vouchers.deactivate_codes`."""
        from saleor_custom_events.hosts.saleor.vouchers import deactivate_codes

        deactivate_codes(code_ids)

    def send_mail(self, mail: Mail, *, timeout: float) -> None:
        """Hand one message to the shop's mail server. Raises MailFailed or MailUnknown."""
        settings = mail_settings(mail.channel)
        if settings is None:
            raise MailFailed(NO_SERVER, again=False)
        sender = mail.sender or settings.sender
        if not sender:
            raise MailFailed(NO_SENDER, again=False)
        smtp.send(mail, connection=settings.open(timeout), sender=sender, timeout=timeout)

    def mail_problem(self) -> str | None:
        """Say what the shop's mail settings lack."""
        settings = mail_settings(None)
        if settings is None:
            return NO_SERVER
        return None if settings.sender else NO_SENDER

    def request(self, method: str, url: str, *, body: bytes, headers: Mapping[str, str], timeout: float) -> HttpAnswer:
        """Send with Saleor's own client, whose IP filter the operator sets by `HTTP_IP_FILTER_…`."""

        def opened(seconds: float) -> Response:
            sent = {"data": body, "headers": dict(headers), "timeout": seconds, "stream": True}
            response: Response = HTTPClient.send_request(method, url, **sent)
            return response

        return outgoing.ask(opened, timeout=timeout)

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give the headers by which an app knows a webhook of Saleor's: domain, address, detached JWS."""
        with borrowed_database():
            return {
                "Saleor-Domain": str(Site.objects.get_current().domain),
                "Saleor-Api-Url": str(build_absolute_uri("/graphql/")),
                "Saleor-Signature": str(signature_for_payload(body, None)),
            }

    def database_access(self) -> AbstractContextManager[None]:
        """Give Saleor's permission to use the writer in a Celery task."""
        context: AbstractContextManager[None] = allow_writer()
        return context
