"""A whole sandbox store in processes of its own: web, workers, database, and a Redis that can go away."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from saleor_custom_events.hosts.sandbox import settings
from saleor_custom_events.hosts.sandbox.embedded import Servers, free_port
from saleor_custom_events.hosts.sandbox.processes import Child, Processes
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Receiver, http_receiver, smtp_receiver
from tests.host_contract.store import Store
from tests.live.proxy import Proxy, proxy_to
from tests.live.redis_database import own_redis_database

#: The worker that runs from the start, with beat in it.
FIRST = "worker-a"
#: Tests all come from one address, which is no client's here, and fire for the same few people.
NO_LIMITS = {
    "SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES": "127.0.0.1",
    "SALEOR_CUSTOM_EVENTS_LIMIT_IDENTITY_RATE": "0",
}
BYTECODE = Path(__file__).parents[2] / ".test" / "bytecode"
SECRET = "whsec_" + base64.b64encode(b"a secret of the live tests, 32 by").decode()


@dataclass(frozen=True, kw_only=True)
class LiveStore(Store):
    """A sandbox store whose parts can be ended and brought back."""

    database_url: str
    processes: Processes
    redis: Proxy
    receiver: Receiver
    mailbox: Mailbox

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the store's database."""
        return ask_database(self.database_url, query, *values)

    def start_worker(self, name: str = FIRST, *, beat: bool = True) -> Child:
        """Start a worker; one of that name that still runs is killed first."""
        return self.processes.start_worker(name, beat=beat)

    def kill_worker(self, name: str = FIRST) -> None:
        """`kill -9` a worker and its children."""
        self.processes.kill(name)

    def stop_worker(self, name: str = FIRST) -> None:
        """Ask a worker to end, as a deployment does."""
        self.processes.stop(name)

    @contextmanager
    def web_with(self, **environment: str) -> Iterator[None]:
        """Run the web process with other variables of the environment for a while; it is started anew twice."""
        usual = self.processes.environment
        self.processes.environment = {**usual, **environment}
        try:
            self.start_web()
            yield
        finally:
            self.processes.environment = usual
            self.start_web()

    def start_web(self) -> None:
        """Start the web process; the one that runs is asked to end first."""
        if "web" in self.processes.children:
            self.processes.stop("web")
        self.processes.start_web(bind="127.0.0.1", port=urlsplit(self.base_url).port or 80)

    def restore(self) -> None:
        """Bring everything back as it was at the start: Redis answers, the first worker runs, and no other."""
        self.redis.heal()
        self.receiver.answer = lambda received: 200
        children = self.processes.children
        self.processes.stop(*children.keys() - {FIRST, "web"})
        if FIRST not in children or not children[FIRST].alive:
            self.start_worker()


@contextmanager
def running(servers: Servers, folder: Path) -> Iterator[LiveStore]:
    """Run a store on `servers`, with a database of its own on each; logs are in `folder`."""
    with ExitStack() as ending:
        database_url = ending.enter_context(_database(servers.database_url))
        target = urlsplit(ending.enter_context(own_redis_database(servers.redis_url)))
        redis = ending.enter_context(proxy_to(target.hostname or "127.0.0.1", target.port or 6379))
        mailbox = ending.enter_context(smtp_receiver(free_port()))
        receiver = ending.enter_context(http_receiver())
        port = free_port()
        base_url = f"http://127.0.0.1:{port}"
        environment = {
            "DATABASE_URL": database_url,
            "REDIS_URL": target._replace(netloc=_through(target.netloc, redis.port)).geturl(),
            "EMAIL_URL": mailbox.url,
            "PUBLIC_URL": base_url,
            # Started dozens of times: also where the machine keeps no bytecode, sources are compiled once.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(BYTECODE),
            "SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK": "1",
            **NO_LIMITS,
            "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET": SECRET,
        }
        processes = ending.enter_context(Processes(environment, folder))
        live = LiveStore(
            name="sandbox",
            base_url=base_url,
            secret_key=settings.SECRET_KEY,
            webhook_secret=SECRET,
            cast=json.loads(processes.run("seed_cast", "--migrate")),
            database_url=database_url,
            processes=processes,
            redis=redis,
            receiver=receiver,
            mailbox=mailbox,
        )
        live.start_web()
        live.restore()
        yield live


def ask_database(url: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask a database by its URL; gives rows, none where the statement gives none."""
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query, values or None)
        return cursor.fetchall() if cursor.description else []


def _through(netloc: str, port: int) -> str:
    credentials, at, _ = netloc.rpartition("@")
    return f"{credentials}{at}127.0.0.1:{port}"


@contextmanager
def _database(server_url: str) -> Iterator[str]:
    name = sql.Identifier(label := f"live_{os.getpid()}_{secrets.token_hex(3)}")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            # libpq's `key=value` form, which everybody who reads DATABASE_URL here understands as well.
            yield make_conninfo(server_url, dbname=label)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
