"""Names of customers that are no names of the store's: hashes of e-mails, and phone numbers. Pure."""

from __future__ import annotations

import re

import phonenumbers

from saleor_custom_events.store.customers import MD5_DIGITS, SHA256_DIGITS

_HEXADECIMAL = re.compile(r"[0-9a-f]+")


def read_email_hash(text: str, digits: int) -> str:
    """Read a hash of an e-mail address with MD5_DIGITS or SHA256_DIGITS: lower case. ValueError where it is none."""
    hashed = text.strip().lower()
    if len(hashed) != digits or not _HEXADECIMAL.fullmatch(hashed):
        kind = {MD5_DIGITS: "an MD5", SHA256_DIGITS: "a SHA-256"}[digits]
        raise ValueError(f"This has to be {kind} of the e-mail address: {digits} hexadecimal digits.")
    return hashed


def read_phone(text: str, region: str) -> str:
    """Read a phone number to E.164, `+48600100200`, the form in which stores keep them. ValueError where it is none.

    `region` is the country (ISO 3166, `PL`) of numbers without their country's code; empty: every number has it,
    with or without a plus before it.
    """
    written = text.strip()
    bare = written.removeprefix("00") if written.startswith("00") else written
    tries = [(written, region)] if region else []
    tries.append((bare if bare.startswith("+") else f"+{bare}", ""))
    for number, country in tries:
        try:
            parsed = phonenumbers.parse(number, country or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    raise ValueError("This has to be a phone number with its country's code, +48600100200.")
