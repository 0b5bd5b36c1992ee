"""The store's processes: one that serves, some that work. Real ones, as in a shop, each with its log."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
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
    offset: int = 0

    @property
    def alive(self) -> bool:
        """Say whether it runs.

        Does not collect it: its number stays its own until `kill` has ended its group, however busy the machine, so
        that no signal ever reaches a process that has got the number since.
        """
        look = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return self.process.returncode is None and os.waitid(os.P_PID, self.process.pid, look) is None

    def said(self) -> str:
        """Give what it has written since it was started."""
        with self.log.open("rb") as file:
            file.seek(self.offset)
            return file.read().decode(errors="replace")

    def stop(self) -> None:
        """Ask it to end, wait, and insist after GRACE seconds."""
        if self.alive:
            os.kill(self.process.pid, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while self.alive and time.monotonic() < until:
            time.sleep(0.05)
        self.kill()

    def kill(self) -> None:
        """End it and its children at once, as `kill -9` does. Once is enough: it is collected here."""
        if self.process.returncode is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)


@dataclass
class Processes:
    """All processes of one store. As a context, it ends them all, whatever happened."""

    #: What they need to find their servers.
    environment: Mapping[str, str]
    #: Where their logs are.
    folder: Path
    children: dict[str, Child] = field(default_factory=dict)

    def __enter__(self) -> Processes:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop(*self.children)

    def run(self, *arguments: str) -> str:
        """Run one of the sandbox's management commands to its end and give what it printed; NotReady if it failed."""
        command = [sys.executable, "-m", f"{PACKAGE}.manage", *arguments]
        log = self.folder / f"{arguments[0]}.log"
        with log.open("ab") as errors:
            done = subprocess.run(  # noqa: S603, our own words
                command, env=self._whole(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
            )
        if done.returncode:
            raise NotReady(f"`{' '.join(arguments)}` failed:\n{_tail(log)}")
        return done.stdout.decode()

    def start_web(self, *, bind: str, port: int) -> Child:
        """Start the web process and wait until it answers. Raises NotReady."""
        command = [sys.executable, "-m", "uvicorn", f"{PACKAGE}.asgi:application"]
        command += ["--host", bind, "--port", str(port), "--lifespan", "off", "--no-access-log"]
        web = self._start("web", command)
        url = f"http://{reachable(bind)}:{port}/plugins/global/custom-events/health?ready=1"
        # Its own word first: another process may be listening there, and answer.
        return _once_ready(web, lambda: "Uvicorn running" in web.said() and _answers(url))

    def start_worker(self, name: str, *, beat: bool) -> Child:
        """Start a Celery worker, with beat in it or without, and wait until it is ready. Raises NotReady.

        One of that name that still runs is killed first.
        """
        command = [sys.executable, "-m", "celery", "--app", f"{PACKAGE}.celery", "worker"]
        command += ["--concurrency", "1", "--loglevel", "INFO", "--hostname", f"{name}@%h"]
        command += ["--without-gossip", "--without-mingle"]
        if beat:
            command += ["--beat", "--schedule", str(self.folder / f"{name}-beat")]
        worker = self._start(name, command)
        return _once_ready(worker, lambda: " ready." in worker.said())

    def stop(self, *names: str) -> None:
        """Ask processes to end, all at once, and wait for them."""
        ending = [self.children.pop(name) for name in names]
        if ending:
            with ThreadPoolExecutor(len(ending)) as pool:
                list(pool.map(Child.stop, ending))

    def kill(self, name: str) -> None:
        """`kill -9` a process and its children."""
        self.children.pop(name).kill()

    def _start(self, name: str, command: list[str]) -> Child:
        if name in self.children:
            self.kill(name)
        log = self.folder / f"{name}.log"
        with log.open("ab") as file:
            offset = file.tell()
            process = subprocess.Popen(  # noqa: S603, our own words
                command,
                env=self._whole(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C reaches us alone, and we end everybody in order.
                start_new_session=True,
            )
        child = self.children[name] = Child(name, process, log, offset)
        return child

    def _whole(self) -> dict[str, str]:
        ours = {"DJANGO_SETTINGS_MODULE": f"{PACKAGE}.settings", "PYTHONUNBUFFERED": "1"}
        return {**os.environ, **ours, **self.environment}


def reachable(bind: str) -> str:
    """Give the host by which this machine reaches what listens on `bind`."""
    return "127.0.0.1" if bind in ("0.0.0.0", "::", "localhost") else bind  # noqa: S104, compares only


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
