"""The cast of the host contract tests, in Saleor. Run by Saleor's interpreter; prints JSON.

The same people and apps, in the same shape, as the sandbox's `seed_cast`.
"""

import json
import os
from secrets import token_hex

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor.settings")
django.setup()

import graphene  # noqa: E402
from django.utils import timezone  # noqa: E402
from saleor.account.models import Address, User  # noqa: E402
from saleor.app.models import App  # noqa: E402
from saleor.channel.models import Channel  # noqa: E402
from saleor.discount import DiscountValueType  # noqa: E402
from saleor.discount.models import Voucher, VoucherChannelListing  # noqa: E402
from saleor.permission.models import Permission  # noqa: E402
from saleor.product.models import (  # noqa: E402
    Category,
    Product,
    ProductChannelListing,
    ProductType,
    ProductVariant,
    ProductVariantChannelListing,
)
from saleor.shipping.models import ShippingZone  # noqa: E402
from saleor.tax.models import TaxConfiguration  # noqa: E402
from saleor.warehouse.models import Stock, Warehouse  # noqa: E402

DEFINE = ("manage_discounts",)
CUSTOMERS = (*DEFINE, "manage_users")
ALL = (*CUSTOMERS, "manage_plugins")
STORE = ("handle_payments", "manage_gift_card", "manage_orders", "manage_products", "manage_users")


def person(name: str, permissions: tuple[str, ...] = (), **attributes: object) -> dict[str, str]:
    """Make a user who can log in."""
    password = token_hex(8)
    user = User(email=f"{name.replace('_', '-')}@example.com", **attributes)
    user.set_password(password)
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return {
        "email": user.email,
        "password": password,
        "id": graphene.Node.to_global_id("User", user.pk),
    }


def reached_at(name: str, phone: str, **attributes: object) -> dict[str, str]:
    """Make a customer whose default address has a phone number."""
    address = Address.objects.create(street_address_1="Dluga 1", city="Gdansk", country="PL", phone=phone)
    return person(name, default_billing_address=address, **attributes)


def app(name: str, permissions: tuple[str, ...] = (), *, active: bool = True) -> dict[str, str]:
    """Make an app with a token."""
    made = App.objects.create(name=name, is_active=active)
    made.permissions.set(Permission.objects.filter(codename__in=permissions))
    _, token = made.tokens.create(name="contract")
    return {"token": token, "id": graphene.Node.to_global_id("App", made.pk)}


def channel() -> Channel:
    """Give a channel, made where the store has none."""
    made, _ = Channel.objects.get_or_create(
        slug="default-channel",
        defaults={"name": "Default", "currency_code": "USD", "default_country": "US", "is_active": True},
    )
    return made


def voucher() -> str:
    """Make a voucher whose codes work once, with 10 % off; give its global id."""
    made = Voucher.objects.create(name="Thank you", single_use=True, discount_value_type=DiscountValueType.PERCENTAGE)
    VoucherChannelListing.objects.create(
        voucher=made, channel=channel(), discount_value=10, currency=channel().currency_code
    )
    return graphene.Node.to_global_id("Voucher", made.pk)


def warehouse() -> Warehouse:
    """Make a warehouse from which the channel's customers are served."""
    address = Address.objects.create(street_address_1="Dluga 1", city="Gdansk", postal_code="80-827", country="PL")
    made = Warehouse.objects.create(name="Contract", slug="contract", address=address)
    made.channels.add(channel())
    zone = ShippingZone.objects.create(name="Contract", countries=["PL", "US"])
    zone.channels.add(channel())
    zone.warehouses.add(made)
    return made


def variant(name: str, *, quantity: int, stored_in: Warehouse) -> str:
    """Make something that is sold for 10 in the channel's currency and needs no shipping; give its global id."""
    TaxConfiguration.objects.get_or_create(channel=channel())
    currency, slug = channel().currency_code, name.lower()
    kind = ProductType.objects.create(name=name, slug=slug, is_shipping_required=False)
    category = Category.objects.create(name=name, slug=slug)
    product = Product.objects.create(name=name, slug=slug, product_type=kind, category=category)
    ProductChannelListing.objects.create(
        product=product,
        channel=channel(),
        currency=currency,
        is_published=True,
        published_at=timezone.now(),
        visible_in_listings=True,
        available_for_purchase_at=timezone.now(),
    )
    made = ProductVariant.objects.create(product=product, sku=slug, name=name)
    ProductVariantChannelListing.objects.create(
        variant=made, channel=channel(), currency=currency, price_amount=10, discounted_price_amount=10
    )
    Stock.objects.create(warehouse=stored_in, product_variant=made, quantity=quantity)
    return graphene.Node.to_global_id("ProductVariant", made.pk)


def product_of(variant_id: str) -> str:
    """Give the global id of a variant's product."""
    number = graphene.Node.from_global_id(variant_id)[1]
    return graphene.Node.to_global_id("Product", ProductVariant.objects.get(pk=number).product_id)


PHONE, SHARED_PHONE = "+48600100200", "+48600100201"
HERE = warehouse()
print(
    json.dumps(
        {
            "customer": reached_at("customer", PHONE, first_name="Anna", last_name="Nowak"),
            "twin": reached_at("twin", SHARED_PHONE),
            "other_twin": reached_at("other_twin", SHARED_PHONE),
            "phone": PHONE,
            "shared_phone": SHARED_PHONE,
            "staff_none": person("staff_none", is_staff=True),
            "staff_define": person("staff_define", DEFINE, is_staff=True),
            "staff_customers": person("staff_customers", CUSTOMERS, is_staff=True),
            "staff_all": person("staff_all", ALL, is_staff=True),
            "superuser": person("superuser", is_staff=True, is_superuser=True),
            "app_none": app("app_none"),
            "app_all": app("app_all", ALL),
            "app_orders": app("app_orders", ("manage_orders",)),
            "app_store": app("app_store", STORE),
            "app_inactive": app("app_inactive", ALL, active=False),
            "channel": channel().slug,
            "voucher": voucher(),
            "variant": (SCARF := variant("Scarf", quantity=1000, stored_in=HERE)),
            "product": product_of(SCARF),
            "warehouse": graphene.Node.to_global_id("Warehouse", HERE.pk),
            "sold_out": variant("Hat", quantity=0, stored_in=HERE),
            "channel_id": graphene.Node.to_global_id("Channel", channel().pk),
        }
    )
)
