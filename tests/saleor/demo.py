"""`make demo STORE=saleor`: the sandbox's demo, event for event, in a real Saleor."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from saleor_custom_events.hosts.sandbox.demo import everyday
from saleor_custom_events.hosts.sandbox.demo.building import build_dashboard
from saleor_custom_events.hosts.sandbox.demo.client import Client
from saleor_custom_events.hosts.sandbox.demo.definitions import EVENTS, scenarios
from saleor_custom_events.hosts.sandbox.demo.progress import Progress, say
from saleor_custom_events.hosts.sandbox.demo.report import report
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys, define_events, define_scenario, keys
from saleor_custom_events.hosts.sandbox.demo.visit import BEAT, WAIT_SECONDS, World, visit
from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.receivers import Receiver, http_receiver, smtp_receiver
from tests.saleor.preparing import LOGS, Prepared, prepare

SECRET = "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET"


def demo(ending: ExitStack, *, bind: str, port: int, once: bool) -> int:
    """Show what the sandbox's demo shows; 0 where nothing is missing. Serves until Ctrl-C unless `once`."""
    progress = Progress(9)
    with progress.step("dashboard build"):
        build_dashboard(LOGS / "dashboard.log")
    receiver = ending.enter_context(http_receiver())
    receiver.answer = everyday.answer_of_receivers
    mailbox = ending.enter_context(smtp_receiver(free_port()))
    prepared = prepare(ending, progress, bind=bind, port=port, EMAIL_URL=mailbox.url)
    with progress.step("customers, staff and apps"):
        cast = prepared.processes.seed()
    with progress.step("a web process and two Celery workers, one with beat"):
        prepared.processes.start_web(bind=bind, port=port)
        prepared.processes.start_worker(BEAT, beat=True)
        prepared.processes.start_worker("worker-2", beat=False)
    staff, customer = (
        Client(prepared.base_url, cast[name]["email"], cast[name]["password"]) for name in ("staff_all", "customer")
    )
    with progress.step("events, scenarios and keys"):
        known = _define(staff, receiver)
    begun = datetime.now(UTC)
    with progress.step("an ordinary day: stock alerts, a parcel that came back, calls that are refused"):
        everyday.spend_a_day(staff, known)
    world = World(staff, customer, known, prepared.processes, receiver, mailbox)
    with progress.step(f"a visit, with a wait of {WAIT_SECONDS} s and a worker that is ended meanwhile"):
        evidence = visit(world)
    missing = report(evidence, prepared.environment[SECRET], say, more=everyday.claims(staff, begun))
    _tell(prepared, staff, known)
    if missing:
        say(f"\nMissing: {'; '.join(missing)}")
        return 1
    say(f"\nReady after {progress.seconds:.0f} s.")
    if not once:
        say("Serving until Ctrl-C; the database goes with it.")
        while True:
            signal.pause()
    return 0


def _define(staff: Client, receiver: Receiver) -> Keys:
    numbers = define_events(staff, EVENTS)
    for wanted in scenarios(receiver.url, f"PT{WAIT_SECONDS}S"):
        define_scenario(staff, wanted, numbers)
    everyday.define(staff, receiver.url, numbers)
    remembered: Path = LOGS / "demo-keys.json"
    remembered.unlink(missing_ok=True)
    return keys(staff, remembered)


def _tell(prepared: Prepared, staff: Client, known: Keys) -> None:
    url = prepared.base_url
    say(f"\n  Dashboard's pages {url}/plugins/global/custom-events/dashboard/   (what Saleor's dashboard frames)")
    say(f"  GraphQL           {url}/graphql/ and {url}/plugins/global/custom-events/graphql/")
    say(f"  Fire              POST {url}/plugins/global/custom-events/fire")
    say(f"  Staff login       {staff.email} / {staff.password}   (tokenCreate at /graphql/)")
    say(f"  Server key        {known.server}")
    say(f"  Logs              {LOGS}/*.log")
