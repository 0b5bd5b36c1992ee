"""The rules for what a merchant sets of the plugin: the same in every store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from saleor_custom_events.errors import Problem, Refused

#: As a merchant's form names them.
_MEMBERS = {"public_url": "publicUrl", "sender_name": "senderName", "sender_address": "senderAddress"}


def faults(values: Mapping[str, str]) -> dict[str, ValidationError]:
    """Give what could not work of `public_url`, `sender_name` and `sender_address`, by name; empty: all could."""
    wrong: dict[str, ValidationError] = {}
    checks: tuple[tuple[str, Callable[[str], None]], ...] = (
        ("public_url", URLValidator(schemes=["http", "https"])),
        ("sender_address", validate_email),
    )
    for name, check in checks:
        try:
            if values[name]:
                check(values[name])
        except ValidationError as error:
            # Saleor turns the code into its own enum, and fails on a code that it does not know.
            wrong[name] = ValidationError(error.messages[0], code="invalid")
    if values["sender_address"] and "sender_address" not in wrong:
        try:
            Address(values["sender_name"], addr_spec=values["sender_address"])
        except (ValueError, HeaderParseError):
            # A line's end, of which a mail's header could be made.
            wrong["sender_name"] = ValidationError("This cannot stand in a mail's header.", code="invalid")
    if values["sender_name"] and not values["sender_address"]:
        wrong["sender_address"] = ValidationError("A sender name needs the sender e-mail as well.", code="required")
    return wrong


def refused_for(wrong: Mapping[str, ValidationError]) -> Refused:
    """Make the refusal that names each of these faults at its member."""
    problems = [
        Problem(field=_MEMBERS[name], code=str(error.code or "invalid").upper(), message=error.messages[0])
        for name, error in wrong.items()
    ]
    return Refused(400, "INVALID", "Something in this call is not valid.", *problems)
