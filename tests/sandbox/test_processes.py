"""Processes of a store are ended with all that they started, and nobody else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.processes import Child
from saleor_custom_events.hosts.sandbox.receivers import until

PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
{then}
"""


def a_child(folder: Path, then: str = "time.sleep(60)") -> Child:
    """A process that starts another one, and writes down which."""
    log = folder / "log"
    with log.open("wb") as file:
        command = [sys.executable, "-c", PARENT.format(then=then)]
        process = subprocess.Popen(command, stdout=file, start_new_session=True)
    child = Child("parent", process, log)
    assert until(child.said, 10)
    return child


def runs(pid: int) -> bool:
    """A process that ended and that nobody has collected yet does not run."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("then", ["time.sleep(60)", "pass"])
def test_what_it_started_ends_with_it_also_where_it_has_ended_before(tmp_path: Path, then: str):
    child = a_child(tmp_path, then)
    grandchild = int(child.said())
    if then != "time.sleep(60)":
        assert until(lambda: not child.alive, 10)
        assert runs(grandchild)
    child.stop()
    assert not child.alive
    assert until(lambda: not runs(grandchild), 10)


def test_one_that_ended_keeps_its_number_until_it_is_collected(tmp_path: Path):
    child = a_child(tmp_path)
    os.kill(child.process.pid, signal.SIGKILL)
    assert until(lambda: not child.alive, 10)
    time.sleep(0.2)
    assert Path(f"/proc/{child.process.pid}").exists(), "or somebody else could have it"
    child.kill()
    assert not Path(f"/proc/{child.process.pid}").exists()


def test_ending_one_twice_signals_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    child = a_child(tmp_path)
    child.stop()
    signalled: list[int] = []
    monkeypatch.setattr(os, "killpg", lambda pid, number: signalled.append(pid))
    monkeypatch.setattr(os, "kill", lambda pid, number: signalled.append(pid))
    child.stop()
    child.kill()
    assert signalled == []
