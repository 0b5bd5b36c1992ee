"""The commands: exits, options, and the catalogue on its way from a store to somebody's CI."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from saleor_custom_events.code_check.__main__ import main
from saleor_custom_events.code_check.catalogue import Catalogue, NoCatalogue, read_catalogue
from saleor_custom_events.code_check.files import check_files
from saleor_custom_events.code_check.javascript import Names
from saleor_custom_events.defining.knowing import known_events
from saleor_custom_events.firing.values import DeclaredField
from saleor_custom_events.scenarios.values import FieldType
from tests.graphql.conftest import Asker, staff
from tests.shop import an_event

EXAMPLES = Path(__file__).parent / "examples"
DOCS = Path(__file__).parents[2] / "docs/code-check.md"
CATALOGUE = str(EXAMPLES / "events.json")


def checked(folder: Path, code: str, *options: str, name: str = "code.js") -> int:
    (folder / name).write_text(code)
    return main(["--catalogue", CATALOGUE, *options, str(folder)])


def test_code_that_is_right_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, 'client.fire("size-quiz", {score: 1});\nclient.fire(8)') == 0
    assert capsys.readouterr().out == "2 calls in 1 file: 0 faults, 0 not checked\n"


def test_a_fault_fails_with_file_line_and_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, '\nclient.fire("size-quiz")') == 1
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"{tmp_path}/code.js:2: size-quiz: score: The event requires this field.",
        "1 call in 1 file: 1 fault, 0 not checked",
    ]


def test_what_cannot_be_read_fails_only_where_that_is_asked_for(tmp_path: Path) -> None:
    assert checked(tmp_path, "client.fire(chosen)") == 0
    assert checked(tmp_path, "client.fire(chosen)", "--strict") == 1


def test_browsers_may_fire_only_public_events_where_that_is_asked_for(tmp_path: Path) -> None:
    code = 'client.fire("parcel-sent", {parcel: "P1"})'
    assert checked(tmp_path, code) == 0
    assert checked(tmp_path, code, "--public") == 1


@pytest.mark.parametrize(
    ("options", "faults"), [((), 2), (("--call", "events.fire"), 1), (("--call", "track"), 1), (("--call", "none"), 0)]
)
def test_what_counts_as_a_call_can_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], faults: int
) -> None:
    checked(tmp_path, 'shop.events.fire("gone"); other.fire("gone"); track("gone")', *options)
    assert f": {faults} fault" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize(("options", "ended"), [((), 0), (("--call", "fire"), 1), (("--call", "other"), 0)])
def test_a_function_of_ones_own_in_python_counts_where_it_is_named(
    tmp_path: Path, options: tuple[str, ...], ended: int
) -> None:
    assert checked(tmp_path, 'backend.fire("gone", {"score": 1})', *options, name="code.py") == ended


def test_folders_of_others_are_left_out_and_named_files_are_not(tmp_path: Path) -> None:
    for folder in ("node_modules/lib", "dist", ".next"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "index.js").write_text('client.fire("gone")')
    assert checked(tmp_path, "") == 0
    assert main(["--catalogue", CATALOGUE, str(tmp_path / "dist" / "index.js")]) == 1
    assert checked(tmp_path, 'curl -d \'{"customEvent": "gone"}\'', name="README.md") == 0
    assert main(["--catalogue", CATALOGUE, str(tmp_path / "README.md")]) == 1


@pytest.mark.parametrize(
    ("catalogue", "why"),
    [
        ("{", "cannot be read"),
        ("[]", "no catalogue"),
        ('{"data": null}', "no catalogue"),
        ('{"customEvents": [{"slug": "a"}]}', "no catalogue"),
        ('{"data": {"customEvents": {"pageInfo": {"hasNextPage": true}, "edges": []}}}', "There are more"),
    ],
)
def test_a_catalogue_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], catalogue: str, why: str) -> None:
    file = tmp_path / "events.json"
    file.write_text(catalogue)
    assert main(["--catalogue", str(file), str(tmp_path)]) == 2
    assert why in capsys.readouterr().err


def page(*slugs: str, more: bool) -> str:
    edges = [{"node": {"number": len(slug), "slug": slug, "dataFields": [], "archivedAt": None}} for slug in slugs]
    return json.dumps({"data": {"customEvents": {"pageInfo": {"hasNextPage": more}, "edges": edges}}})


def test_a_catalogue_in_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "code.js").write_text('client.fire("one"); client.fire("three")')
    files = [tmp_path / "1.json", tmp_path / "2.json"]
    files[0].write_text(page("one", more=True))
    files[1].write_text(page("three", more=False))
    given = [part for file in files for part in ("--catalogue", str(file))]
    assert main([*given, str(tmp_path / "code.js")]) == 0
    assert main([*given[:2], str(tmp_path / "code.js")]) == 2
    assert "1.json: There are more events" in capsys.readouterr().err


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(tmp_path, "fire(", name="code.py") == 2
    assert "code.py: cannot be read" in capsys.readouterr().out
    assert main(["--catalogue", CATALOGUE, str(tmp_path / "nothing")]) == 2


def test_a_link_that_leads_nowhere_keeps_nothing_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "gone.js").symlink_to(tmp_path / "nowhere.js")
    assert checked(tmp_path, 'client.fire("stock-alert")') == 0
    assert checked(tmp_path, 'client.fire("gone")') == 1


@pytest.mark.parametrize("odd", ["\f", "\u2028", "\x85"])
def test_what_is_left_out_is_the_call_below_whatever_else_looks_like_the_end_of_a_line(
    tmp_path: Path, odd: str
) -> None:
    code = f'// {odd * 3}\n// custom-events: ignore\nclient.fire("gone")\n\nclient.fire("gone-too")'
    assert checked(tmp_path, code) == 1
    (call,) = check_files([tmp_path], Catalogue(()), names=Names()).findings
    assert (call[1].line, call[1].event) == (5, "gone-too")


def test_it_runs_without_django_and_without_a_store(tmp_path: Path) -> None:
    (tmp_path / "code.js").write_text('client.fire("gone")')
    program = (
        "import runpy, sys; sys.argv = ['', *sys.argv[1:]]\n"
        "try: runpy.run_module('saleor_custom_events.code_check', run_name='__main__')\n"
        "finally: assert not {'django', 'celery', 'graphene', 'psycopg'} & set(sys.modules), 'imported'"
    )
    command = [sys.executable, "-c", program, "--catalogue", CATALOGUE, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "")
    assert "code.js:1: gone: the store has no such event" in done.stdout


FIELD = {"name": "score", "type": "Number", "required": True}


@pytest.mark.django_db
def test_a_store_writes_its_catalogue_and_checks_code_by_itself(tmp_path: Path) -> None:
    event = an_event(declared_fields=[FIELD], public=True)
    archived = an_event(archived_at=timezone.now())
    call_command("custom_events_catalogue", str(tmp_path / "events.json"))
    catalogue = read_catalogue(json.loads((tmp_path / "events.json").read_text()))
    found = catalogue.find(event.pk)
    assert found is not None
    assert found.declared == (DeclaredField(name="score", type=FieldType.NUMBER, required=True),)
    assert (found.public, found.archived) == (True, False)
    assert getattr(catalogue.find(archived.slug), "archived", None) is True

    (tmp_path / "code.js").write_text(f'client.fire("{event.slug}", {{score: true}})')
    said = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("custom_events_code_check", str(tmp_path / "code.js"), stdout=said)
    assert ended.value.returncode == 1
    assert f"code.js:1: {event.slug}: score: Declared as Number" in said.getvalue()
    (tmp_path / "code.js").write_text(f"client.fire({event.pk}, {{score: 1}})")
    call_command("custom_events_code_check", str(tmp_path / "code.js"), stdout=said)


@pytest.mark.django_db
def test_the_request_of_the_docs_gives_a_catalogue() -> None:
    event = an_event(declared_fields=[FIELD], public=True)
    archived = an_event(archived_at=timezone.now())
    written = re.findall(r"-d '(\{[^']*\})' > events.json", DOCS.read_text())
    answer = Asker().post(written[0], by=staff("MANAGE_DISCOUNTS"))
    catalogue = read_catalogue(answer.body)
    known = {known.slug: known for known in known_events()}
    assert {known.slug: known for known in catalogue.events} == known
    assert set(known) >= {event.slug, archived.slug}


def test_the_command_needs_no_database_where_a_catalogue_is_given(tmp_path: Path) -> None:
    # pytest-django refuses every query of a test without its mark.
    (tmp_path / "code.js").write_text('client.fire("stock-alert")')
    call_command("custom_events_code_check", str(tmp_path), catalogue=[Path(CATALOGUE)], stdout=StringIO())
    with pytest.raises(CommandError) as ended:
        call_command("custom_events_code_check", str(tmp_path), catalogue=[tmp_path / "none.json"], stdout=StringIO())
    assert ended.value.returncode == 2


def test_every_type_of_a_field_is_read_as_graphql_names_it() -> None:
    def node(kind: str) -> dict[str, Any]:
        return {"number": 1, "slug": "a", "dataFields": [{"name": "x", "type": kind}]}

    for kind in FieldType:
        for name in (kind.value, kind.name):
            (event,) = read_catalogue({"customEvents": [node(name)]}).events
            assert event.declared[0].type is kind
    with pytest.raises(NoCatalogue):
        read_catalogue({"customEvents": [node("Colour")]})
