"""`make bench`: figures of this machine, as ratios within one run. Prints JSON lines, says what it does to stderr."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from saleor_custom_events.hosts.sandbox.embedded import free_port, servers
from saleor_custom_events.hosts.sandbox.processes import Processes
from tests.host_contract.store import Store

FOLDER = Path(__file__).parents[2] / ".test"


def main() -> int:
    """Start servers and a store, measure, stop everything."""
    read = argparse.ArgumentParser(prog="make bench", description=__doc__)
    read.add_argument("--waiting", type=int, default=1_000_000, help="how many invocations wait (1000000); 0: none")
    read.add_argument("--only-waiting", action="store_true", help="leave out everything else")
    read.add_argument("--only-carts", action="store_true", help="what the store's hooks cost, and nothing else")
    read.add_argument(
        "--only-editor", action="store_true", help="a scenario of 80 steps in a browser, and nothing else"
    )
    read.add_argument("--results", type=int, default=1_000_000, help="how many runs are counted (1000000); 0: none")
    read.add_argument("--only-results", action="store_true", help="what counting and looking at results cost")
    given = read.parse_args()
    with ExitStack() as ending:
        found = ending.enter_context(servers(FOLDER))
        if given.only_editor:
            from tests.bench.editor import measure_editor

            measure_editor(found)
            return 0
        database = ending.enter_context(_database(found.database_url))
        logs = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="custom-events-bench-")))
        port = free_port()
        environment = {
            "DATABASE_URL": database,
            "REDIS_URL": found.redis_url,
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        os.environ.update(environment, DJANGO_SETTINGS_MODULE="saleor_custom_events.hosts.sandbox.settings")
        Processes(environment, logs).run("migrate")
        with_baseline = {**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        processes = ending.enter_context(Processes(with_baseline, logs))
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("CREATE TABLE bench_row (id bigserial PRIMARY KEY, body jsonb NOT NULL)")
        processes.start_web(bind="127.0.0.1", port=port)

        import django

        django.setup()
        from django.db import connections

        from tests.bench.carts import measure_carts, measure_notes
        from tests.bench.measures import measure_all
        from tests.bench.results import measure_results
        from tests.bench.waiting import LEAST, measure_waiting

        if given.results and not (given.only_waiting or given.only_carts):
            measure_results(given.results)
        if given.only_results:
            connections.close_all()
            return 0
        if not given.only_waiting:
            measure_carts(_store(f"http://127.0.0.1:{port}"), database)
            measure_notes()
        if not given.only_waiting and not given.only_carts:
            measure_all(f"http://127.0.0.1:{port}")
        if given.waiting and not given.only_carts:
            measure_waiting(processes, max(given.waiting, LEAST))
        connections.close_all()
    return 0


def _store(base_url: str) -> Store:
    """Describe the sandbox as the contract's tests see a store, with somebody of each kind in it."""
    from django.conf import settings

    from saleor_custom_events.hosts.sandbox.casting import cast

    return Store(name="sandbox", base_url=base_url, secret_key=settings.SECRET_KEY, webhook_secret="", cast=cast())


@contextmanager
def _database(server_url: str) -> Iterator[str]:
    label = f"bench_{os.getpid()}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(label)))
        try:
            yield make_conninfo(server_url, dbname=label)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(label)))


if __name__ == "__main__":
    sys.exit(main())
