"""Voucher codes that scenarios issued: to whom, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Index, Q


class IssuedCode(models.Model):
    """A code of the store's, and the customer whom it was made for: the store itself binds a code to nobody."""

    id = models.BigAutoField(primary_key=True)
    #: The store's own ids: the voucher's global one, and the code's.
    voucher_id = models.CharField(max_length=64)
    code_id = models.CharField(max_length=64)
    code = models.CharField(max_length=255)
    #: Not foreign keys: a code outlives its row in the log.
    scenario_id = models.BigIntegerField()
    invocation_id = models.BigIntegerField()
    #: SHA-256 of the address, since a code outlives what may be known of its owner; empty where there was none.
    email_digest = models.CharField(max_length=64, blank=True, default="")
    #: The store's global id; empty where it knew nobody.
    customer_id = models.CharField(max_length=64, blank=True, default="")
    issued_at = models.DateTimeField()
    #: When it is to be made inactive; None: never.
    expires_at = models.DateTimeField(null=True)
    #: When it was.
    deactivated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            Index(fields=("email_digest", "issued_at"), name="sce_issuedcode_whom"),
            Index(fields=("customer_id",), name="sce_issuedcode_customer", condition=~Q(customer_id="")),
            Index(
                fields=("expires_at",),
                name="sce_issuedcode_expires",
                condition=Q(expires_at__isnull=False, deactivated_at__isnull=True),
            ),
        ]
