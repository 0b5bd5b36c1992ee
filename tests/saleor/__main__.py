"""`make test-saleor`: our package installed into a real Saleor, and the host tests against its processes."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from saleor_custom_events.hosts.sandbox.embedded import free_port
from tests.saleor.environment import REPOSITORY, NotPossible, Saleor, find_saleor, install_beside
from tests.saleor.servers import (
    fresh_database,
    own_corner_of_redis,
    process,
    wait_until_it_answers,
)

LOGS = REPOSITORY / ".test" / "saleor"
STEPS = 5
_RSA_KEY = """
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
print(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.TraditionalOpenSSL, s.NoEncryption()).decode())
"""


def main() -> int:
    """Run everything; give pytest's exit code, or 2 with one line that says why it cannot run."""
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as stack:
            return _run(stack)
    except NotPossible as reason:
        print(f"Saleor host tests: {reason}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"Saleor host tests: {error}; logs in {LOGS.relative_to(REPOSITORY)}", file=sys.stderr)
    return 2


def _run(stack: ExitStack) -> int:
    saleor = find_saleor()
    run_id = f"custom_events_{secrets.token_hex(4)}"
    database = stack.enter_context(fresh_database(run_id))
    redis = stack.enter_context(own_corner_of_redis(run_id))
    _say(1, f"a database of its own, {run_id}")
    python = install_beside(saleor, LOGS)
    _say(2, "the wheel, installed beside Saleor's packages: no version changed")
    port = free_port()
    env = _environment(saleor, python, database, redis, port)
    _manage(saleor, python, env, "migrate", "--no-input")
    _say(3, "migrate")
    store = _seed(saleor, python, env, port)
    _say(4, "users, apps and a channel")
    _start(stack, saleor, python, env, port)
    _say(5, f"Saleor on port {port}, worker and beat beside it")
    return _pytest(store)


def _environment(saleor: Saleor, python: Path, database: str, redis: Mapping[str, str], port: int) -> dict[str, str]:
    """Give Saleor's environment: as in production (no DEBUG), with loopback allowed for the test's receivers."""
    key = subprocess.run([str(python), "-c", _RSA_KEY], check=True, capture_output=True, text=True).stdout
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {
        **kept,
        **redis,
        "DATABASE_URL": database,
        "PYTHONPATH": str(saleor.root),
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "False",
        "SECRET_KEY": secrets.token_hex(32),
        "RSA_PRIVATE_KEY": key,
        "ALLOWED_CLIENT_HOSTS": "127.0.0.1,localhost",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HTTP_IP_FILTER_ALLOW_LOOPBACK_IPS": "True",
        "SEND_USAGE_TELEMETRY": "False",
        "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET": "whsec_" + b64encode(secrets.token_bytes(24)).decode(),
    }


def _manage(saleor: Saleor, python: Path, env: Mapping[str, str], *arguments: str) -> None:
    command = [str(python), str(saleor.root / "manage.py"), *arguments]
    with (LOGS / f"{arguments[0]}.log").open("wb") as log:
        subprocess.run(command, check=True, cwd=saleor.root, env=dict(env), stdout=log, stderr=subprocess.STDOUT)


def _seed(saleor: Saleor, python: Path, env: Mapping[str, str], port: int) -> Path:
    script = Path(__file__).with_name("seed.py")
    with (LOGS / "seed.log").open("wb") as log:
        seeded = subprocess.run(
            [str(python), str(script)],
            check=True, cwd=saleor.root, env=dict(env), stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
    store = LOGS / "store.json"
    described = {
        "name": "saleor",
        "base_url": f"http://127.0.0.1:{port}",
        "secret_key": env["SECRET_KEY"],
        "webhook_secret": env["SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET"],
        "python": str(python),
        "root": str(saleor.root),
        "environment": dict(env),
        "cast": json.loads(seeded.stdout.splitlines()[-1]),
    }
    store.write_text(json.dumps(described, indent=2))
    return store


def _start(stack: ExitStack, saleor: Saleor, python: Path, env: Mapping[str, str], port: int) -> None:
    web = ["-m", "uvicorn", "saleor.asgi:application", "--host=127.0.0.1", f"--port={port}", "--workers=1"]
    worker = ["-m", "celery", "--app=saleor.celeryconf:app", "worker", "-B", "--loglevel=info", "--concurrency=1"]
    worker.append(f"--schedule={LOGS / 'celerybeat-schedule'}")
    (LOGS / "celerybeat-schedule").unlink(missing_ok=True)
    for name, arguments in (("web", web), ("worker", worker)):
        command = [str(python), *arguments]
        stack.enter_context(process(name, command, cwd=saleor.root, env=env, logs=LOGS))
    wait_until_it_answers(f"http://127.0.0.1:{port}/health/", log=LOGS / "web.log")


def _pytest(store: Path) -> int:
    # The parents' conftest starts the sandbox and its servers; here the store is the one that runs.
    options = ["-p", "no:django", "-p", "no:cacheprovider", "--confcutdir=tests/host_contract"]
    options += ["-W", "ignore::pytest.PytestConfigWarning"]
    command = [sys.executable, "-m", "pytest", *options, "tests/host_contract", "tests/saleor", *sys.argv[1:]]
    env = {**os.environ, "STORE": "saleor", "STORE_JSON": str(store)}
    return subprocess.run(command, cwd=REPOSITORY, env=env, check=False).returncode


_begun = time.monotonic()


def _say(step: int, what: str) -> None:
    print(f"[{step}/{STEPS}] {what} … {time.monotonic() - _begun:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
