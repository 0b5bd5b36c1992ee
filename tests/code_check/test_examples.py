"""Example files that say of themselves what is found in them: `expect: …` on the line of the call.

`expect-above 2: …` is two lines above, for calls whose line takes no comment.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from saleor_custom_events.code_check.catalogue import Catalogue, read_catalogue
from saleor_custom_events.code_check.command import lines_of
from saleor_custom_events.code_check.files import check_files
from saleor_custom_events.code_check.javascript import Names

EXAMPLES = Path(__file__).parent / "examples"
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.name != "events.json")
EXPECTED = re.compile(r"expect(-above)?(?: (\d+))?( public)?: (.*?)(?: \*/\}| -->)?$")
CATALOGUE = read_catalogue(json.loads((EXAMPLES / "events.json").read_text()))


def found(path: Path, catalogue: Catalogue = CATALOGUE, *, public: bool = False) -> list[str]:
    return list(lines_of(check_files([path], catalogue, names=Names(), public=public)))[:-1]


def expected(path: Path, *, public: bool) -> list[tuple[int, str]]:
    wanted = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if (match := EXPECTED.search(line)) and "expect: nothing" not in line and (public or not match[3]):
            above = int(match[2] or 1) if match[1] else 0
            wanted += [(number - above, part) for part in match[4].split(" | ")]
    return wanted


@pytest.mark.parametrize(("name", "public"), [*((name, False) for name in FILES), ("quiz.tsx", True)])
def test_what_is_found_is_what_the_file_says(name: str, public: bool) -> None:
    path = EXAMPLES / name
    lines = found(path, public=public)
    wanted = expected(path, public=public)
    assert wanted
    for line, part in wanted:
        assert any(said.startswith(f"{path}:{line}: ") and part in said for said in lines), (line, part, lines)
    assert len(lines) == len(wanted), lines
