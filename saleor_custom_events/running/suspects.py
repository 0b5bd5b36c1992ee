"""What workers died with in their hands: run apart from the others, and put aside when it keeps happening."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from saleor_custom_events.measures import count_quarantined
from saleor_custom_events.running import queue
from saleor_custom_events.running.queue import Claim
from saleor_custom_events.troubles import about

logger = logging.getLogger(__name__)

#: Workers that died with the same invocation in their hands before it is put aside.
MAX_CLAIMS = 5
#: How many invocations that one worker died with run together.
SUSPECTS = 10


def put_aside_the_deadly(claims: Sequence[Claim]) -> list[Claim]:
    """End what keeps killing workers, before anything of it is looked at: that may be what kills them."""
    deadly = [claim for claim in claims if claim.claims > MAX_CLAIMS]
    ours = queue.settle(
        [queue.quarantine(claim, f"{MAX_CLAIMS} workers died while they ran this.") for claim in deadly], 0
    )
    count_quarantined(len(ours))
    for claim in deadly:
        if claim.id in ours:
            extra = about(occurrence=claim.occurrence_id, invocation=claim.id, scenario=claim.scenario_id)
            logger.error("Invocation %s is put aside: workers died while they ran it", claim.id, extra=extra)
    return [claim for claim in claims if claim.claims <= MAX_CLAIMS]


def that_may_die_together(claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Split claims into those to run now and those to give back.

    A worker that dies takes a whole batch with it, and the one invocation that kills workers must not take its
    neighbours into quarantine: what was in a dying worker's hands runs in a small group, and the second time alone.
    The group of the one that has been due the longest goes first, so nobody starves.
    """
    if not claims:
        return [], []
    sizes = {1: len(claims), 2: SUSPECTS}
    oldest = min(claims[0].claims, 3)
    group = [c for c in claims if min(c.claims, 3) == oldest][: sizes.get(oldest, 1)]
    chosen = {c.id for c in group}
    return group, [c for c in claims if c.id not in chosen]
