"""docs/security.md and docs/reliability.md: every promise names tests, and they are there and run."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("docs/security.md", "docs/reliability.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
#: A row of a table whose last column is "shown by".
ROW = re.compile(r"^\|(?P<promise>.*)\|(?P<shown>[^|]*)\|$")


def named_in(document: str) -> set[tuple[str, str]]:
    return set(TEST.findall((ROOT / document).read_text()))


def runs(path: str, name: str) -> bool:
    """Whether there is such a test, and nothing skips it."""
    file = ROOT / path
    if not file.exists():
        return False
    every = ast.walk(ast.parse(file.read_text()))
    tests = [one for one in every if isinstance(one, ast.FunctionDef) and one.name == name]
    return any(not any(map(_skips, test.decorator_list)) for test in tests)


def _skips(decorator: ast.expr) -> bool:
    return bool(re.match(r"pytest\.mark\.(skip|skipif|xfail)\b", ast.unparse(decorator)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_is_named_is_there(document: str) -> None:
    named = named_in(document)
    assert named
    assert {f"{path}::{name}" for path, name in named if not runs(path, name)} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_row_of_a_promise_names_a_test_or_says_why_not(document: str) -> None:
    shows = False
    for line in (ROOT / document).read_text().splitlines():
        row = ROW.match(line)
        if row is None:
            shows = False
        elif row["shown"].strip() == "shown by":
            shows = True
        elif shows and not set(row["shown"].strip()) <= set("-: "):
            assert TEST.search(row["shown"]) or row["shown"].strip().startswith("not a test:"), line


def test_a_test_that_is_gone_would_be_found() -> None:
    assert not runs("tests/test_promises.py", "test_that_nobody_wrote")
    assert not runs("tests/test_gone.py", "test_any")
    assert runs("tests/test_promises.py", "test_a_test_that_is_gone_would_be_found")
