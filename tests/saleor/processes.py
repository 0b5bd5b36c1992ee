"""Saleor's own processes, as its image starts them, around our wheel."""

from __future__ import annotations

import json
import secrets
import subprocess
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from saleor_custom_events.hosts.sandbox.processes import Child, NotReady, Processes, reachable
from saleor_custom_events.hosts.sandbox.receivers import until
from tests.live.store import NO_LIMITS
from tests.saleor.environment import Saleor

#: Seconds for Saleor to come up: it needs ten on two quiet cores.
STARTING = 120.0
SEED = Path(__file__).with_name("seed.py")
RSA_KEY = """
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
print(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()).decode())
"""
#: All that Saleor is given of the environment of whoever runs this.
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")


@dataclass
class SaleorProcesses(Processes):
    """Saleor's web and worker processes. As a context, it ends them all, whatever happened."""

    saleor: Saleor = None  # type: ignore[assignment]  # dataclasses want a default after the parent's
    #: The interpreter that sees Saleor's packages and our wheel.
    python: Path = Path()

    def run(self, *arguments: str) -> str:
        """Run one of Saleor's management commands to its end; NotReady if it failed."""
        return self._finish(arguments[0], str(self.saleor.root / "manage.py"), *arguments)

    def seed(self) -> dict[str, Any]:
        """Make the cast."""
        cast: dict[str, Any] = json.loads(self._finish("seed", str(SEED)).splitlines()[-1])
        return cast

    def start_web(self, *, bind: str, port: int) -> Child:
        """Start the web process and wait until it answers. Raises NotReady."""
        arguments = ["-m", "uvicorn", "saleor.asgi:application", f"--host={bind}", f"--port={port}"]
        web = self._start("web", self._command(*arguments))
        url = f"http://{reachable(bind)}:{port}/plugins/global/custom-events/health?ready=1"
        return self._once(web, lambda: _answers(url))

    def start_worker(self, name: str, *, beat: bool) -> Child:
        """Start a Celery worker, with beat in it or without, and wait until it is ready. Raises NotReady."""
        arguments = ["-m", "celery", "--app=saleor.celeryconf:app", "worker", "--loglevel=info", "--concurrency=1"]
        arguments.append(f"--hostname={name}@%h")
        if beat:
            # Celery's own comes to a stop after a minute: see the scheduler's `tick` in Saleor.
            arguments += ["--beat", "--scheduler=saleor.schedulers.schedulers.DatabaseScheduler"]
        worker = self._start(name, self._command(*arguments))
        return self._once(worker, lambda: " ready." in worker.said())

    def _command(self, *arguments: str) -> list[str]:
        # uvicorn and Celery look for modules where they were started: there must be Saleor and not our sources.
        return ["env", f"--chdir={self.saleor.root}", str(self.python), *arguments]

    def _finish(self, name: str, *arguments: str) -> str:
        log = self.folder / f"{name}.log"
        with log.open("wb") as errors:
            done = subprocess.run(
                self._command(*arguments), env=self._whole(), stdout=subprocess.PIPE, stderr=errors, check=False
            )
        if done.returncode:
            raise NotReady(f"{name} failed, see {log}")
        return done.stdout.decode()

    def _once(self, child: Child, ready: Any) -> Child:
        if not until(lambda: ready() or not child.alive, STARTING) or not child.alive:
            raise NotReady(f"The process {child.name} did not get ready, see {child.log}")
        return child

    def _whole(self) -> dict[str, str]:
        return dict(self.environment)


def saleors_environment(
    saleor: Saleor, python: Path, inherited: Mapping[str, str], base_url: str, **more: str
) -> dict[str, str]:
    """Give Saleor's environment: as in production (no DEBUG), with loopback allowed for the tests' receivers."""
    key = subprocess.run([str(python), "-c", RSA_KEY], check=True, capture_output=True, text=True).stdout
    return {
        **{name: value for name, value in inherited.items() if name in INHERITED},
        "PYTHONPATH": str(saleor.root),
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "False",
        "SECRET_KEY": secrets.token_hex(32),
        "RSA_PRIVATE_KEY": key,
        "ALLOWED_CLIENT_HOSTS": "127.0.0.1,localhost",
        "ALLOWED_HOSTS": "*",
        "PUBLIC_URL": base_url,
        "HTTP_IP_FILTER_ALLOW_LOOPBACK_IPS": "True",
        **NO_LIMITS,
        "SEND_USAGE_TELEMETRY": "False",
        "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET": "whsec_" + b64encode(secrets.token_bytes(24)).decode(),
        **more,
    }


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False
