"""The data fields that an event declares."""

from __future__ import annotations

from saleor_custom_events.defining.checking import Checking
from saleor_custom_events.firing.body import MAX_FIELD_NAME, MAX_FIELDS
from saleor_custom_events.firing.values import DeclaredField, Privacy
from saleor_custom_events.scenarios.values import REFERENCES


def check_declared(fields: tuple[DeclaredField, ...], checking: Checking) -> None:
    """Note what is wrong with declarations, at places like `dataFields[2].name`."""
    if len(fields) > MAX_FIELDS:
        checking.wrong("dataFields", "TOO_MANY", f"An event declares {MAX_FIELDS} data fields at most.")
    seen: set[str] = set()
    for index, field in enumerate(fields):
        place = f"dataFields[{index}].name"
        clean = checking.text(place, field.name, longest=MAX_FIELD_NAME, required=True)
        if clean and (clean != field.name or not clean.isprintable()):
            # A firing's names are compared as they are sent: a declaration that is not exact would never match.
            checking.wrong(place, "INVALID", "A name is printable, in Unicode's form NFC and has no spaces around it.")
        if field.name in seen:
            checking.wrong(place, "UNIQUE", "Another data field has this name.")
        seen.add(field.name)
        if field.type in REFERENCES and field.privacy is not Privacy.STORE:
            message = "What names something of the store has to be kept as it is: it is read again by its ID."
            checking.wrong(f"dataFields[{index}].privacy", "INVALID", message)
