"""What schemathesis is told beside the document: what there is in the store. It runs in schemathesis' own process."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

import schemathesis

STORE = json.loads(os.environ["STORE_HAS"])


def _now_and_then(known: Iterable[Any]) -> Iterator[Any]:
    """Give what is known, and then one time nothing, again and again: what is made up has to be met too."""
    return cycle([*known, None])


_EVENTS = _now_and_then(STORE["events"])
_PEOPLE = _now_and_then([{"customerEmail": "anna@example.com"}, {"anonymousId": "visitor"}])
_NAMES = {name: _now_and_then(known) for name, known in STORE["paths"].items()}


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Let most bodies that name an event by a slug name one that there is, and somebody whom it is about."""
    items = body.get("events") if isinstance(body, dict) else None
    for item in items if isinstance(items, list) else (body,):
        if isinstance(item, dict) and isinstance(item.get("customEvent"), str) and item["customEvent"]:
            item["customEvent"] = next(_EVENTS) or item["customEvent"]
            for member, value in (next(_PEOPLE) or {}).items():
                item.setdefault(member, value)
    return body


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Let most addresses be of something that there is."""
    for name in path_parameters or ():
        path_parameters[name] = next(_NAMES[name]) or path_parameters[name]
    return path_parameters
