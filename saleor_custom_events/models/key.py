"""Keys that may fire: `sce_pk_…` in storefronts, `sce_sk_…` on servers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class KeyType(models.TextChoices):
    """Where a key lives, and so how far it is trusted."""

    STOREFRONT = "storefront"
    SERVER = "server"


class Key(models.Model):
    """A key, without the key: only its digest is kept."""

    name = models.CharField(max_length=250)
    type = models.CharField(max_length=10, choices=KeyType.choices)
    #: SHA-256 of the whole key. No salt: it is 32 random bytes, not a password.
    digest = models.BinaryField(max_length=32, unique=True)
    #: The first characters, to recognise it by.
    prefix = models.CharField(max_length=16)
    #: Channel slugs and origins (`https://shop.example`) it is bound to; empty binds to nothing.
    channels = ArrayField(models.CharField(max_length=255), default=list)
    origins = ArrayField(models.CharField(max_length=255), default=list)
    #: Names of data fields that a storefront may send beside those that an event declares.
    allowed_fields = ArrayField(models.CharField(max_length=128), default=list, db_default=[])
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.CharField(max_length=200, blank=True, default="")
    revoked_at = models.DateTimeField(null=True)
    #: To the minute.
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
