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
from saleor.account.models import User  # noqa: E402
from saleor.app.models import App  # noqa: E402
from saleor.channel.models import Channel  # noqa: E402
from saleor.discount import DiscountValueType  # noqa: E402
from saleor.discount.models import Voucher, VoucherChannelListing  # noqa: E402
from saleor.permission.models import Permission  # noqa: E402

DEFINE = ("manage_discounts",)
CUSTOMERS = (*DEFINE, "manage_users")
ALL = (*CUSTOMERS, "manage_plugins")


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


print(
    json.dumps(
        {
            "customer": person("customer", first_name="Anna", last_name="Nowak"),
            "staff_none": person("staff_none", is_staff=True),
            "staff_define": person("staff_define", DEFINE, is_staff=True),
            "staff_customers": person("staff_customers", CUSTOMERS, is_staff=True),
            "staff_all": person("staff_all", ALL, is_staff=True),
            "superuser": person("superuser", is_staff=True, is_superuser=True),
            "app_none": app("app_none"),
            "app_all": app("app_all", ALL),
            "app_inactive": app("app_inactive", ALL, active=False),
            "channel": channel().slug,
            "voucher": voucher(),
            "channel_id": graphene.Node.to_global_id("Channel", channel().pk),
        }
    )
)
