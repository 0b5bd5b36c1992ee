"""Figures as `make bench` prints them: one JSON object a line."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Mapping, Sequence


def rounds(measures: Mapping[str, Callable[[], float]], times: int) -> dict[str, list[float]]:
    """Take every measure in turn, `times` rounds after one that warms up: what disturbs one disturbs its neighbours."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(times + 1):
        for name, measure in measures.items():
            value = measure()
            if turn:
                taken[name].append(value)
    return taken


def show(name: str, values: Sequence[float], unit: str, baseline: str = "", compared: Sequence[float] = ()) -> None:
    """Print the median, and its ratio to the median of what it is compared with."""
    value = statistics.median(values)
    ratio = round(value / statistics.median(compared), 3) if compared else None
    figure = {"name": name, "value": round(value, 2), "unit": unit, "baseline": baseline or None}
    print(json.dumps({**figure, "ratio": ratio, "n": len(values)}), flush=True)


def show_share(name: str, values: Sequence[float], share: int, unit: str) -> None:
    """Print the value that `share` percent of all values do not exceed."""
    value = statistics.quantiles(values, n=100, method="inclusive")[share - 1]
    figure = {"name": name, "value": round(value, 2), "unit": unit, "baseline": None, "ratio": None, "n": len(values)}
    print(json.dumps(figure), flush=True)
