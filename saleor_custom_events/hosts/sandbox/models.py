"""The store's own tables, as small as they can be and still keep Saleor's contract."""

from __future__ import annotations

import hashlib
import secrets
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


def new_token_key() -> str:
    """Give what a user's tokens must carry; a new one makes all of them invalid."""
    return secrets.token_hex(6)


class UserManager(BaseUserManager["User"]):
    """Makes users as Saleor does: e-mails in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make a user; `fields` as in the model."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A customer or a member of staff."""

    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    #: Holds every permission of `permissions.ALL`.
    is_superuser = models.BooleanField(default=False)
    #: Saleor's codes, `MANAGE_DISCOUNTS`.
    permissions = ArrayField(models.CharField(max_length=100), default=list)
    metadata = models.JSONField(default=dict)
    private_metadata = models.JSONField(default=dict)
    external_reference = models.CharField(max_length=250, unique=True, null=True)
    language_code = models.CharField(max_length=35, default="en")
    #: E.164. In Saleor it is the default address that has one.
    phone = models.CharField(max_length=16, default="", blank=True, db_index=True)
    #: What the staff has noted.
    note = models.TextField(default="", blank=True)
    jwt_token_key = models.CharField(max_length=12, default=new_token_key)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()


class AppType(models.TextChoices):
    """What an app is, in Saleor's words."""

    LOCAL = "local"
    #: Has pages in the dashboard, which get tokens of the user who looks at them.
    THIRDPARTY = "thirdparty"


class App(models.Model):
    """A program that calls with a token of its own, or pages in the dashboard."""

    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    permissions = ArrayField(models.CharField(max_length=100), default=list)
    #: SHA-256 of the token, which is random enough to need no salt; None: it has no token.
    token_digest = models.BinaryField(max_length=32, unique=True, null=True)
    type = models.CharField(max_length=60, choices=AppType.choices, default=AppType.LOCAL)
    #: Nobody vouches for it: another app may have the same.
    identifier = models.CharField(max_length=256, blank=True)
    about_app = models.TextField(null=True)
    app_url = models.URLField(null=True)
    author = models.CharField(max_length=60, null=True)
    version = models.CharField(max_length=60, null=True)

    @staticmethod
    def new_token() -> tuple[str, bytes]:
        """Give a token of 30 characters, which is how Saleor tells app tokens from others, and its digest."""
        token = secrets.token_hex(15)
        return token, App.digest(token)

    @staticmethod
    def digest(token: str) -> bytes:
        """Give what is kept of a token."""
        return hashlib.sha256(token.encode()).digest()


class AppExtension(models.Model):
    """A place in the dashboard where a page of an app is opened."""

    app = models.ForeignKey(App, models.CASCADE, related_name="extensions")
    identifier = models.CharField(max_length=256)
    label = models.CharField(max_length=256)
    #: Below the app's own address.
    url = models.CharField(max_length=200)
    mount = models.CharField(max_length=256)
    target = models.CharField(max_length=128, default="app_page")
    permissions = ArrayField(models.CharField(max_length=100), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "identifier"], name="unique_extension_identifier")]


class Channel(models.Model):
    """A channel that the plugin's URLs may name."""

    slug = models.SlugField(max_length=255, unique=True)


class Voucher(models.Model):
    """A discount, without what it takes off."""

    name = models.CharField(max_length=255)
    end_date = models.DateTimeField(null=True)


class VoucherCode(models.Model):
    """One of a voucher's codes."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=255, unique=True)
    is_active = models.BooleanField(default=True)


class Variant(models.Model):
    """What is sold, with how many of it there are."""

    name = models.CharField(max_length=255)
    sku = models.CharField(max_length=255, default="", db_default="", blank=True)
    #: Every variant is a product's; the sandbox's products have no more than a number and a name.
    product_id = models.PositiveIntegerField(db_index=True)
    product_name = models.CharField(max_length=255, default="", db_default="", blank=True)
    #: The product's, where this is its first variant.
    metadata = models.JSONField(default=dict, db_default={})
    #: Customers may see it.
    is_published = models.BooleanField(default=True, db_default=True)
    channel = models.ForeignKey(Channel, models.CASCADE)
    price = models.DecimalField(max_digits=12, decimal_places=3)
    currency = models.CharField(max_length=3)
    #: None: nobody counts.
    quantity = models.IntegerField(null=True)


class Order(models.Model):
    """An order."""

    user = models.ForeignKey(User, models.SET_NULL, null=True)
    user_email = models.EmailField(db_index=True)
    #: Saleor's: `draft`, `unfulfilled`, `canceled` …
    status = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    total_gross_amount = models.DecimalField(max_digits=20, decimal_places=3)
    total_charged_amount = models.DecimalField(max_digits=20, decimal_places=3, default=0, db_default=0)
    metadata = models.JSONField(default=dict, db_default={})
    created_at = models.DateTimeField(default=timezone.now)


class Checkout(models.Model):
    """A checkout, with how many lines it has."""

    token = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, models.CASCADE, null=True)
    email = models.EmailField(null=True)
    lines = models.PositiveIntegerField(default=0)
    last_change = models.DateTimeField(default=timezone.now, db_index=True)


class Transaction(models.Model):
    """A payment of somebody else's, for an order or what will be one."""

    token = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(Order, models.CASCADE, null=True)
    checkout = models.ForeignKey(Checkout, models.SET_NULL, null=True)


class GiftCard(models.Model):
    """Money for whoever knows its code."""

    code = models.CharField(max_length=16, unique=True)
    balance = models.DecimalField(max_digits=12, decimal_places=3)
    currency = models.CharField(max_length=3)


class OrderLine(models.Model):
    """So many of a variant, for the price that it had."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    variant = models.ForeignKey(Variant, models.CASCADE)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=12, decimal_places=3)


class CheckoutLine(models.Model):
    """So many of a variant, for the price that it has."""

    checkout = models.ForeignKey(Checkout, models.CASCADE, related_name="items")
    variant = models.ForeignKey(Variant, models.CASCADE)
    quantity = models.PositiveIntegerField()


class Plugin(models.Model):
    """What the merchant has set of a plugin, and whether it is on. No row: on, which is the plugin's default."""

    identifier = models.CharField(max_length=128, primary_key=True)
    active = models.BooleanField(default=True)
    public_url = models.TextField(blank=True, default="", db_default="")
    sender_name = models.TextField(blank=True, default="", db_default="")
    sender_address = models.TextField(blank=True, default="", db_default="")
