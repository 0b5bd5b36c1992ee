"""A part of the log as CSV."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.doors.graphql.asking import answering, caller, once
from saleor_custom_events.doors.graphql.queries import log_filter
from saleor_custom_events.log.exporting import CsvPart, read_csv
from saleor_custom_events.log.reveals import reveal
from saleor_custom_events.log.wording import Language
from saleor_custom_events.models import RevealKind


class CustomEventCsv(graphene.ObjectType):
    """A part of the log, newest first: the head line with the first part, then up to 5,000 rows."""

    text = graphene.String(
        required=True,
        description="Lines end with CR LF. Comma in English, semicolon in Polish. No byte order mark: whoever writes "
        "the file puts it in front.",
    )
    rows = graphene.Int(required=True)
    has_next_page = graphene.Boolean(required=True)
    end_cursor = graphene.String()

    def resolve_has_next_page(root: CsvPart, info: ResolveInfo) -> bool:
        return root.has_next

    def resolve_end_cursor(root: CsvPart, info: ResolveInfo) -> str | None:
        return root.cursor


@answering
def resolve_csv(root: Any, info: ResolveInfo, **given: Any) -> CsvPart:
    """Answer `customEventLogCsv`, once a request: under twenty names it would read a hundred thousand rows."""
    who = caller(info)
    once(info, "csv", "ONE_PART", "Ask for one part in a request.")
    wanted = log_filter(given.get("filter", {}))
    part = read_csv(who, wanted, Language(given["language"]), given.get("after"))
    reveal(who, RevealKind.CSV, email=wanted.email, customer_id=wanted.customer)
    return part
