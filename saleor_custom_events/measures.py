"""Metrics of OpenTelemetry: what was accepted and refused, how old the queue is, what steps came to in what time.

As with `tracing`, the store decides whether anybody collects them. Attributes are numbers of events, names of actions
and codes: their count is bounded by what the merchant has made, never by who calls.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

try:
    from opentelemetry import metrics
except ImportError:
    IS_INSTALLED = False
else:
    IS_INSTALLED = True

#: Seconds for which the age of the queue that a sweep saw is told: another process may be who sees the next one.
SEEN_FOR = 60.0
#: Seconds, for steps: from one statement up to the timeouts of outside calls.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_oldest_due: list[tuple[float, float]] = []


def count_accepted(events: Iterable[int]) -> None:
    """Count firings that were accepted and committed, by their events' numbers. Dry runs and duplicates are none."""
    if IS_INSTALLED:
        for event in events:
            _accepted.add(1, {"event": event})


def count_refused(codes: Iterable[str]) -> None:
    """Count firings that were refused, by code."""
    if IS_INSTALLED:
        for code in codes:
            _refused.add(1, {"reason": code})


def count_step(action: str, outcome: str, seconds: float) -> None:
    """Note how long one try of an action took and what it came to (`done`, `skipped`, `retrying`, `failed`, …)."""
    if IS_INSTALLED:
        _steps.record(seconds, {"action": action, "outcome": outcome})
        if outcome == "retrying":
            _retries.add(1, {"action": action})


def count_quarantined(count: int) -> None:
    """Count invocations that were put aside, since workers died with them."""
    if IS_INSTALLED and count:
        _quarantined.add(count)


def note_oldest_due(seconds: float) -> None:
    """Note for how long the oldest piece of due work has been due, 0 where there is none."""
    _oldest_due[:] = [(time.monotonic(), seconds)]


def _queue_age(options: object) -> Iterable[Any]:
    """Answer who collects, in a thread of its own: from what the last sweep of this process saw, without a query."""
    return [metrics.Observation(age) for at, age in _oldest_due if time.monotonic() - at <= SEEN_FOR]


if IS_INSTALLED:
    _meter = metrics.get_meter("saleor_custom_events")
    _accepted = _meter.create_counter("custom_events.accepted", "{firing}", "Firings that were accepted")
    _refused = _meter.create_counter("custom_events.refused", "{firing}", "Firings that were refused")
    _steps = _meter.create_histogram(
        "custom_events.step.duration",
        "s",
        "One try of an action",
        explicit_bucket_boundaries_advisory=_SECONDS,
    )
    _retries = _meter.create_counter("custom_events.step.retries", "{try}", "Tries that are made again")
    _quarantined = _meter.create_counter("custom_events.quarantined", "{invocation}", "Put aside: workers died on it")
    _meter.create_observable_gauge(
        "custom_events.queue.age", [_queue_age], "s", "For how long the oldest due work has been due"
    )
