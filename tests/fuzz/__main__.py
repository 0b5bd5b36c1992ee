"""`make fuzz`: every target for some minutes. What fails is printed, as small as it goes, and how to repeat it."""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import django
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

#: Inputs of one round: a new round begins with a new seed, so that no round keeps to one corner.
ROUND = 2000


def main() -> int:
    """Fuzz what is named, or everything; 1 where something failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")
    django.setup()
    from tests.fuzz.targets import TARGETS

    read = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    read.add_argument("--minutes", type=float, default=10.0, help="of each target")
    read.add_argument("--seed", type=int, default=time.time_ns() % 10**6)
    read.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}")
    asked = read.parse_args()
    wrong = [
        name for name in asked.targets or TARGETS if not _fuzz(name, *TARGETS[name], asked.minutes * 60, asked.seed)
    ]
    print(f"failed: {', '.join(wrong)}" if wrong else "nothing failed")
    return 1 if wrong else 0


def _fuzz(name: str, made_up: st.SearchStrategy[Any], holds: Callable[[Any], None], seconds: float, first: int) -> bool:
    end, count, number = time.monotonic() + seconds, 0, first

    def counted(one: Any) -> None:
        nonlocal count
        count += 1
        holds(one)

    while time.monotonic() < end:
        rounds = settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        try:
            seed(number)(rounds(given(made_up)(counted)))()
        except Exception:
            traceback.print_exc()
            print(f"{name}: failed after {count:,} inputs; again: make fuzz ARGS='--seed {number} {name}'", flush=True)
            return False
        number += 1
    print(f"{name}: {count:,} inputs, nothing failed", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
