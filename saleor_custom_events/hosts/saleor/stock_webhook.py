"""The app and its webhook by which Saleor 3.23 tells us of stock: it no longer tells its plugins.

Made straight from the models, as the dashboard's app is: nothing is fetched, nobody is told.
"""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import datetime

from django.utils.crypto import constant_time_compare
from saleor.app.models import App
from saleor.app.types import AppType
from saleor.permission.models import Permission
from saleor.plugins.manager import PluginsManager
from saleor.webhook.event_types import WebhookEventAsyncType
from saleor.webhook.models import Webhook, WebhookEvent

from saleor_custom_events import __version__
from saleor_custom_events.extension.app import AUTHOR
from saleor_custom_events.hosts.saleor.ids import global_id, number_in
from saleor_custom_events.store.stock import StockWebhook

#: Saleor tells of a variant only whoever may manage products.
PERMISSION = "manage_products"
NAME = "Custom events: back in stock"
EVENT = WebhookEventAsyncType.PRODUCT_VARIANT_BACK_IN_STOCK
QUERY = """
subscription { event { issuedAt ... on ProductVariantBackInStock { productVariant { id } } } }
""".strip()


def keep_stock_webhook(store_id: str, url: str, *, wanted: bool) -> str:
    """See `Host.keep_stock_webhook`."""
    if hasattr(PluginsManager, "product_variant_back_in_stock"):
        return store_id
    app = App.objects.filter(pk=number_in(store_id, "App"), removed_at=None).first()
    if app is None:
        if store_id or not wanted:
            return store_id
        app = App.objects.create(name=NAME, type=AppType.LOCAL, version=__version__, author=AUTHOR)
        app.permissions.set(Permission.objects.filter(codename=PERMISSION))
    webhook = app.webhooks.first()
    if webhook is None:
        webhook = Webhook(app=app, name=NAME, secret_key=secrets.token_hex(32), subscription_query=QUERY)
    webhook.target_url, webhook.is_active = url, wanted
    webhook.save()
    WebhookEvent.objects.get_or_create(webhook=webhook, event_type=EVENT)
    return global_id("App", app.pk)


def read_stock_webhook(store_id: str, body: bytes, signature: str) -> StockWebhook | None:
    """See `Host.read_stock_webhook`. Saleor signs with the webhook's own secret, by HMAC-SHA256."""
    hooks = Webhook.objects.filter(app=number_in(store_id, "App"), app__removed_at=None)
    for secret in hooks.values_list("secret_key", flat=True):
        # Django's: the signature is whatever somebody wrote into a header, and Python's refuses what is not ASCII.
        if secret and constant_time_compare(hmac.digest(secret.encode(), body, "sha256").hex(), signature):
            return _told(body)
    return None


def _told(body: bytes) -> StockWebhook | None:
    try:
        said = json.loads(body)
        issued_at = datetime.fromisoformat(said["issuedAt"])
        variant = str(said["productVariant"]["id"])
    except (ValueError, KeyError, TypeError):
        return None
    if issued_at.utcoffset() is None or number_in(variant, "ProductVariant") is None:
        return None
    return StockWebhook(variant_id=variant, issued_at=issued_at)
