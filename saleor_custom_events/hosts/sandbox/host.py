"""The sandbox store as the host of custom events."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import requests_hardened
from django.conf import settings as django_settings
from django.core.mail import get_connection
from django.http import HttpRequest
from requests import Response

from saleor_custom_events import __version__
from saleor_custom_events.conf import settings
from saleor_custom_events.hosts import outgoing, smtp
from saleor_custom_events.hosts.sandbox import calling, customers, plugin_page, referring, shopping, vouchers
from saleor_custom_events.hosts.sandbox.dashboard import app
from saleor_custom_events.hosts.sandbox.models import Plugin
from saleor_custom_events.hosts.sandbox.store_objects import store_objects
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

PLUGIN_ID = "custom-events"


class SandboxHost:
    """See `host.Host`."""

    name = "sandbox"

    def version(self) -> str:
        """Give our own version: the sandbox comes with the package."""
        return __version__

    def is_active(self) -> bool:
        """Ask the database: a merchant may have switched the plugin off in another process."""
        return not Plugin.objects.filter(identifier=PLUGIN_ID, active=False).exists()

    def plugin_fields(self) -> PluginFields:
        """See `plugin_page.read`."""
        return plugin_page.read()

    def save_plugin_fields(self, fields: PluginFields) -> None:
        """See `plugin_page.save`."""
        plugin_page.save(fields)

    def public_url(self) -> str:
        """Give what the merchant set, else the setting `PUBLIC_URL`."""
        return plugin_page.read().public_url.rstrip("/") or str(django_settings.PUBLIC_URL)

    def dashboard_origins(self) -> tuple[str, ...]:
        """Give the sandbox's own origin, where its dashboard is."""
        return ("'self'",)

    def dashboard_app(self, store_id: str) -> DashboardApp | None:
        """See `dashboard.app.find`."""
        return app.find(store_id)

    def save_dashboard_app(self, store_id: str, wanted: DashboardApp) -> str:
        """See `dashboard.app.save`."""
        return app.save(store_id, wanted)

    def remove_dashboard_app(self, store_id: str) -> bool:
        """See `dashboard.app.remove`."""
        return app.remove(store_id)

    def has_customer_widgets(self) -> bool:
        """Say yes: its dashboard has them, as Saleor's from 3.22 on."""
        return True

    def caller(self, request: HttpRequest) -> Caller:
        """See `calling.caller_of`."""
        return calling.caller_of(request)

    def customers(self, references: Sequence[CustomerReference]) -> Mapping[CustomerReference, Customer]:
        """See `customers.find`."""
        return customers.find(references)

    def customers_hinted(self, hints: Sequence[CustomerHint]) -> Mapping[CustomerHint, tuple[Customer, ...]]:
        """See `customers.find_hinted`."""
        return customers.find_hinted(hints)

    def shopping(self, shoppers: Sequence[Shopper]) -> Mapping[Shopper, Shopping]:
        """See `shopping.shopping_of`."""
        return shopping.shopping_of(shoppers)

    def in_stock(self, items: Sequence[StockItem]) -> Mapping[StockItem, bool]:
        """See `shopping.in_stock`."""
        return shopping.in_stock(items)

    def store_objects(self, kind: ObjectKind, ids: Collection[str]) -> Mapping[str, StoreObject]:
        """See `store_objects.store_objects`."""
        return store_objects(kind, ids)

    def read_referred(self, references: Sequence[StoreReference]) -> Mapping[StoreReference, Referred]:
        """See `referring.read_referred`."""
        return referring.read_referred(references)

    def keep_stock_webhook(self, store_id: str, url: str, *, wanted: bool) -> str:
        """Do nothing: the sandbox tells its plugins, as Saleor did before 3.23."""
        return store_id

    def read_stock_webhook(self, store_id: str, body: bytes, signature: str) -> StockWebhook | None:
        """Believe nobody: the sandbox has no webhooks."""
        return None

    def set_customer_metadata(self, customer_id: str, entries: Mapping[str, str], *, private: bool) -> bool:
        """See `customers.set_metadata`."""
        return customers.set_metadata(customer_id, entries, private=private)

    def set_customer_group(self, customer_id: str, name: str, *, member: bool) -> bool | None:
        """See `customers.change_group`."""
        return customers.change_group(customer_id, name, member=member)

    def add_customer_note(self, customer_id: str, text: str) -> bool:
        """See `customers.add_note`."""
        return customers.add_note(customer_id, text)

    def issue_voucher_code(self, voucher_id: str) -> VoucherCode | None:
        """See `vouchers.issue_code`."""
        return vouchers.issue_code(voucher_id)

    def deactivate_voucher_codes(self, code_ids: Sequence[str]) -> None:
        """See `vouchers.deactivate_codes`."""
        vouchers.deactivate_codes(code_ids)

    def send_mail(self, mail: Mail, *, timeout: float) -> None:
        """Hand the message to the server of `EMAIL_URL`. Raises MailFailed or MailUnknown."""
        smtp.send(
            mail,
            connection=get_connection(timeout=timeout),
            sender=mail.sender or plugin_page.sender() or django_settings.DEFAULT_FROM_EMAIL,
            timeout=timeout,
        )

    def mail_problem(self) -> str | None:
        """Say whether a mail server is named."""
        return None if django_settings.EMAIL_HOST else "EMAIL_URL names no mail server"

    def request(self, method: str, url: str, *, body: bytes, headers: Mapping[str, str], timeout: float) -> HttpAnswer:
        """See `Host.request`."""
        config = requests_hardened.Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=settings.ALLOW_LOOPBACK,
            never_redirect=True,
            default_timeout=timeout,
            user_agent_override=f"saleor-custom-events/{__version__} (sandbox)",
        )

        def opened(seconds: float) -> Response:
            response: Response = requests_hardened.Manager(config).send_request(
                method, url, data=body, headers=dict(headers), timeout=seconds, stream=True
            )
            return response

        return outgoing.ask(opened, timeout=timeout)

    def signature_headers(self, body: bytes) -> Mapping[str, str]:
        """Give none: the sandbox has no key that receivers could know it by."""
        return {}

    def database_access(self) -> AbstractContextManager[None]:
        """Give a context that does nothing: every process here may write."""
        return nullcontext()
