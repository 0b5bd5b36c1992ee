"""What an operator wants to know: does it run, and if not, what mends it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from celery import current_app
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from saleor_custom_events.conf import settings
from saleor_custom_events.extension.app import State, standing
from saleor_custom_events.extension.build import current_build
from saleor_custom_events.host import current_host
from saleor_custom_events.life import BEAT, WORKER, signs_of_life
from saleor_custom_events.models import Invocation
from saleor_custom_events.pauses import pauses_shown, what_is_paused

#: Work that has been due for longer than this is late.
LATE = timedelta(seconds=30)
INSTALL = "`manage.py custom_events_dashboard install`"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One line of the status: a name, whether it is well, what was seen, and what mends it."""

    name: str
    ok: bool
    state: str
    mend: str = ""


def checks_of_running() -> Iterator[Check]:
    """Look at everything that running needs; asks the database, the broker for at most two seconds, nobody else."""
    migrations = _migrations()
    yield migrations
    if not migrations.ok:
        return
    yield from _life()
    yield _broker()
    yield _oldest_due()
    yield _pauses()
    yield _public_url()
    problem = current_host().mail_problem()
    mend = "configure the shop's mail server" if problem else ""
    yield Check(name="mail", ok=problem is None, state=problem or "configured", mend=mend)
    yield check_of_dashboard()


def check_of_dashboard() -> Check:
    """Look whether the store's dashboard shows us. Whoever decided against it is told how to undo that, no more."""
    if current_build() is None:
        return _dashboard(ok=False, state="the extension is not built", mend="`make dashboard`, or install a wheel")
    found = standing()
    match found.state:
        case State.NEVER_MADE:
            return _dashboard(ok=False, state="the store has no app of ours", mend=INSTALL)
        case State.DIFFERENT:
            state = f"the app differs in {', '.join(found.differences)} from what belongs at {found.url}"
            return _dashboard(ok=False, state=state, mend=f"{INSTALL}, or wait for beat")
        case State.REMOVED:
            return _dashboard(ok=True, state="somebody removed the app", mend=f"{INSTALL} brings it back")
        case State.SWITCHED_OFF:
            return _dashboard(ok=True, state="somebody switched the app off", mend="activate it there")
        case State.INACTIVE:
            return _dashboard(ok=True, state="inactive, as the plugin is")
    return _dashboard(ok=True, state=f"shows {found.url}")


def _dashboard(*, ok: bool, state: str, mend: str = "") -> Check:
    return Check(name="dashboard", ok=ok, state=state, mend=mend)


def _migrations() -> Check:
    try:
        executor = MigrationExecutor(connection)
        targets = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "saleor_custom_events"]
        missing = len(executor.migration_plan(targets))
    except DatabaseError as error:
        return Check(name="migrations", ok=False, state=f"the database did not answer: {error}", mend="start it")
    state = "all applied" if not missing else f"{missing} not applied"
    return Check(name="migrations", ok=not missing, state=state, mend="run `manage.py migrate`" if missing else "")


def _life() -> Iterator[Check]:
    life = signs_of_life()
    start_beat = "start Celery beat: `celery … beat`, in Saleor with Saleor's own scheduler (docs/installing.md)"
    start_worker = "start a Celery worker that reads the queue of our tasks"
    for name, seen, silent, mend in (
        (BEAT, life.beat_seen_at, life.beat_silent, start_beat),
        (WORKER, life.worker_seen_at, life.worker_silent, start_worker),
    ):
        state = f"seen {_ago(life.now - seen)} ago" if seen else "never seen"
        yield Check(name=name, ok=not silent, state=state, mend=mend if silent else "")


def _broker() -> Check:
    try:
        with current_app.connection_for_write(connect_timeout=2) as broker:
            broker.transport_options = {
                **(broker.transport_options or {}),
                "socket_connect_timeout": 2,
                "socket_timeout": 2,
            }
            broker.ensure_connection(max_retries=1, timeout=2)
    except Exception as error:
        mend = "start the broker; what was accepted meanwhile is kept and runs then"
        return Check(name="broker", ok=False, state=f"no answer ({type(error).__name__})", mend=mend)
    return Check(name="broker", ok=True, state="answers")


def _oldest_due() -> Check:
    oldest = Invocation.objects.filter(due_at__isnull=False).order_by("due_at").values_list("due_at", flat=True).first()
    late = datetime.now(UTC) - oldest if oldest else timedelta()
    if late <= timedelta():
        return Check(name="due work", ok=True, state="nothing is overdue")
    if what_is_paused().everything:
        return Check(name="due work", ok=True, state=f"everything is paused; the oldest has been due for {_ago(late)}")
    ok = late < LATE
    mend = "" if ok else "look at the workers' log; add workers"
    return Check(name="due work", ok=ok, state=f"the oldest has been due for {_ago(late)}", mend=mend)


def _pauses() -> Check:
    """What is paused is well: somebody decided it. It is named, so that nobody looks for another reason."""
    shown = [pause for pause in pauses_shown() if pause.resumed_at is None]
    said = [f"{pause.name} since {pause.paused_at:%Y-%m-%d %H:%M} UTC" for pause in shown]
    mend = "what is held waits in the database; resume it in the dashboard, under Settings" if shown else ""
    return Check(name="pauses", ok=True, state="; ".join(said) or "nothing is paused", mend=mend)


def _public_url() -> Check:
    url = current_host().public_url()
    ok = urlsplit(url).scheme == "https" or settings.ALLOW_LOOPBACK
    return Check(name="public URL", ok=ok, state=url or "unknown", mend="" if ok else "set the shop's public HTTPS URL")


def _ago(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"
