"""`make test-saleor` and `make demo STORE=saleor`: our wheel in a real Saleor, and its real processes."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from saleor_custom_events.hosts.sandbox.demo.progress import Progress, say
from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.processes import NotReady
from tests.bench.carts import measure_carts
from tests.host_contract.store import Store
from tests.saleor.dashboard import Dashboard, find_dashboard
from tests.saleor.demo import demo
from tests.saleor.environment import REPOSITORY, NotPossible
from tests.saleor.preparing import LOGS, Prepared, prepare


def main() -> int:
    """Run the tests or the demo; give the exit code, or 2 with one line that says why it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m tests.saleor", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="the sandbox's demo, in Saleor")
    parser.add_argument("--bench", action="store_true", help="what the hooks cost, in Saleor")
    parser.add_argument("--once", action="store_true", help="with --demo: end after the scripted visit")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--bind", default="127.0.0.1")
    chosen, for_pytest = parser.parse_known_args()
    # So that `kill` ends everything in order, as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    LOGS.mkdir(parents=True, exist_ok=True)
    try:
        with ExitStack() as ending:
            if chosen.demo:
                return demo(ending, bind=chosen.bind, port=chosen.port or free_port(), once=chosen.once)
            if chosen.bench:
                return _bench(ending, bind=chosen.bind, port=chosen.port or free_port())
            dashboard = find_dashboard()
            if dashboard is None:
                return _test(ending, for_pytest, bind=chosen.bind, port=chosen.port or free_port())
            return _test(ending, for_pytest, bind=dashboard.host, port=dashboard.port, dashboard=dashboard)
    except KeyboardInterrupt:
        return 130
    except (NotPossible, NotReady) as reason:
        sys.stderr.write(f"\nSaleor host tests: {reason}\n")
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"\nSaleor host tests: {error}\n")
    return 2


def _test(ending: ExitStack, for_pytest: list[str], *, bind: str, port: int, dashboard: Dashboard | None = None) -> int:
    progress = Progress(5)
    told = dashboard.saleors_settings if dashboard else {}
    public_url = dashboard.public_url if dashboard else ""
    prepared = prepare(ending, progress, bind=bind, port=port, public_url=public_url, **told)
    with progress.step("users, apps and a channel"):
        store = _describe(prepared, dashboard)
    with progress.step("Saleor's web process and its worker with beat"):
        for log in ("web", "worker"):
            (LOGS / f"{log}.log").unlink(missing_ok=True)
        prepared.processes.start_web(bind=bind, port=port)
        prepared.processes.start_worker("worker", beat=True)
    code = _pytest(store, for_pytest)
    if dashboard is None:
        say("Tests in Saleor's own dashboard: not run here (DASHBOARD_URL names one)")
    return code


def _bench(ending: ExitStack, *, bind: str, port: int) -> int:
    """Measure without a worker, which would take its share of the machine by chance."""
    progress = Progress(5)
    prepared = prepare(ending, progress, bind=bind, port=port)
    with progress.step("users, apps and a channel"):
        store = _describe(prepared, None)
    with progress.step("Saleor's web process"):
        prepared.processes.start_web(bind=bind, port=port)
    measure_carts(Store.read(store), prepared.environment["DATABASE_URL"])
    return 0


def _describe(prepared: Prepared, dashboard: Dashboard | None) -> Path:
    """Write down what the tests have to know of the store; give the file."""
    env = prepared.environment
    store = LOGS / "store.json"
    store.touch(mode=0o600)
    described = {
        "name": "saleor",
        "base_url": prepared.base_url,
        "secret_key": env["SECRET_KEY"],
        "webhook_secret": env["SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET"],
        "cast": prepared.processes.seed(),
        "python": str(prepared.processes.python),
        "root": str(prepared.processes.saleor.root),
        "environment": env,
        "dashboard_url": dashboard.url if dashboard else None,
    }
    store.write_text(json.dumps(described, indent=2))
    return store


def _pytest(store: Path, more: list[str]) -> int:
    # The parents' conftest starts the sandbox and its servers; here the store is the one that runs.
    options = ["-p", "no:django", "-p", "no:cacheprovider", "--confcutdir=tests/host_contract"]
    options += ["-W", "ignore::pytest.PytestConfigWarning"]
    # Files and folders that are named stand in for all of them.
    named = any((REPOSITORY / one.partition("::")[0]).exists() for one in more if not one.startswith("-"))
    folders = [] if named else ["tests/host_contract", "tests/saleor"]
    command = [sys.executable, "-m", "pytest", *options, *folders, *more]
    env = {**os.environ, "STORE": "saleor", "STORE_JSON": str(store)}
    return subprocess.run(command, cwd=REPOSITORY, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
