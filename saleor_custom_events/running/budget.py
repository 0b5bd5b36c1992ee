"""How long a task may begin new work: the shop's own tasks wait in the same queue."""

from __future__ import annotations

import time


class Budget:
    """The time of one task. What it comes to first is always begun, however slow the machine was until then.

    Otherwise a worker that needs its whole time to claim and read would give everything back, and so would the next.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._begun = False

    @property
    def is_over(self) -> bool:
        """Say whether the time is over."""
        return time.monotonic() >= self._end

    def begin(self) -> bool:
        """Ask whether one more piece of work may begin; the first always may."""
        allowed = not self._begun or not self.is_over
        self._begun = True
        return allowed
