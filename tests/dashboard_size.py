"""`python -m tests.dashboard_size`: what a browser fetches of the dashboard before the first page shows."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUILD = Path(__file__).parents[1] / "saleor_custom_events" / "dashboard"
PAGE, CARD = "index.html", "customer.html"
#: Bytes of JavaScript, compressed.
LIMIT = 150_000
#: Of the card on a customer's page, which everybody loads who looks at a customer.
CARD_LIMIT = 90_000


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """Bytes, compressed as they are sent."""

    javascript: int
    css: int

    def __str__(self) -> str:
        return f"{self.javascript / 1000:.1f} kB of JavaScript, {self.css / 1000:.1f} kB of CSS, gzipped"


def first_load(build: Path, page: str = PAGE) -> FirstLoad:
    """Add up a page's entry and all that it imports statically, as Vite's manifest has it."""
    manifest: dict[str, dict[str, Any]] = json.loads((build / ".vite" / "manifest.json").read_text())
    wanted = [page]
    files: set[str] = set()
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            chunk = manifest[name]
            files |= {chunk["file"], *chunk.get("css", ())}
            wanted += chunk.get("imports", ())
    return FirstLoad(javascript=_sent(build, files, ".js"), css=_sent(build, files, ".css"))


def _sent(build: Path, files: set[str], suffix: str) -> int:
    return sum(len(gzip.compress((build / file).read_bytes())) for file in files if file.endswith(suffix))


def main(build: Path = BUILD) -> int:
    """Print the sizes; 1 where the JavaScript is too much."""
    code = 0
    for name, page, limit in (("First load", PAGE, LIMIT), ("Card on a customer's page", CARD, CARD_LIMIT)):
        size = first_load(build, page)
        print(f"{name}: {size} (at most {limit / 1000:.0f} kB of JavaScript)")
        code |= int(size.javascript > limit)
    return code


if __name__ == "__main__":
    sys.exit(main())
