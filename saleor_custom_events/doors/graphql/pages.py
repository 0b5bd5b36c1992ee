"""Relay connections over keyset pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import graphene
from graphene.relay import PageInfo
from graphql import ResolveInfo

from saleor_custom_events.defining.pages import MAX_PAGE, Page, Slice
from saleor_custom_events.defining.reading import Counted
from saleor_custom_events.doors.graphql.asking import answering

SLICE = ("first", "after", "last", "before")


def required_list(of: Any, **options: Any) -> graphene.Field:
    """Make a field that is a list, never null, of what is never null."""
    return graphene.Field(graphene.NonNull(graphene.List(graphene.NonNull(of))), **options)


def connection_of(node: type[graphene.ObjectType], *, counted: bool = False) -> type[graphene.ObjectType]:
    """Make the connection and edge types of `node`. `counted` ones say how many rows there are in all; a log, where
    counting reads everything, does not.
    """
    stem = f"{node.__name__}Countable" if counted else node.__name__
    edge: Any = type(
        f"{stem}Edge",
        (graphene.ObjectType,),
        {"node": graphene.Field(node, required=True), "cursor": graphene.String(required=True)},
    )
    fields: dict[str, Any] = {"page_info": graphene.Field(PageInfo, required=True), "edges": required_list(edge)}
    if counted:
        fields["total_count"] = graphene.Int(description="Rows on all pages together.")
        fields["resolve_total_count"] = _total
    connection: Any = type(f"{stem}Connection", (graphene.ObjectType,), fields)
    connection.edge = edge
    return cast("type[graphene.ObjectType]", connection)


@answering
def _total(root: Any, info: ResolveInfo) -> int:
    return int(root.count())


def connection_field(
    connection: type[graphene.ObjectType], *, resolver: Callable[..., Any], description: str, **arguments: Any
) -> graphene.Field:
    """Make a field that is a connection, with the arguments of one."""
    size = f"1 to {MAX_PAGE}; give `first` or `last`."
    return graphene.Field(
        connection,
        first=graphene.Int(description=size),
        after=graphene.String(),
        last=graphene.Int(description=size),
        before=graphene.String(),
        resolver=resolver,
        description=description,
        **arguments,
    )


def slice_of(given: dict[str, Any]) -> Slice:
    """Take the arguments of a connection out of `given`."""
    return Slice(**{name: given.pop(name) for name in SLICE if name in given})


def as_connection(connection: Any, page: Page[Any], count: Callable[[], int] | None = None) -> Any:
    """Give a page as a connection; counts only if somebody asks."""
    made = connection(
        edges=[connection.edge(node=row, cursor=cursor) for row, cursor in zip(page.rows, page.cursors, strict=True)],
        page_info=PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        ),
    )
    made.count = count
    return made


def counted_connection(connection: Any, counted: Counted) -> Any:
    """Give a page with its count as a connection."""
    return as_connection(connection, counted.page, counted.total)
