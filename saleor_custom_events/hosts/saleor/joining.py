"""Our GraphQL fields as a part of Saleor's own `/graphql/`, with no change to Saleor's settings.

Saleor builds its `Query` and `Mutation` from mixins when `saleor.graphql.api` is imported, which happens with
its URLs, after every app is ready. Attributes set on one of the mixins before that are fields like any other:
in the schema, in introspection, in the cost check. So it was in 3.21, 3.22 and 3.23
(`saleor/graphql/api.py`, `saleor/graphql/core/schema.py`).
"""

from __future__ import annotations

import copy
import functools
import logging
import sys
from collections.abc import Callable
from typing import Any

import graphene
from django.conf import settings
from graphene.types.utils import yank_fields_from_attrs
from saleor.core.db.connection import allow_writer
from saleor.core.exceptions import PermissionDenied

from saleor_custom_events import __version__
from saleor_custom_events.hosts.saleor.configuration import configuration
from saleor_custom_events.troubles import trouble

logger = logging.getLogger(__name__)

Resolver = Callable[..., Any]

#: Why our fields are not in Saleor's schema; None while they are, or were never meant to be.
_problem: str | None = None


def joining_problem() -> str | None:
    """Say why our fields are missing from Saleor's own schema, for the system check; None: they are there."""
    return _problem


def join() -> None:
    """Join our fields to Saleor's schema. Never raises: without them, the plugin's own URL still has them."""
    global _problem
    try:
        _problem = _join()
    except Exception as error:
        logger.error("Custom events could not join Saleor's schema", exc_info=trouble())
        _problem = f"joining Saleor's schema failed: {error}"


def _join() -> str | None:
    from saleor.graphql.core import scalars as saleors_scalars
    from saleor.graphql.core import schema as core

    from saleor_custom_events.doors.graphql import scalars

    # Two types of one name clash, so ours has to be the very class that Saleor's schema knows.
    scalars.use(DateTime=saleors_scalars.DateTime)
    from saleor_custom_events.doors.graphql.schema import CustomEventMutations, CustomEventQueries

    # Asked last: one of the imports above might be what brings it in, in another Saleor than those we know.
    if "saleor.graphql.api" in sys.modules:
        logger.warning("saleor.graphql.api was imported early: custom events are not part of /graphql/")
        return "saleor.graphql.api was imported before custom events were ready"
    _put(CustomEventQueries, core.CoreQueries)
    _put(CustomEventMutations, core.CoreMutations)
    # Saleor keeps answers to introspection for days, by its own version, the query and this (3.22 and later).
    before = getattr(settings, "GRAPHQL_CACHE_SUFFIX", "")
    settings.GRAPHQL_CACHE_SUFFIX = f"{before}-custom-events-{__version__}"
    return None


def _put(ours: Any, saleors: Any) -> None:
    """Make the fields of a class of ours attributes of one of Saleor's mixins, each with its resolver."""
    for base in reversed(ours.__mro__):
        for name, field in yank_fields_from_attrs(vars(base), _as=graphene.Field).items():
            joined = copy.copy(field)
            joined.resolver = _guarded(field.resolver or getattr(ours, f"resolve_{name}"))
            setattr(saleors, name, joined)


def _guarded(resolver: Resolver) -> Resolver:
    """Give the resolver as it behaves in Saleor's schema: nothing while the plugin is inactive, and the
    database's writer, which Saleor's view withholds and its own mutations ask for in the same way.
    """

    @functools.wraps(resolver)
    def guarded(root: Any, info: Any, *args: Any, **kwargs: Any) -> Any:
        if not configuration().active:
            raise PermissionDenied("The plugin custom-events is not active.")
        with allow_writer():
            return resolver(root, info, *args, **kwargs)

    return guarded
