"""The examples of the documentation, and the store that they speak of."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tests.client.conftest import ROOT
from tests.host_contract.making import Event, Maker
from tests.live.store import LiveStore

EXAMPLES = ROOT / "docs" / "examples"
EVENT = "query ($slug: String!) { customEvent(slug: $slug) { id number slug } }"
#: The events that the examples fire.
FIELDS: dict[str, list[dict[str, Any]]] = {
    "size-quiz": [
        {"name": "score", "type": "NUMBER", "required": True},
        {"name": "size", "type": "STRING", "required": True},
    ],
    "stock-alert": [
        {"name": "product", "type": "STRING", "required": True},
        {"name": "size", "type": "STRING"},
    ],
    "parcel-returned": [
        {"name": "order", "type": "STRING", "required": True},
        {"name": "reason", "type": "TEXT"},
        {"name": "refund", "type": "MONEY"},
    ],
}
EXAMPLE_KEY = "sce_pk_YOUR_KEY"
USE_KEY = "UPDATE saleor_custom_events_key SET digest = %s WHERE digest = %s"


def event_of(make: Maker, slug: str) -> Event:
    """Give an event of the examples, which refuses what it does not declare; it is made where it is not there."""
    found = make.store.ask(EVENT, {"slug": slug}, by="staff_all", url=make.store.plugin_url + "graphql/")["customEvent"]
    if found:
        return Event(**found)
    return make.event(slug=slug, name=slug, public=slug == "size-quiz", dataFields=FIELDS[slug], violations="REJECT")


def let_the_examples_key_be_good(live: LiveStore, make: Maker) -> None:
    """Let the key that is written in a page be one of the store's, so that the page runs as it stands."""
    known = live.sql("SELECT 1 FROM saleor_custom_events_key WHERE digest = %s", _digest(EXAMPLE_KEY))
    if not known:
        live.sql(USE_KEY, _digest(EXAMPLE_KEY), _digest(make.key("STOREFRONT")))


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


def path_of(name: str) -> Path:
    """Give an example's file."""
    return EXAMPLES / name
