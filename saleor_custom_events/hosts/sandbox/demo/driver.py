"""The demo from an empty folder to a store that serves."""

from __future__ import annotations

import base64
import json
import secrets
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from saleor_custom_events.hosts.sandbox.demo import everyday
from saleor_custom_events.hosts.sandbox.demo.building import build_dashboard
from saleor_custom_events.hosts.sandbox.demo.client import Client
from saleor_custom_events.hosts.sandbox.demo.definitions import EVENTS, scenarios
from saleor_custom_events.hosts.sandbox.demo.progress import Progress, say
from saleor_custom_events.hosts.sandbox.demo.report import report
from saleor_custom_events.hosts.sandbox.demo.seeding import Keys, define_events, define_scenario, keys
from saleor_custom_events.hosts.sandbox.demo.visit import BEAT, WAIT_SECONDS, World, visit
from saleor_custom_events.hosts.sandbox.embedded import Servers, free_port, servers
from saleor_custom_events.hosts.sandbox.processes import Processes, reachable
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, Receiver, http_receiver, smtp_receiver


@dataclass(frozen=True, slots=True)
class Secrets:
    """What is made up once and kept with the demo's files: nothing here is good for any other store."""

    password: str
    webhook: str

    @classmethod
    def of(cls, file: Path) -> Secrets:
        """Read them, or make them up."""
        if not file.exists():
            webhook = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
            file.touch(mode=0o600)
            file.write_text(json.dumps({"password": secrets.token_urlsafe(9), "webhook": webhook}))
        return cls(**json.loads(file.read_text()))


STOPPING = (signal.SIGINT, signal.SIGTERM)


def _stop(number: int, frame: object) -> None:
    """Begin to stop, once: a second Ctrl-C, or make's own signal, must not leave processes behind."""
    for name in STOPPING:
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


@dataclass
class Demo:
    """One run of the demo; `folder` keeps its files from one run to the next."""

    folder: Path
    bind: str
    port: int
    once: bool

    def run(self) -> int:
        """Do it all; gives the exit code. Every process of ours has ended when this returns or raises."""
        # So that `kill` ends everything in order, as Ctrl-C does.
        for name in STOPPING:
            signal.signal(name, _stop)
        self.folder.mkdir(parents=True, exist_ok=True)
        progress = Progress(7)
        with ExitStack() as ending:
            missing = self._show(progress, ending)
            if missing:
                say(f"\nMissing: {'; '.join(missing)}\nLogs: {self.folder}/*.log")
                return 1
            say(f"\nReady after {progress.seconds:.0f} s.")
            if not self.once:
                self._serve()
        return 0

    def _show(self, progress: Progress, ending: ExitStack) -> list[str]:
        made_up = Secrets.of(self.folder / "secrets.json")
        with progress.step("dashboard build"):
            build_dashboard(self.folder / "dashboard.log")
        with progress.step("PostgreSQL, Redis, a mail server and a webhook receiver"):
            found = ending.enter_context(servers(self.folder))
            receiver = ending.enter_context(http_receiver())
            receiver.answer = everyday.answer_of_receivers
            mailbox = ending.enter_context(smtp_receiver(free_port()))
        processes = ending.enter_context(Processes(self._environment(found, mailbox, made_up), self.folder))
        with progress.step("tables, customers, staff and apps"):
            cast = json.loads(processes.run("seed_cast", "--migrate", "--password", made_up.password))
        with progress.step("a web process and two Celery workers, one with beat"):
            self._start(processes)
        with progress.step("events, scenarios and keys"):
            staff = self._client(cast["staff_all"])
            known = self._define(staff, receiver)
        begun = datetime.now(UTC)
        with progress.step("an ordinary day: stock alerts, a parcel that came back, calls that are refused"):
            everyday.spend_a_day(staff, known)
        world = World(staff, self._client(cast["customer"]), known, processes, receiver, mailbox)
        with progress.step(f"a visit, with a wait of {WAIT_SECONDS} s and a worker that is ended meanwhile"):
            evidence = visit(world)
        missing = report(evidence, made_up.webhook, say, more=everyday.claims(staff, begun))
        self._tell(cast, known)
        return missing

    @property
    def base_url(self) -> str:
        """Give the store's address as this machine reaches it."""
        return f"http://{reachable(self.bind)}:{self.port}"

    def _client(self, credentials: dict[str, str]) -> Client:
        return Client(self.base_url, credentials["email"], credentials["password"])

    def _environment(self, found: Servers, mailbox: Mailbox, made_up: Secrets) -> dict[str, str]:
        return {
            **found.environment,
            "EMAIL_URL": mailbox.url,
            "PUBLIC_URL": self.base_url,
            "STOREFRONT_CONFIG": str(self.folder / "storefront.json"),
            "SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK": "1",
            "SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET": made_up.webhook,
        }

    def _start(self, processes: Processes) -> None:
        with ThreadPoolExecutor() as pool:
            starting = [
                pool.submit(processes.start_web, bind=self.bind, port=self.port),
                pool.submit(processes.start_worker, BEAT, beat=True),
                pool.submit(processes.start_worker, "worker-2", beat=False),
            ]
        for one in starting:
            one.result()

    def _define(self, staff: Client, receiver: Receiver) -> Keys:
        numbers = define_events(staff, EVENTS)
        for wanted in scenarios(receiver.url, f"PT{WAIT_SECONDS}S"):
            define_scenario(staff, wanted, numbers)
        everyday.define(staff, receiver.url, numbers)
        known = keys(staff, self.folder / "keys.json")
        shown = {"key": known.storefront, "event": "finished-the-size-quiz"}
        (self.folder / "storefront.json").write_text(json.dumps(shown))
        return known

    def _tell(self, cast: dict[str, Any], known: Keys) -> None:
        staff, marketing, customer = cast["staff_all"], cast["staff_define"], cast["customer"]
        say(f"\n  Dashboard         {self.base_url}/dashboard/")
        say(f"  Staff login       {staff['email']} / {staff['password']}   (all permissions; also tokenCreate)")
        say(f"  Marketing login   {marketing['email']} / {marketing['password']}   (MANAGE_DISCOUNTS only)")
        say(f"  Storefront        {self.base_url}/")
        say(f"  GraphQL           {self.base_url}/graphql/ and {self.base_url}/plugins/global/custom-events/graphql/")
        say(f"  Fire              POST {self.base_url}/plugins/global/custom-events/fire")
        say(f"  Customer login    {customer['email']} / {customer['password']}")
        say(f"  Server key        {known.server}")
        say(f"  Logs              {self.folder}/*.log")

    def _serve(self) -> None:
        say("Serving until Ctrl-C.")
        try:
            while True:
                signal.pause()
        except KeyboardInterrupt:
            say("\nStopping …")
