"""What the store sends us of stock: who is believed, and how often."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from saleor_custom_events.firing.store_happenings import forget
from saleor_custom_events.host import Host, current_host, install_host
from saleor_custom_events.hosts.sandbox.host import SandboxHost
from saleor_custom_events.hosts.sandbox.models import Channel, Variant
from saleor_custom_events.hosts.sandbox.tokens import global_id
from saleor_custom_events.models import Installation, Occurrence, StoreHappening
from saleor_custom_events.running.store_happenings import fire_due
from saleor_custom_events.store.stock import StockWebhook
from tests.shop import an_event

pytestmark = pytest.mark.django_db

URL = "/plugins/global/custom-events/store-webhook"
SECRET = b"the webhook's own"


class HostWithWebhook(SandboxHost):
    """The sandbox as a store that tells of stock by webhooks alone, as Saleor 3.23 does."""

    def read_stock_webhook(self, store_id: str, body: bytes, signature: str) -> StockWebhook | None:
        if store_id != "app" or signature != signed(body):
            return None
        said = json.loads(body)
        return StockWebhook(variant_id=said["variant"], issued_at=datetime.fromisoformat(said["issuedAt"]))


def signed(body: bytes) -> str:
    return hmac.digest(SECRET, body, "sha256").hex()


@pytest.fixture(autouse=True)
def store_with_webhook() -> Any:
    before: Host = current_host()
    install_host(HostWithWebhook())
    forget()
    Installation.objects.create(name="stock", store_id="app")
    yield
    install_host(before)
    forget()


@pytest.fixture
def variant() -> Variant:
    channel = Channel.objects.create(slug="main")
    columns = {"name": "Hat", "product_name": "Hats", "price": 10, "currency": "USD", "quantity": 5}
    return Variant.objects.create(product_id=1, channel=channel, **columns)


@pytest.fixture
def send(client: Client) -> Callable[..., HttpResponse]:
    def sent(body: bytes, signature: str | None = None) -> HttpResponse:
        headers = {"Saleor-Signature": signed(body) if signature is None else signature}
        return client.post(URL, body, content_type="application/json", headers=headers)

    return sent


def told(variant: Variant, ago: timedelta = timedelta(0)) -> bytes:
    at = datetime.now(UTC) - ago
    return json.dumps({"variant": global_id("ProductVariant", variant.pk), "issuedAt": at.isoformat()}).encode()


def test_what_is_signed_fires_once_however_often_it_comes(send: Callable[..., HttpResponse], variant: Variant) -> None:
    event = an_event(happenings=[{"kind": "backInStock"}])
    body = told(variant)
    assert [send(body).status_code for _ in range(2)] == [204, 204]
    fire_due(1)
    assert send(body).status_code == 204
    fire_due(1)

    (occurrence,) = Occurrence.objects.filter(event=event).select_related("data_fields")
    fields = {field["name"]: field["value"] for field in occurrence.data_fields.fields}
    assert (fields["variantName"], fields["productName"]) == ("Hat", "Hats")


def test_the_same_variant_again_is_another_happening(send: Callable[..., HttpResponse], variant: Variant) -> None:
    event = an_event(happenings=[{"kind": "backInStock"}])
    for ago in (timedelta(hours=2), timedelta(0)):
        assert send(told(variant, ago)).status_code == 204
    fire_due(1)

    assert Occurrence.objects.filter(event=event).count() == 2


@pytest.mark.parametrize("signature", ["", "0" * 64, "nonsense", "ü"])
def test_what_is_not_signed_is_refused(send: Callable[..., HttpResponse], variant: Variant, signature: str) -> None:
    an_event(happenings=[{"kind": "backInStock"}])
    answer = send(told(variant), signature)

    assert (answer.status_code, json.loads(answer.content)["code"]) == (401, "INVALID_SIGNATURE")
    assert not StoreHappening.objects.exists()


@pytest.mark.parametrize("ago", [timedelta(days=1, minutes=1), timedelta(minutes=-6)])
def test_what_was_kept_too_long_is_refused(send: Callable[..., HttpResponse], variant: Variant, ago: timedelta) -> None:
    an_event(happenings=[{"kind": "backInStock"}])

    assert send(told(variant, ago)).status_code == 401


def test_where_nothing_was_made_for_it_nobody_is_believed(send: Callable[..., HttpResponse], variant: Variant) -> None:
    Installation.objects.all().delete()

    assert send(told(variant)).status_code == 401


def test_what_is_too_long_is_not_read(send: Callable[..., HttpResponse]) -> None:
    assert send(b" " * 70_000).status_code == 413


def test_where_nobody_listens_it_is_answered_and_forgotten(send: Callable[..., HttpResponse], variant: Variant) -> None:
    assert send(told(variant)).status_code == 204
    assert not StoreHappening.objects.exists()
