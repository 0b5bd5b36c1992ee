"""The form of what names something of the store: Saleor's global ids. Whether it is there nobody asks here."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from saleor_custom_events.scenarios.values import FieldType

LONGEST = 200
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NUMBER = r"[1-9][0-9]{0,17}"
_TOKEN = re.compile(_UUID)
#: What stands in the global id of each type, and how its objects are called in a sentence. Orders had numbers once.
_FORMS: Mapping[FieldType, tuple[re.Pattern[str], str]] = {
    FieldType.VARIANT: (re.compile(rf"ProductVariant:{_NUMBER}"), "a product variant"),
    FieldType.PRODUCT: (re.compile(rf"Product:{_NUMBER}"), "a product"),
    FieldType.CHECKOUT: (re.compile(rf"Checkout:{_UUID}"), "a checkout"),
    FieldType.ORDER: (re.compile(rf"Order:(?:{_UUID}|{_NUMBER})"), "an order"),
}


def read_reference(kind: FieldType, text: str) -> str:
    """Give the global id of one of `values.REFERENCES`; of a checkout the token stands for it, as in Saleor's API.

    ValueError, with a sentence, where it is another kind of thing, or no id.
    """
    form, name = _FORMS[kind]
    if kind is FieldType.CHECKOUT and _TOKEN.fullmatch(text.lower()):
        return base64.b64encode(f"Checkout:{text.lower()}".encode()).decode()
    if not form.fullmatch(decoded_id(text)):
        raise ValueError(f"This has to be the ID of {name}, as the store's API gives it.")
    return text


def decoded_id(text: str) -> str:
    """Give what a global id stands for, `User:12`; empty where it is none, or not written as the store writes it.

    base64 can say the same in several ways (`VXNlcjoxMg==`, `VXNlcjoxMh==`, more padding): then one customer would be
    several to whatever compares ids.
    """
    try:
        decoded = base64.b64decode(text, validate=True)
        return decoded.decode("ascii") if base64.b64encode(decoded).decode() == text else ""
    except (binascii.Error, ValueError):
        return ""
