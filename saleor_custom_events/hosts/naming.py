"""How several products are named in one text."""

from __future__ import annotations

from collections.abc import Iterable

#: A cart of a hundred products is told of by its first ten.
MAX_NAMED = 10


def product_names(names: Iterable[str]) -> str:
    """Give the names without repeats, parted by commas; of more than MAX_NAMED the first and an ellipsis."""
    named = list(dict.fromkeys(name for name in names if name))
    return ", ".join(named[:MAX_NAMED]) + (", …" if len(named) > MAX_NAMED else "")
