"""The one family of errors: whose fault it is, and whether trying again helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Fault(StrEnum):
    """Who has to do something so that it works."""

    CALLER = "caller"
    AUTHOR = "author"  # of the scenario
    OUTSIDE = "outside"  # a mail server, a webhook's receiver …
    OURSELVES = "ourselves"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing wrong with what somebody sent."""

    #: Where: a member's path as the sender wrote it (`dataFields.score`, `steps[3].config.url`);
    #: empty for the whole.
    field: str
    #: Stable, SCREAMING_SNAKE_CASE.
    code: str
    #: A sentence for a developer, in English.
    message: str

    def under(self, place: str) -> Problem:
        """Give the same problem as seen from one level further out, at `place`."""
        if not self.field:
            return Problem(field=place, code=self.code, message=self.message)
        joint = "" if self.field.startswith("[") or not place else "."
        return Problem(field=f"{place}{joint}{self.field}", code=self.code, message=self.message)


class CustomEventError(Exception):
    """Something went wrong in custom events."""

    fault: Fault = Fault.OURSELVES
    #: Whether the same call may pass later with nothing changed by the caller.
    again: bool = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class Refused(CustomEventError):
    """What was sent is refused.

    `status` is the HTTP status of the answer (RFC 9110), `code` its stable code, `problems` name the
    members that are wrong (shape of RFC 9457's `errors`), `retry_after` when to come back, `limit` which limit
    was reached (`firing.limits.LimitKind`).
    """

    fault = Fault.CALLER

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *problems: Problem,
        retry_after: timedelta | None = None,
        limit: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.problems = problems
        self.retry_after = retry_after
        self.limit = limit
        #: The key that the call came with, where that was known before it was refused: for the counts.
        self.key: int | None = None
        self.again = status in (429, 503)


class DefinitionError(CustomEventError):
    """The scenario's definition cannot be run."""

    fault = Fault.AUTHOR

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.field}: {p.message}" for p in problems))
        self.problems = problems


class ActionError(CustomEventError):
    """An action did not succeed.

    Raise it from `Action.perform`. `again` says whether the same try may pass later (a receiver that is
    down) or never will (an address that does not exist); `retry_after` is the receiver's own wish.
    `code` is stable and shown in the log beside the message; neither may contain a secret.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "FAILED_ACTION",
        again: bool = False,
        fault: Fault = Fault.OUTSIDE,
        retry_after: timedelta | None = None,
        result: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.again = again
        self.fault = fault
        self.retry_after = retry_after
        #: What is known all the same (status, first bytes of the response …), kept with the step run.
        self.result = result or {}
