"""What both commands share: options, going over the files, the lines that are printed, the exit."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from saleor_custom_events.code_check.catalogue import Catalogue, NoCatalogue, read_catalogue
from saleor_custom_events.code_check.files import Report, check_files
from saleor_custom_events.code_check.javascript import Names
from saleor_custom_events.code_check.judging import Finding, Verdict
from saleor_custom_events.scenarios.values import Json

#: Exits: all is right; something is wrong; a file cannot be read at all.
RIGHT, WRONG, UNREADABLE = 0, 1, 2


class CannotCheck(Exception):
    """A file cannot be read; the message says which and why."""


def add_options(parser: ArgumentParser, *, needs_catalogue: bool) -> None:
    """Add what both commands take."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, and folders with all below them")
    parser.add_argument(
        "--catalogue",
        action="append",
        type=Path,
        metavar="FILE",
        required=needs_catalogue,
        help="the store's events, of custom_events_catalogue or as GraphQL's customEvents answered, page by page",
    )
    parser.add_argument(
        "--call",
        action="append",
        metavar="NAME",
        help="a function that takes an event and its data fields: `track`, `events.fire`; `fire` if none is given",
    )
    parser.add_argument("--public", action="store_true", help="the code runs in browsers: its events have to be public")
    parser.add_argument("--strict", action="store_true", help="also fail where something could not be checked")


def read_files(paths: Sequence[Path]) -> Catalogue:
    """Read a catalogue, in one file or page by page. CannotCheck."""
    try:
        return read_catalogue(*map(_json_of, paths))
    except NoCatalogue as error:
        raise CannotCheck(f"{', '.join(map(str, paths))}: {error}") from None


def _json_of(path: Path) -> Json:
    try:
        read: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CannotCheck(f"{path}: it cannot be read: {error}") from None
    return read


def check(options: Namespace, catalogue: Catalogue, say: Callable[[str], object]) -> int:
    """Check the code, say a line a finding and one for the whole, and give the exit. CannotCheck for a wrong path."""
    try:
        names = Names(tuple(options.call), chosen=True) if options.call else Names()
        report = check_files(options.paths, catalogue, names=names, public=options.public)
    except OSError as error:
        raise CannotCheck(str(error)) from None
    for line in lines_of(report):
        say(line)
    if report.count(Verdict.FAULT) or (options.strict and report.count(Verdict.NOT_CHECKED)):
        return WRONG
    return UNREADABLE if report.unread else RIGHT


def lines_of(report: Report) -> Iterator[str]:
    """Give a line a finding, then the counts."""
    for path, finding in report.findings:
        yield f"{path}:{finding.line}: {_words(finding)}"
    for path, why in report.unread:
        yield f"{path}: cannot be read: {why}"
    faults, unchecked = report.count(Verdict.FAULT), report.count(Verdict.NOT_CHECKED)
    counts = [_counted(report.calls, "call"), f"in {_counted(report.files, 'file')}:", f"{_counted(faults, 'fault')},"]
    ignored = f", {report.ignored} ignored" if report.ignored else ""
    yield f"{' '.join(counts)} {unchecked} not checked{ignored}"


def _words(finding: Finding) -> str:
    event = f"{finding.event}: " if finding.event else ""
    return f"{event}{'' if finding.verdict is Verdict.FAULT else 'not checked: '}{finding.message}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
