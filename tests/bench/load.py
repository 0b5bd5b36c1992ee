"""A closed load: so many connections, each of which waits for its answer before it asks again."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What every connection posts; `body` makes a new one each time."""

    url: str
    headers: Mapping[str, str]
    body: Callable[[], bytes]
    #: The status of every answer; anything else ends the bench.
    expected: int = 202


def per_second(request: Request, *, connections: int, requests: int) -> float:
    """Post `requests` times over `connections` and give how many were answered a second. RuntimeError if refused."""
    share = requests // connections
    faults: list[str] = []
    threads = [threading.Thread(target=_post, args=(request, share, faults)) for _ in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return share * connections / (time.perf_counter() - began)


def _post(request: Request, times: int, faults: list[str]) -> None:
    parts = urlsplit(request.url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        for _ in range(times):
            line.request("POST", parts.path, request.body(), dict(request.headers))
            answer = line.getresponse()
            said = answer.read()
            if answer.status != request.expected:
                faults.append(f"{request.url} answered {answer.status}: {said[:300]!r}")
                return
    finally:
        line.close()
