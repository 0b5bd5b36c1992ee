"""Going over files: which are read, and how."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from saleor_custom_events.code_check import graphql
from saleor_custom_events.code_check.catalogue import Catalogue
from saleor_custom_events.code_check.javascript import Names, calls_in_page, calls_in_script
from saleor_custom_events.code_check.judging import Finding, Verdict, judge
from saleor_custom_events.code_check.literals import EVENT, Call
from saleor_custom_events.code_check.python import calls_in_python
from saleor_custom_events.code_check.tokens import SHELL

#: A call on the line of this, or on the line below it, is left out.
IGNORE = "custom-events: ignore"
#: Larger ones are built, not written.
MAX_BYTES = 1_000_000
_NOT_SOURCES = frozenset({"node_modules", "dist", "build", "out", "venv", "__pycache__", "site-packages", "vendor"})

Reading = Callable[[str, Names], Iterable[Call]]


def _in_shell(text: str, names: Names) -> Iterable[Call]:
    return calls_in_script(text, Names(()), dialect=SHELL)


def _in_graphql(text: str, names: Names) -> Iterable[Call]:
    return graphql.calls_in(text)


#: By ending, how files are read.
READINGS: dict[str, Reading] = {
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".json"), calls_in_script),
    **dict.fromkeys((".html", ".htm", ".vue", ".svelte", ".astro"), calls_in_page),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".http", ".rest"), _in_shell),
    **dict.fromkeys((".graphql", ".gql"), _in_graphql),
    ".py": calls_in_python,
}


@dataclass(slots=True)
class Report:
    """What was found in all files."""

    findings: list[tuple[Path, Finding]] = field(default_factory=list)
    calls: int = 0
    files: int = 0
    ignored: int = 0
    #: Files that could not be read, with why.
    unread: list[tuple[Path, str]] = field(default_factory=list)

    def count(self, verdict: Verdict) -> int:
        """Count the findings of one kind."""
        return sum(finding.verdict is verdict for _, finding in self.findings)


def check_files(paths: Sequence[Path], catalogue: Catalogue, *, names: Names, public: bool = False) -> Report:
    """Check all files below `paths`. OSError for a path that does not exist."""
    report = Report()
    for path in _files(paths):
        try:
            text = path.read_text(encoding="utf-8")
            calls = calls_of(path, text, names)
        except (OSError, ValueError, SyntaxError, RecursionError) as error:
            report.unread.append((path, str(error)))
            continue
        report.files += 1
        # As tokens are counted: a form feed or a separator of Unicode's ends no line.
        lines = text.split("\n")
        for call in calls:
            if any(IGNORE in line for line in lines[max(call.line - 2, 0) : call.line]):
                report.ignored += 1
                continue
            report.calls += 1
            report.findings += [(path, finding) for finding in judge(call, catalogue, public=public)]
    return report


def calls_of(path: Path, text: str, names: Names) -> list[Call]:
    """Give the calls of one file, in the order of their lines. A file of another kind is read as shell."""
    last = {name.rpartition(".")[2] for name in names.called}
    if not any(word in text for word in (*last, *EVENT, "customEventFire")):
        return []
    reading = READINGS.get(path.suffix.lower(), _in_shell)
    return sorted(reading(text, names), key=lambda call: call.line)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Give the files that are named, whatever their kind, and below folders those of the kinds that are read."""
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise FileNotFoundError(f"{path}: there is no such file")
            yield path
            continue
        for folder, below, files in os.walk(path):
            below[:] = sorted(name for name in below if name not in _NOT_SOURCES and not name.startswith("."))
            for name in sorted(files):
                file = Path(folder, name)
                # A link that leads nowhere is no file.
                if file.suffix.lower() in READINGS and file.is_file() and file.stat().st_size <= MAX_BYTES:
                    yield file
