"""Several things at the same moment, each in a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

Work = Callable[[], object]


def together(*works: Work) -> None:
    """Do all of these, which begin at the same moment, and wait for their ends. What one of them raises is raised."""
    ready = threading.Barrier(len(works))

    def begin(work: Work) -> None:
        try:
            connection.ensure_connection()
            ready.wait(30)
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        begun = [pool.submit(begin, work) for work in works]
    for one in begun:
        one.result()


@contextmanager
def meanwhile(*works: Work) -> Iterator[None]:
    """Do each of these again and again until the context ends. What one of them raises is raised then."""
    over = threading.Event()

    def go_on(work: Work) -> None:
        try:
            while not over.is_set():
                work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        begun = [pool.submit(go_on, work) for work in works]
        try:
            yield
        finally:
            over.set()
    for one in begun:
        one.result()
