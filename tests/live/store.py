"""A whole sandbox store in processes of its own: web, workers, database, and a Redis that can go away."""

from __future__ import annotations

import base64
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import requests
from psycopg import sql
from psycopg.conninfo import make_conninfo

from saleor_custom_events.hosts.sandbox.embedded import Servers, free_port
from saleor_custom_events.hosts.sandbox.processes import Child, Processes
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Receiver, http_receiver, smtp_receiver
from tests.live.proxy import Proxy, proxy_to

#: The worker that runs from the start, with beat in it.
FIRST = "worker-a"
SECRET = "whsec_" + base64.b64encode(b"a secret of the live tests, 32 by").decode()
TOKEN_LIFE = 240.0
TOKEN_CREATE = """mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token errors { message } } }"""


@dataclass(frozen=True, kw_only=True)
class Store:
    """A running store, of either host, as seen from outside."""

    base_url: str
    graphql_url: str
    plugin_url: str
    #: `casting.cast`: credentials by name, and `channel`.
    cast: dict[str, Any]
    _tokens: dict[str, tuple[float, str]] = field(default_factory=dict)

    def token(self, name: str) -> str:
        """Give a token of one of the cast: an app's own, or a person's access token."""
        credentials = self.cast[name]
        if "token" in credentials:
            return str(credentials["token"])
        made, token = self._tokens.get(name, (0.0, ""))
        if time.monotonic() - made > TOKEN_LIFE or not token:
            who = {key: credentials[key] for key in ("email", "password")}
            token = self.graphql(TOKEN_CREATE, who)["tokenCreate"]["token"]
            self._tokens[name] = (time.monotonic(), token)
        return token

    def headers(self, name: str | None) -> dict[str, str]:
        """Give the headers with which `name` calls; None is anonymous."""
        return {"Authorization": f"Bearer {self.token(name)}"} if name else {}

    def graphql(self, query: str, variables: dict[str, Any] | None = None, *, by: str | None = None) -> dict[str, Any]:
        """Ask the store's own `/graphql/` and give `data`. AssertionError with the errors where there are any."""
        sent = {"query": query, "variables": variables or {}}
        answer = requests.post(self.graphql_url, json=sent, headers=self.headers(by), timeout=30).json()
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def fire(self, body: dict[str, Any], *, by: str | None = None, key: str | None = None) -> requests.Response:
        """Fire over HTTP as one of the cast, or with one of our keys."""
        headers = {"Authorization": f"Bearer {key}"} if key else self.headers(by)
        return requests.post(f"{self.plugin_url}fire", json=body, headers=headers, timeout=30)


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
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def start_worker(self, name: str = FIRST, *, beat: bool = True) -> Child:
        """Start a worker; one of that name that still runs is killed first."""
        return self.processes.start_worker(name, beat=beat)

    def kill_worker(self, name: str = FIRST) -> None:
        """`kill -9` a worker and its children."""
        self.processes.kill(name)

    def stop_worker(self, name: str = FIRST) -> None:
        """Ask a worker to end, as a deployment does."""
        self.processes.stop(name)

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
    """Run a store on `servers`, with a database of its own; logs are in `folder`."""
    with ExitStack() as ending:
        database_url = ending.enter_context(_database(servers.database_url))
        target = urlsplit(servers.redis_url)
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
            "SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK": "1",
            "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET": SECRET,
        }
        processes = ending.enter_context(Processes(environment, folder))
        live = LiveStore(
            base_url=base_url,
            graphql_url=f"{base_url}/graphql/",
            plugin_url=f"{base_url}/plugins/global/custom-events/",
            cast=json.loads(processes.run("seed_cast", "--migrate")),
            database_url=database_url,
            processes=processes,
            redis=redis,
            receiver=receiver,
            mailbox=mailbox,
        )
        processes.start_web(bind="127.0.0.1", port=port)
        live.restore()
        yield live


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
