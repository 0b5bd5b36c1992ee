"""A bound on the whole of something that cannot be interrupted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

#: Calls that are under way or ran out of time and have not come back. Name resolution, and a receiver that sends
#: a byte now and then, outlive every socket timeout; with more of them than this, one more would mend nothing.
MAX_LEFT_BEHIND = 64
_left_behind = threading.BoundedSemaphore(MAX_LEFT_BEHIND)


class TimeUp(Exception):
    """The call had not ended in time; it is left to end by itself, and its result is thrown away."""


class TooManyLeftBehind(Exception):
    """Too many earlier calls have not come back: this one was not begun."""


class _Call(Generic[T]):
    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._ended = threading.Event()
        self._result: T
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result = self._call()
        except BaseException as error:
            self._error = error
        finally:
            self._ended.set()
            _left_behind.release()

    def result(self, seconds: float) -> T:
        if not self._ended.wait(seconds):
            raise TimeUp
        if self._error is not None:
            raise self._error
        return self._result


def within(seconds: float, call: Callable[[], T]) -> T:
    """Give what `call()` gives, or raise what it raises, if that happens within `seconds`.

    It runs in a thread of its own and must not touch the database. Raises TimeUp or TooManyLeftBehind.
    """
    if not _left_behind.acquire(timeout=seconds):
        raise TooManyLeftBehind
    running = _Call(call)
    threading.Thread(target=running.run, name="custom-events-outside", daemon=True).start()
    return running.result(seconds)
