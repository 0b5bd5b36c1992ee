"""`make screenshots`: every screen in English and light and in Polish and dark, as PNG files.

Into `.test/screenshots`, or where `--into` says; `--readme` renews those of the README in docs/images as well. Names
of screens (`tests/browser/screens.py`) choose some.
"""

from __future__ import annotations

import argparse
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from saleor_custom_events.hosts.sandbox.embedded import servers
from tests.browser.chromium import NoChromium, chromium
from tests.browser.merchant import Merchant
from tests.browser.screens import LOOKS, NOTHING, SCREENS, Screen, show
from tests.browser.shown import Shown, fill
from tests.live.store import LiveStore, running

ROOT = Path(__file__).parents[2]
README = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 800}
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def main() -> int:
    """Make them all; 1 where a page complained."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT / ".test" / "screenshots")
    parser.add_argument("--readme", action="store_true", help="also renew docs/images")
    parser.add_argument("names", nargs="*", help="of screens; all where left out")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - {screen.name for screen in SCREENS}
    if unknown:
        parser.error(f"no such screens: {', '.join(sorted(unknown))}")
    wanted = [screen for screen in SCREENS if not chosen.names or screen.name in chosen.names]
    with _store() as (live, folder), chromium() as browser:
        problems = _shoot(browser, live, [screen for screen in wanted if screen.empty], NOTHING, chosen)
        shown = fill(live, folder)
        problems += _shoot(browser, live, [screen for screen in wanted if not screen.empty], shown, chosen)
    print("\n".join(["", *problems, f"{2 * len(wanted)} screenshots in {chosen.into}"]))
    return 1 if problems else 0


@contextmanager
def _store() -> Iterator[tuple[LiveStore, Path]]:
    with ExitStack() as ending:
        found = ending.enter_context(servers(ROOT / ".test"))
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="custom-events-screenshots-")))
        yield ending.enter_context(running(found, folder)), folder


def _shoot(
    browser: Browser, live: LiveStore, screens: list[Screen], shown: Shown, chosen: argparse.Namespace
) -> list[str]:
    """Take the pictures; give what the pages' console complained of."""
    problems: list[str] = []
    for language, theme in LOOKS if screens else ():
        context = browser.new_context(viewport=WINDOW, locale="en-GB", timezone_id="Europe/Warsaw")
        merchant = Merchant(context.new_page(), live).log_in()
        merchant.switch_language(language).switch_theme(theme)
        for screen in screens:
            show(merchant, screen, shown)
            picture = smaller(merchant.page.screenshot(animations="disabled"))
            _write(chosen.into / f"{screen.name}.{language}-{theme}.png", picture)
            if chosen.readme and screen.in_readme and theme == "light":
                _write(README / f"{screen.name}.png", picture)
            print(f"{screen.name} {language} {theme}: {len(picture) // 1000} kB", flush=True)
        problems += [f"{language} {theme}: {problem}" for problem in merchant.problems]
        context.close()
    return problems


def _write(file: Path, picture: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture)


def smaller(png: bytes) -> bytes:
    """Give the same picture, compressed as well as zlib can: Chromium is in a hurry."""
    packed, kept, at = b"", [], len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IDAT":
            packed += content
        else:
            kept.append((kind, content))
        at += 12 + length
    better = zlib.compress(zlib.decompress(packed), 9)
    chunks = [*kept[:-1], (b"IDAT", min(better, packed, key=len)), kept[-1]]
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except NoChromium as reason:
        sys.exit(str(reason))
