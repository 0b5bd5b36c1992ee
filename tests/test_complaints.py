"""docs/complaints.md: every complaint of others' users has its test, and every test named after one stands there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Those that we promise to be free of; a test's name ends or begins with one, written with underscores.
COMPLAINTS = {
    "activepieces#5549",
    "directus#23166",
    "directus#23349",
    "mautic#2004",
    "mautic#3669",
    "mautic#7057",
    "mautic#9797",
    "medusa#6016",
    "n8n#12957",
    "n8n#25735",
    "n8n#3531",
    "saleor#11207",
    "saleor-docs#977",
}
ROW = re.compile(
    r"^\| \[(?P<complaint>[^\]]+)\]\(https://github\.com/\S+/(?P<number>\d+)\) \|[^|]+\|(?P<tests>[^|]+)\|$"
)


def in_a_name(complaint: str) -> str:
    return re.sub(r"\W", "_", complaint)


def promised() -> dict[str, set[str]]:
    """Give the tests of each complaint, as the document has them."""
    rows = [found for line in (ROOT / "docs/complaints.md").read_text().splitlines() if (found := ROW.match(line))]
    assert all(row["complaint"].endswith(f"#{row['number']}") for row in rows)
    return {row["complaint"]: set(re.findall(r"`([^`]+)`", row["tests"])) for row in rows}


def named_after(complaint: str) -> set[str]:
    """Give the tests that are named after a complaint, wherever they stand, unless they are skipped."""
    name = re.compile(rf"^test_(.*_)?{in_a_name(complaint)}(_.*)?$")
    return {
        f"{path.relative_to(ROOT)}::{function.name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef) and name.match(function.name) and not _skipped(function)
    }


def _skipped(function: ast.FunctionDef) -> bool:
    return any(re.search(r"\b(skip|skipif|xfail)\b", ast.unparse(decorator)) for decorator in function.decorator_list)


def test_every_complaint_is_in_the_table() -> None:
    assert promised().keys() == COMPLAINTS


def test_every_complaint_has_the_tests_that_the_table_names_and_no_others() -> None:
    assert promised() == {complaint: named_after(complaint) for complaint in COMPLAINTS}


def test_a_complaint_without_a_test_would_be_found() -> None:
    assert named_after("mautic#979") == set()
    assert named_after("directus#1") == set()
    assert all(named_after(complaint) for complaint in COMPLAINTS)
