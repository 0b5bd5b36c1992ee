"""The built files that the package carries, kept in memory.

A request names a file of this list or none: no path that somebody sends ever reaches the file system.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: Where `make dashboard` builds to: `index.html`, and everything else below `assets/`.
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
    #: By the name below `assets/`, with `/` between folders.
    assets: Mapping[str, Asset]


#: The build in memory and what its page looked like on disk. One tuple, so that threads see both or neither.
_read: tuple[object, Build] | None = None


def current_build() -> Build | None:
    """Give the build, None where there is none. Read again only once its page has changed."""
    global _read
    page = FOLDER / "index.html"
    try:
        found = page.stat()
        seen = (FOLDER, found.st_ino, found.st_size, found.st_mtime_ns)
        if _read is None or _read[0] != seen:
            _read = (seen, _build(page))
        return _read[1]
    except OSError:
        return None


def _build(page: Path) -> Build:
    # An installer may have made links to its cache; then the index and the assets are links to the same place,
    # and whatever leads elsewhere is none of ours.
    home = page.resolve().parent
    folder = FOLDER / "assets"
    files = (Path(where, name) for where, _, names in os.walk(folder) for name in names)
    assets = {
        file.relative_to(folder).as_posix(): _asset(file) for file in files if file.resolve().is_relative_to(home)
    }
    return Build(page=page.read_bytes(), assets=assets)


def _asset(file: Path) -> Asset:
    suffix = file.suffix.lower()
    content_type = CONTENT_TYPES.get(suffix, OTHER_CONTENT)
    return Asset(content=file.read_bytes(), content_type=content_type, packs=suffix not in _PACKED)
