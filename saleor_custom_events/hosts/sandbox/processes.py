"""The store's processes: one that serves, some that work. Real ones, as in a shop, each with its log."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import requests

PACKAGE = "saleor_custom_events.hosts.sandbox"
#: Seconds in which a process has to be ready, and in which it has to end when asked to.
PATIENCE = 60.0
#: Seconds a worker that was asked to end may take for what it has begun.
GRACE = 15.0


class NotReady(RuntimeError):
    """A process ended, or was not ready in time; the text holds the last lines of its log."""


@dataclass
class Child:
    """One process of ours, and all that it started."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    #: Where its log began when it was started: a log is appended to.
    offset: int = field(default=0)

    @property
    def alive(self) -> bool:
        """Say whether it runs."""
        return self.process.poll() is None

    def said(self) -> str:
        """Give what it has written since it was started."""
        with self.log.open("rb") as file:
            file.seek(self.offset)
            return file.read().decode(errors="replace")

    def stop(self) -> None:
        """Ask it to end, wait, and insist after GRACE seconds."""
        if self.alive:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(GRACE)
        self.kill()

    def kill(self) -> None:
        """End it and its children at once, as `kill -9` does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


def run(arguments: list[str], environment: Mapping[str, str], log: Path) -> str:
    """Run one of the sandbox's management commands to its end and give what it printed; NotReady if it failed."""
    command = [sys.executable, "-m", f"{PACKAGE}.manage", *arguments]
    with log.open("ab") as errors:
        done = subprocess.run(  # noqa: S603, our own words
            command, env=_whole(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
        )
    if done.returncode:
        raise NotReady(f"`{' '.join(arguments)}` failed:\n{_tail(log)}")
    return done.stdout.decode()


def start_web(environment: Mapping[str, str], folder: Path, *, bind: str, port: int) -> Child:
    """Start the web process and wait until it answers. Raises NotReady."""
    command = [sys.executable, "-m", "uvicorn", f"{PACKAGE}.asgi:application"]
    command += ["--host", bind, "--port", str(port), "--lifespan", "off", "--no-access-log"]
    web = _start("web", command, environment, folder)
    # It may listen on an address that it cannot be asked at (0.0.0.0, another machine's view of this one).
    host = "127.0.0.1" if bind in ("0.0.0.0", "::", "localhost") else bind  # noqa: S104
    url = f"http://{host}:{port}/plugins/global/custom-events/health?ready=1"
    return _once_ready(web, lambda: _answers(url))


def start_worker(environment: Mapping[str, str], folder: Path, name: str, *, beat: bool) -> Child:
    """Start a Celery worker, with beat in it or without, and wait until it is ready. Raises NotReady."""
    command = [sys.executable, "-m", "celery", "--app", f"{PACKAGE}.celery", "worker"]
    command += ["--concurrency", "1", "--loglevel", "INFO", "--hostname", f"{name}@%h"]
    command += ["--without-gossip", "--without-mingle"]
    if beat:
        command += ["--beat", "--schedule", str(folder / "celerybeat-schedule")]
    worker = _start(name, command, environment, folder)
    return _once_ready(worker, lambda: " ready." in worker.said())


def _start(name: str, command: list[str], environment: Mapping[str, str], folder: Path) -> Child:
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{name}.log"
    with log.open("ab") as file:
        offset = file.tell()
        process = subprocess.Popen(  # noqa: S603, our own words
            command,
            env=_whole(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            # A group of its own: Ctrl-C reaches us alone, and we end everybody in order.
            start_new_session=True,
        )
    return Child(name, process, log, offset)


def _whole(environment: Mapping[str, str]) -> dict[str, str]:
    ours = {"DJANGO_SETTINGS_MODULE": f"{PACKAGE}.settings", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours, **environment}


def _once_ready(child: Child, ready: Callable[[], bool]) -> Child:
    until = time.monotonic() + PATIENCE
    while not ready():
        if not child.alive or time.monotonic() > until:
            child.kill()
            raise NotReady(f"The process {child.name} did not get ready:\n{_tail(child.log)}")
        time.sleep(0.1)
    return child


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def _tail(log: Path, lines: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) + f"\n(log: {log})"
