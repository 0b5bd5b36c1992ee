"""What time it is, by the one clock that all processes share: the database's.

Whatever one process writes down and another compares (when something is due, expires, was registered, is old enough to
go) is taken from it, so that a worker whose own clock is wrong begins nothing early and removes nothing too soon. What
only lasts (a lease's use, a budget, a pause) is measured by `time.monotonic()`, which no correction moves.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """Give the database's time, aware, as it is now and not when the transaction began. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)
    return now
