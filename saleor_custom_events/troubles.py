"""What a process's log may tell: of what by its ids, of an exception what it is and where it came from, and no value.

PostgreSQL quotes the row that it refuses, a parser what it could not read, another package's action whatever it likes:
an exception's own message may hold an address, a name, a data field or a secret.
"""

from __future__ import annotations

import sys

#: An exception's causes that are told beside it, at most.
MOST_CAUSES = 10


def trouble() -> BaseException | None:
    """Give the exception that is being handled, as `exc_info` of a log call: its traceback, and no value.

    `logger.error("…", exc_info=trouble())` in the place of `logger.exception("…")`.
    """
    error = sys.exception()
    return None if error is None else without_values(error)


def about(
    *,
    occurrence: object = None,
    invocation: int | None = None,
    event: int | str | None = None,
    scenario: int | None = None,
    step: str | None = None,
) -> dict[str, str | int]:
    """Give `extra` of a log call: what the line is about, by ids alone, for whoever searches logs by members."""
    ids = {
        "occurrence_id": None if occurrence is None else str(occurrence),
        "invocation_id": invocation,
        "event_number": event,
        "scenario_number": scenario,
        "step_id": step,
    }
    return {name: value for name, value in ids.items() if value is not None}


def without_values(error: BaseException, causes: int = MOST_CAUSES) -> BaseException:
    """Give an exception of the same name, with the same traceback and causes, whose message quotes nothing."""
    kind = type(error)
    told = type(kind.__name__, (Exception,), {"__module__": kind.__module__})(_harmless(error))
    told.__traceback__ = error.__traceback__
    # Raised or logged while the other is handled, it does not bring that one along.
    told.__suppress_context__ = True
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and causes:
        told.__cause__ = without_values(cause, causes - 1)
    shown: BaseException = told
    return shown


def _harmless(error: BaseException) -> str:
    """Give what is known to quote nothing: of a database's error its code and names, of the system's its number."""
    diagnosis = getattr(error, "diag", None)
    if diagnosis is not None:
        names = (getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name"))
        return ", ".join(str(name) for name in names if name)
    if isinstance(error, OSError) and error.errno is not None:
        return f"[Errno {error.errno}] {error.strerror}"
    return ""
