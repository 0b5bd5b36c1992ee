"""Whether an error says that the database cannot be used for now, which is no fault of whatever asked it."""

from __future__ import annotations

from django.db import Error, InterfaceError, OperationalError

#: `read_only_sql_transaction`: after a fail-over, a connection may lead to a server that is not the writer yet. psycopg
#: counts it among internal errors (PostgreSQL's appendix A, class 25).
_READ_ONLY = "25006"


def database_is_away(error: BaseException) -> bool:
    """Say whether trying again later is all there is to do: no connection, no room on its disk, no writer."""
    if isinstance(error, OperationalError | InterfaceError):
        return True
    return isinstance(error, Error) and getattr(error.__cause__, "sqlstate", None) == _READ_ONLY
