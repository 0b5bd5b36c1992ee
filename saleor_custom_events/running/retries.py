"""When a failed action is tried again: Svix' schedule, with jitter, and the receiver's own wish."""

from __future__ import annotations

import random
from datetime import timedelta

#: Between the tries; after the last one the step fails. https://docs.svix.com/retries
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600))
#: From the first try to the last, without what receivers ask for.
ALL_TRIES = sum(DELAYS, timedelta())
#: A receiver may ask for more time, but not for ever.
LONGEST = timedelta(hours=24)
#: So that what failed together does not come back together.
JITTER = 0.2


def delay_after(attempts: int, wish: timedelta | None) -> timedelta | None:
    """Give the time to the next try after `attempts` failed ones, or None where it was the last."""
    if attempts > len(DELAYS):
        return None
    planned = DELAYS[attempts - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311, no secret
    return min(max(planned, wish or timedelta()), LONGEST)
