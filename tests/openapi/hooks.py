"""What schemathesis is told beside the document: what there is in the store. It runs in schemathesis' own process."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

import schemathesis

MOST = 2_000_000_000
#: What says whom a body is about, where it is rightly said.
WHO = {
    "customerEmail": re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(\.[\w-]{1,60}){1,3}"),
    "customerId": re.compile(r"VXNlcjo[A-Za-z0-9+/]{1,30}={0,2}"),
    "customerExternalReference": re.compile(r"[^\x00-\x1f\x7f]{1,250}"),
    "anonymousId": re.compile(r"[^\x00-\x1f\x7f]{1,128}"),
}
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
STORE = json.loads(os.environ["STORE_HAS"])


def _now_and_then(known: Iterable[Any]) -> Iterator[Any]:
    """Give what is known, and then one time nothing, again and again: what is made up has to be met too."""
    return cycle([*known, None])


_EVENTS = _now_and_then(STORE["events"])
_NUMBERS = _now_and_then(STORE["numbers"])
_PEOPLE = _now_and_then(STORE["people"])
_NAMES = {name: _now_and_then(known) for name, known in STORE["paths"].items()}


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Let most bodies that name an event rightly name one that there is, and somebody whom it is about."""
    items = body.get("events") if isinstance(body, dict) else None
    for item in items if isinstance(items, list) else (body,):
        # What was made wrong on purpose stays.
        slug = item.get("customEvent") if isinstance(item, dict) else None
        number = item.get("customEventId") if isinstance(item, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST:
            item["customEventId"] = next(_NUMBERS) or number
        if isinstance(slug, str) and SLUG.fullmatch(slug):
            item["customEvent"] = next(_EVENTS) or slug
            _name(item, next(_PEOPLE))
    return body


def _name(item: dict[str, Any], person: dict[str, str] | None) -> None:
    """Let a body be about this person alone, if any."""
    if person is None:
        return
    for member, form in WHO.items():
        if isinstance(item.get(member), str) and form.fullmatch(item[member]):
            del item[member]
    for member, value in person.items():
        item.setdefault(member, value)


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Let most addresses be of something that there is."""
    for name in path_parameters or ():
        path_parameters[name] = next(_NAMES[name]) or path_parameters[name]
    return path_parameters
