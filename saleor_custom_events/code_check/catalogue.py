"""The store's events as the check knows them, and the file that they travel in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.values import FieldType, Json


class NoCatalogue(ValueError):
    """What was read is no catalogue of events."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEvent:
    """A custom event of the store."""

    number: int
    slug: str
    name: str
    #: Storefront keys and customers may fire it.
    public: bool
    archived: bool
    declared: tuple[DeclaredField, ...]


class Catalogue:
    """The events of one store."""

    def __init__(self, events: Iterable[KnownEvent]) -> None:
        self.events = tuple(events)
        self._named: dict[int | str, KnownEvent] = {}
        for event in self.events:
            self._named[event.number] = self._named[event.slug] = event

    def find(self, named: int | str) -> KnownEvent | None:
        """Give the event of this number or slug."""
        return self._named.get(named)

    @property
    def slugs(self) -> list[str]:
        """Give every slug."""
        return [event.slug for event in self.events]


def write_catalogue(events: Iterable[KnownEvent]) -> Json:
    """Give the file's content: what the check needs, and nothing of firings or customers."""
    return {"customEvents": [_written(event) for event in events]}


def _written(event: KnownEvent) -> Json:
    fields: list[Json] = [
        {"name": field.name, "type": field.type.value, "required": field.required} for field in event.declared
    ]
    return {
        "number": event.number,
        "slug": event.slug,
        "name": event.name,
        "public": event.public,
        "archived": event.archived,
        "dataFields": fields,
    }


def read_catalogue(*pages: Json) -> Catalogue:
    """Read a file of `write_catalogue`, or the answers of GraphQL's `customEvents` as they came, page by page.

    NoCatalogue, with a sentence, where one is neither, or the last page is missing.
    """
    try:
        events = [_event(node) for page in pages for node in _nodes(page)]
        if pages and all(_goes_on(page) for page in pages):
            raise NoCatalogue("There are more events than these: give the other pages too, each as a file.")
        return Catalogue(events)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, NoCatalogue):
            raise
        raise NoCatalogue(f"This is no catalogue of custom events: {error!r}.") from None


def _nodes(raw: Any) -> Iterable[Mapping[str, Any]]:
    found = raw.get("data", raw).get("customEvents")
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        raise NoCatalogue("This is no catalogue of custom events: `customEvents` is missing.")
    return [edge["node"] for edge in found["edges"]]


def _goes_on(raw: Any) -> bool:
    found = raw.get("data", raw)["customEvents"]
    return isinstance(found, dict) and bool((found.get("pageInfo") or {}).get("hasNextPage"))


#: GraphQL's names of types are other than those that fields are shown with: DATE_TIME, DateTime.
_TYPES = {kind.value.upper(): kind for kind in FieldType} | {kind.name: kind for kind in FieldType}


def _event(node: Mapping[str, Any]) -> KnownEvent:
    return KnownEvent(
        number=int(node["number"]),
        slug=str(node["slug"]),
        name=str(node.get("name") or node["slug"]),
        public=bool(node.get("public", True)),
        archived=bool(node.get("archived") or node.get("archivedAt")),
        declared=tuple(_field(item) for item in node["dataFields"]),
    )


def _field(item: Mapping[str, Any]) -> DeclaredField:
    kind = _TYPES[str(item["type"]).upper().replace("_", "")]
    return DeclaredField(name=str(item["name"]), type=kind, required=bool(item.get("required")))
