"""From nothing to a Saleor that can be started: a database, our wheel, Saleor's own migrate."""

from __future__ import annotations

import os
import secrets
from contextlib import ExitStack
from dataclasses import dataclass

from saleor_custom_events.hosts.sandbox.demo.progress import Progress, say
from saleor_custom_events.hosts.sandbox.processes import reachable
from tests.saleor.environment import REPOSITORY, find_saleor, install_beside
from tests.saleor.processes import SaleorProcesses, saleors_environment
from tests.saleor.servers import fresh_database, own_database_of_redis

LOGS = REPOSITORY / ".test" / "saleor"


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A migrated Saleor with our wheel in it, whose processes can be started."""

    processes: SaleorProcesses
    base_url: str
    bind: str
    port: int

    @property
    def environment(self) -> dict[str, str]:
        """Give what its processes are given."""
        return dict(self.processes.environment)


def prepare(
    ending: ExitStack, progress: Progress, *, bind: str, port: int, public_url: str = "", **more: str
) -> Prepared:
    """Make a database, install the wheel, migrate. Raises NotPossible, NotReady."""
    run_id = f"custom_events_{secrets.token_hex(4)}"
    saleor = find_saleor()
    base_url = public_url or f"http://{reachable(bind)}:{port}"
    with progress.step(f"a database of its own, {run_id}"):
        database = ending.enter_context(fresh_database(run_id))
        redis = ending.enter_context(own_database_of_redis())
    with progress.step("our wheel, installed beside Saleor's packages; what it brings"):
        python, brought = install_beside(saleor, LOGS)
        say(", ".join(brought), end=" … ")
    env = saleors_environment(saleor, python, os.environ, base_url, DATABASE_URL=database, **redis, **more)
    processes = SaleorProcesses(environment=env, folder=LOGS, saleor=saleor, python=python)
    ending.enter_context(processes)
    with progress.step("Saleor's own migrate"):
        processes.run("migrate", "--no-input")
    return Prepared(processes=processes, base_url=base_url, bind=bind, port=port)
