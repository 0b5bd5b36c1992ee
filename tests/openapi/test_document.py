"""The document: valid, whole, and of what the code says."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from saleor_custom_events.doors.http.openapi.codes import CODES
from saleor_custom_events.doors.http.openapi.document import document, operations
from saleor_custom_events.doors.http.openapi.schemas import MEANINGS
from saleor_custom_events.doors.http.problems import EXPOSED
from saleor_custom_events.doors.http.routes import ROUTES, TREES
from saleor_custom_events.firing.body import MEMBERS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "saleor_custom_events"
PAGE = (ROOT / "docs/http.md").read_text()
#: Where refusals come from that an HTTP caller may be answered with.
RAISING = ("firing", "doors/http", "doors", "hosts/sandbox", "hosts/saleor")
#: Of the engine and of the Python API: nothing that a door answers.
NOT_HTTP = {"SKIPPED_HOPS"}


def test_it_is_valid_openapi(tmp_path: Path) -> None:
    validator = ROOT / ".venv" / "openapi" / "bin" / "openapi-spec-validator"
    assert validator.is_file(), "the validator is not here: `make test` installs it (requirements/openapi.in)"
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document()))
    done = subprocess.run([validator, "--schema", "3.1", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_route_is_described_and_nothing_else() -> None:
    described: dict[str, set[str]] = {}
    for operation in operations():
        path = operation.path.strip("/")
        tree = path.partition("/")[0]
        described.setdefault(tree if tree in TREES else path, set()).add(operation.method)
    assert described == {path: set(methods) for path, methods in {**ROUTES, **TREES}.items()}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation.name for operation in operations()]
    assert len(names) == len(set(names))


def test_every_member_of_a_firing_has_its_meaning() -> None:
    assert list(MEANINGS) == list(MEMBERS)


def test_the_headers_of_limits_are_those_that_browsers_may_read() -> None:
    fired = next(operation for operation in operations() if operation.path == "/fire")
    described = {header for answer in fired.answers for header in answer.headers} - {"WWW-Authenticate"}
    assert described == set(EXPOSED.split(", "))


def raised() -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for folder in RAISING:
        for module in (PACKAGE / folder).glob("*.py"):
            for status, code in re.findall(r'(?:Refused|_refused)\(\s*(\d{3}),\s*"([A-Z_]+)"', module.read_text()):
                found.add((int(status), code))
            for code, status in re.findall(r'code = "([A-Z_]+)"\s+return Refused\((\d{3}), code', module.read_text()):
                found.add((int(status), code))
    return {(status, code) for status, code in found if code not in NOT_HTTP}


def test_the_codes_are_those_that_the_code_refuses_with() -> None:
    assert {(status, code) for status, codes in CODES.items() for code in codes} == raised()


def test_every_code_and_path_is_in_the_page_for_developers() -> None:
    written = set(re.findall(r"^\| (\d{3}) \| `([A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert written == {(str(status), code) for status, codes in CODES.items() for code in codes}
    for operation in operations():
        assert operation.path.strip("/").partition("{")[0].rstrip("/") in PAGE


def test_every_code_of_a_wrong_member_is_in_the_page_for_developers() -> None:
    page = PAGE[PAGE.index("## Codes in `errors`") :]
    modules = ("body", "ecdp", "fields", "identities", "references")
    named = [re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', (PACKAGE / f"firing/{one}.py").read_text()) for one in modules]
    of_refusals = {code for codes in CODES.values() for code in codes} - {"REQUIRED"}
    codes = {code for found in named for code in found if len(code) > 3} - of_refusals
    assert len(codes) > 15
    assert codes <= set(re.findall(r"`([A-Z_]+)`", page))
