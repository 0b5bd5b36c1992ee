"""Which way a random split sends somebody: the same one every time."""

from __future__ import annotations

import hashlib

from saleor_custom_events.scenarios.definition import SplitStep
from saleor_custom_events.scenarios.facts import OccurrenceFacts


def branch_of(step: SplitStep, occurrence: OccurrenceFacts, scenario: int) -> int:
    """Give the place of the branch that this customer takes at this step of this scenario (its number).

    Stable: a hash decides, of scenario, step and customer. Versions do not count, so that publishing again sends nobody
    another way while weights and order stay. The scenario counts, so that those who are in the test group of one
    are not those of another. Somebody without a name is told apart by the occurrence.
    """
    person = occurrence.identity_key or f"occurrence:{occurrence.id}"
    digest = hashlib.sha256(f"{scenario}:{step.id}:{person}".encode()).digest()
    # 256 bits over a few thousand: the remainder favours nobody whom one could find.
    place = int.from_bytes(digest) % sum(branch.weight for branch in step.branches)
    for i, branch in enumerate(step.branches):
        if place < branch.weight:
            return i
        place -= branch.weight
    raise AssertionError("The weights add up.")
