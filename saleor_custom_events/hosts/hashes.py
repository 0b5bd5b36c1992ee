"""Hashes in SQL that Django makes with an extension of PostgreSQL, which a store may not have."""

from __future__ import annotations

from django.db.models import Func, TextField


class Sha256(Func):
    """SHA-256 of a text, in hexadecimal, with what PostgreSQL has from version 11 on."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = TextField()
