"""Numbered lines with seconds, so that whoever waits knows for what."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Prints `[3/6] store processes … 4.1 s`."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._number = 0
        self._begun = time.monotonic()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Print the next step, and its seconds when it is done; what it raises goes on."""
        self._number += 1
        say(f"[{self._number}/{self._steps}] {title} … ", end="")
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            say("failed")
            raise
        say(f"{time.monotonic() - begun:.1f} s")

    @property
    def seconds(self) -> float:
        """Give the seconds since the start."""
        return time.monotonic() - self._begun


def say(text: str = "", *, end: str = "\n") -> None:
    """Print at once."""
    sys.stdout.write(text + end)
    sys.stdout.flush()
