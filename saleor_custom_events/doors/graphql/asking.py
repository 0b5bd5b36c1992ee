"""Who asks, and what becomes of a refusal: an exception with a stable code in queries, `errors` in mutations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

import graphene
from graphql import GraphQLError, ResolveInfo

from saleor_custom_events.doors.caller import caller_of
from saleor_custom_events.errors import Refused
from saleor_custom_events.host import current_host
from saleor_custom_events.store.callers import Caller


class RefusedQuery(GraphQLError):
    """A query was refused; `extensions.code` is the refusal's. Its message may be shown to the caller."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.message, extensions={"code": refused.code})


class PermissionDenied(RefusedQuery):
    """The name is part of the answer: Saleor gives the exception's as `extensions.exception.code`."""


class InvalidTokenError(RefusedQuery):
    """A credential is no good; the name as in Saleor."""


_EXCEPTIONS: Mapping[int, type[RefusedQuery]] = {401: InvalidTokenError, 403: PermissionDenied}


def caller(info: ResolveInfo) -> Caller:
    """Say who asks, found out once a request. Refused 401 or 403."""
    request: Any = info.context
    return caller_of(request)


def answering(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Let a query's resolver raise refusals, and use the database that the host would withhold from queries."""

    @wraps(resolve)
    def answer(root: Any, info: ResolveInfo, **given: Any) -> Any:
        try:
            with current_host().database_access():
                # GraphQL 2016 cannot tell a variable that was left out from one that is null.
                return resolve(root, info, **{name: value for name, value in given.items() if value is not None})
        except Refused as refused:
            raise _EXCEPTIONS.get(refused.status, RefusedQuery)(refused) from None

    return answer


class CustomEventError(graphene.ObjectType):
    """Why a mutation did nothing."""

    field = graphene.String(description="The input's member that is wrong; null where it is none in particular.")
    message = graphene.String(required=True, description="For a developer, in English.")
    code = graphene.String(required=True, description="Stable. A string: later releases add codes.")


def errors_of(refused: Refused) -> list[CustomEventError]:
    """Give a refusal as `errors`: one for each problem, or one for the whole."""
    return [
        CustomEventError(field=problem.field or None, message=problem.message, code=problem.code)
        for problem in refused.problems
    ] or [CustomEventError(field=None, message=refused.message, code=refused.code)]


def once(info: ResolveInfo, what: str, code: str, message: str) -> None:
    """Refuse (400, `code`) the second of its kind in a request: under twenty names it would be done twenty times."""
    done: set[str] = info.context.__dict__.setdefault("_custom_events_done", set())
    if what in done:
        raise Refused(400, code, message)
    done.add(what)


class Answering(graphene.Mutation):
    """A mutation that asks a floor below and answers; a refusal becomes `errors` and nothing was changed."""

    class Meta:
        abstract = True

    #: It takes so long that a second in the same request is refused with `ONCE`.
    once_a_request: ClassVar[bool] = False

    errors = graphene.NonNull(graphene.List(graphene.NonNull(CustomEventError)))

    @classmethod
    def mutate(cls, root: Any, info: ResolveInfo, **given: Any) -> Any:
        """Do what `perform` does; Refused becomes `errors`."""
        known = {name: value for name, value in given.items() if value is not None}
        try:
            if cls.once_a_request:
                once(info, cls.__name__, "ONCE", "Ask for this once in a request.")
            with current_host().database_access():
                return cls(errors=[], **cls.perform(caller(info), **known))
        except Refused as refused:
            return cls(errors=errors_of(refused))

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        """Give the payload's fields. Raises Refused. `given` holds no argument that is null."""
        raise TypeError(f"{cls.__name__} performs nothing.")


def given_members(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Give the members of an input that were given: null counts as left out, as in the HTTP body."""
    return {name: value for name, value in sent.items() if value is not None}
