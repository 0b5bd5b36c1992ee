"""One of each kind of caller, so that demo and tests can be anybody."""

from __future__ import annotations

import secrets
from typing import TypeAlias

from saleor_custom_events.hosts.sandbox.models import App, Channel, User, Variant, Voucher
from saleor_custom_events.hosts.sandbox.tokens import global_id

Credentials: TypeAlias = dict[str, str]

CHANNEL = "default-channel"
PHONE, SHARED_PHONE = "+48600100200", "+48600100201"
VOUCHER = "Thank you"
DEFINE = ("MANAGE_DISCOUNTS",)
CUSTOMERS = (*DEFINE, "MANAGE_USERS")
OPERATE = (*CUSTOMERS, "MANAGE_PLUGINS")
STAFF = {"staff_none": (), "staff_define": DEFINE, "staff_customers": CUSTOMERS, "staff_all": OPERATE}
#: What it takes to do in a store whatever events are fired by.
STORE = ("HANDLE_PAYMENTS", "MANAGE_GIFT_CARD", "MANAGE_ORDERS", "MANAGE_PRODUCTS", "MANAGE_USERS")
APPS = {
    "app_none": (),
    "app_all": OPERATE,
    "app_inactive": OPERATE,
    "app_orders": ("MANAGE_ORDERS",),
    "app_store": STORE,
}


def cast(password: str | None = None) -> dict[str, Credentials | str]:
    """Make everybody, or give those there are new passwords (`password`, or a random one each) and tokens.

    Gives `{"customer": {"email", "password", "id"}, "staff_…": the same, "app_…": {"token", "id"}, "channel": slug,
    "channel_id": id, "voucher": id, "variant": id, "sold_out": id, "product": id, "warehouse": id,
    "phone": of the customer's alone, "shared_phone": of two others'}`.
    """
    channel, _ = Channel.objects.get_or_create(slug=CHANNEL)
    people = {"customer": _person("customer", password, first_name="Anna", last_name="Nowak", phone=PHONE)}
    for name in ("twin", "other_twin"):
        people[name] = _person(name, password, phone=SHARED_PHONE)
    for name, permissions in STAFF.items():
        people[name] = _person(name, password, is_staff=True, permissions=list(permissions))

    apps = {name: _app(name, permissions) for name, permissions in APPS.items()}
    voucher, _ = Voucher.objects.get_or_create(name=VOUCHER)
    return {
        **people,
        **apps,
        "channel": CHANNEL,
        "channel_id": global_id("Channel", channel.pk),
        "voucher": global_id("Voucher", voucher.pk),
        "variant": _variant(channel, "Scarf", product=1, quantity=1000),
        "sold_out": _variant(channel, "Hat", product=2, quantity=0),
        "product": global_id("Product", 1),
        "phone": PHONE,
        "shared_phone": SHARED_PHONE,
        # The sandbox has one, of which nobody asks more than its id.
        "warehouse": global_id("Warehouse", 1),
    }


def _variant(channel: Channel, name: str, *, product: int, quantity: int) -> str:
    """Give something that is sold for 10 USD; its product is the only one's of that number."""
    made, _ = Variant.objects.update_or_create(
        name=name,
        defaults={
            "sku": name.lower(),
            "product_id": product,
            "product_name": name,
            "channel": channel,
            "price": 10,
            "currency": "USD",
            "quantity": quantity,
        },
    )
    return global_id("ProductVariant", made.pk)


def _person(name: str, password: str | None, **fields: object) -> Credentials:
    email = f"{name.replace('_', '-')}@example.com"
    chosen = password or secrets.token_urlsafe(12)
    user, _ = User.objects.update_or_create(email=email, defaults=fields)
    user.set_password(chosen)
    user.save()
    return {"email": email, "password": chosen, "id": global_id("User", user.pk)}


def _app(name: str, permissions: tuple[str, ...]) -> Credentials:
    token, digest = App.new_token()
    app, _ = App.objects.update_or_create(
        name=name,
        defaults={
            "permissions": list(permissions),
            "is_active": name != "app_inactive",
            "token_digest": digest,
        },
    )
    return {"token": token, "id": global_id("App", app.pk)}
