"""`make chaos`: a store under load, and faults at random for some minutes. What is wrong afterwards is printed."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.embedded import Servers, redis_server, servers
from saleor_custom_events.hosts.sandbox.receivers import Received, until
from tests.chaos.clocks import HOW, Clocks, build_library
from tests.chaos.faults import WORKERS, Faults
from tests.chaos.load import Load
from tests.chaos.scenarios import build
from tests.chaos.verdict import COUNTS, ENDS, UNDER_WAY, faults
from tests.faults.test_killed_workers import RECORD_ENDS
from tests.host_contract.making import Maker
from tests.live.store import LiveStore, running

FOLDER = Path(__file__).parents[2] / ".test"
#: As in tests/faults: what a dead worker held is due again within seconds.
LIMITS = {"LEASE": "6", "WEBHOOK_TIMEOUT": "3", "MAIL_TIMEOUT": "3"}
#: Of a hundred webhooks, how many the receiver refuses for now.
REFUSED = 2
#: Seconds in which all that is due must end once nothing is broken any more.
PATIENCE = 300.0


def main() -> int:
    """Torment a store, mend it, wait until it is quiet, and judge it; 1 where anything is not as it should be."""
    read = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    read.add_argument("--minutes", type=float, default=3.0)
    read.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    read.add_argument("--calm", action="store_true", help="break nothing: load alone, and the verdict")
    read.add_argument("--keep-logs", type=Path, help="a folder for the logs of the processes")
    given = read.parse_args()
    print(f"seed {given.seed}, {given.minutes:g} minutes", flush=True)
    with ExitStack() as ending, pytest.MonkeyPatch.context() as environment:
        for name, value in LIMITS.items():
            environment.setenv(f"SALEOR_CUSTOM_EVENTS_{name}", value)
        found = ending.enter_context(servers(FOLDER))
        # One of our own, also where the environment names one: it is flushed.
        redis_url = ending.enter_context(redis_server(FOLDER / "redis"))
        logs = given.keep_logs or Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="custom-events-chaos-")))
        own = Servers(database_url=found.database_url, redis_url=redis_url)
        live = ending.enter_context(running(own, logs))
        clocks = Clocks(folder=logs, library=None if given.calm else build_library(FOLDER / "chaos"))
        return _run(live, redis_url, clocks, given.minutes * 60, given.seed, calm=given.calm)


def _run(live: LiveStore, redis_url: str, clocks: Clocks, seconds: float, seed: int, *, calm: bool) -> int:
    rng = random.Random(seed)
    make = Maker(live)
    events = build(make, live.receiver.url)
    live.sql(RECORD_ENDS)
    moody = random.Random(seed + 1)

    def answer(received: Received) -> int:
        return 503 if moody.random() * 100 < REFUSED else 200

    live.receiver.answer = answer
    torment = Faults(live=live, redis_url=redis_url, rng=rng, clocks=clocks)
    for name in WORKERS:
        torment.start_worker(name)
    load = Load(live, make.key("SERVER"), events, seed)
    with load:
        if calm:
            time.sleep(seconds)
        else:
            torment.torment(seconds)
    load.wait()
    live.receiver.answer = lambda received: 200
    quiet_after = time.monotonic()
    quiet = until(lambda: live.sql(UNDER_WAY) == [(0,)], PATIENCE)
    print(f"quiet {time.monotonic() - quiet_after:.0f} s after the last firing" if quiet else "never quiet")
    return _judge(live, load, torment, list(faults(live, load.ledger, events)), calm=calm)


def _judge(live: LiveStore, load: Load, torment: Faults, wrong: list[str], *, calm: bool) -> int:
    print("faults:", ", ".join(f"{name} {times}" for name, times in torment.done.most_common()) or "none")
    print(f"accepted: {load.ledger.total} occurrences; calls that were sent again: {load.ledger.sent_again}")
    print(f"came: {len(live.receiver.received)} webhooks, {len(live.mailbox.received)} mails")
    print("invocations:", "; ".join(f"{status} {reason or '-'} {count}" for status, reason, count in live.sql(ENDS)))
    print("steps:", "; ".join(f"{kind} {status} {count}" for kind, status, count in live.sql(COUNTS)))
    if torment.clocks.library is None and not calm:
        print(f"NOT DONE: no clock was moved. To have that, {HOW}")
    for what in wrong:
        print("WRONG:", what)
    print("all is as it should be" if not wrong else f"{len(wrong)} things are wrong", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
