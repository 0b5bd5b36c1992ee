"""The built files that the package carries, kept in memory.

A request names a file of this list or none: no path that somebody sends ever reaches the file system.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

Read = TypeVar("Read")

#: Where `make dashboard` builds to: `index.html`, the small page of a card, and everything else below `assets/`.
FOLDER = Path(__file__).parent.parent / "dashboard"
#: Ours and not the machine's table, which may know less. Anything else is a download.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
OTHER_CONTENT = "application/octet-stream"
#: What is compressed already only grows by it.
_PACKED = frozenset({".png", ".woff2"})


@dataclass(frozen=True)
class Asset:
    """One file below `assets/`."""

    content: bytes
    content_type: str
    #: Whether compressing it is worth anything.
    packs: bool

    @cached_property
    def gzipped(self) -> bytes | None:
        """Give it compressed, made once; None where that would not be smaller."""
        packed = gzip.compress(self.content, mtime=0) if self.packs else self.content
        return packed if len(packed) < len(self.content) else None


@dataclass(frozen=True, slots=True)
class Build:
    """One build of the extension."""

    #: `index.html`.
    page: bytes
    #: `customer.html`: the card on a customer's page of the dashboard.
    customer_page: bytes
    #: By the name below `assets/`, with `/` between folders.
    assets: Mapping[str, Asset]


class Kept(Generic[Read]):
    """What was read of a file, read again only once the file has changed."""

    def __init__(self, read: Callable[[Path], Read]) -> None:
        self._read = read
        #: What the file looked like on disk, and what was read. One tuple, so that threads see both or neither.
        self._kept: tuple[object, Read] | None = None

    def current(self, file: Path) -> Read | None:
        """Give what is in the file; None where it is not there."""
        try:
            found = file.stat()
            seen = (file, found.st_ino, found.st_size, found.st_mtime_ns)
            kept = self._kept
            if kept is None or kept[0] != seen:
                kept = self._kept = (seen, self._read(file))
            return kept[1]
        except OSError:
            return None


def current_build() -> Build | None:
    """Give the build, None where there is none. Read again only once its page has changed."""
    return _kept.current(FOLDER / "index.html")


def _build(page: Path) -> Build:
    # An installer may have made links to its cache; then the index and the assets are links to the same place,
    # and whatever leads elsewhere is none of ours.
    home = page.resolve().parent
    folder = FOLDER / "assets"
    files = (Path(where, name) for where, _, names in os.walk(folder) for name in names)
    assets = {
        file.relative_to(folder).as_posix(): _asset(file) for file in files if file.resolve().is_relative_to(home)
    }
    return Build(page=page.read_bytes(), customer_page=(page.parent / "customer.html").read_bytes(), assets=assets)


_kept = Kept(_build)


def _asset(file: Path) -> Asset:
    suffix = file.suffix.lower()
    content_type = CONTENT_TYPES.get(suffix, OTHER_CONTENT)
    return Asset(content=file.read_bytes(), content_type=content_type, packs=suffix not in _PACKED)
