"""A database that ends its connections, or lets nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from saleor_custom_events.hosts.sandbox.receivers import until
from tests.faults.shop import PATIENCE
from tests.live.store import LiveStore

END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@dataclass(frozen=True, slots=True)
class Beside:
    """A connection to another database of the same server, from which harm is done to the store's."""

    connection: psycopg.Connection
    #: Of the store's database.
    name: str

    def end_all(self) -> int:
        """End every connection to the store's database; gives how many there were."""
        return self.connection.execute(END_ALL, (self.name,)).rowcount


@contextmanager
def beside(live: LiveStore) -> Iterator[Beside]:
    """Give a connection beside the store's."""
    name = str(conninfo_to_dict(live.database_url)["dbname"])
    with psycopg.connect(live.database_url, dbname="postgres", autocommit=True) as connection:
        yield Beside(connection, name)


@contextmanager
def nobody_let_in(live: LiveStore) -> Iterator[None]:
    """End every connection to the store's database and refuse new ones."""
    with beside(live) as other:
        lock = sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS {}")
        other.connection.execute(lock.format(sql.Identifier(other.name), sql.Literal(False)))
        try:
            # Again until nobody is left: who was on the way in when the door closed comes after the first.
            assert until(lambda: other.end_all() == 0, PATIENCE)
            yield
        finally:
            other.connection.execute(lock.format(sql.Identifier(other.name), sql.Literal(True)))
