"""`custom_events_export`, `custom_events_import` and `custom_events_check`, as an operator and CI run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from saleor_custom_events.defining.scenarios import create_scenario
from saleor_custom_events.models import CustomEvent, Scenario
from tests.defining.people import BOSS
from tests.defining.test_files import a_file
from tests.shop import a_scenario, an_event


@pytest.fixture
def kept(tmp_path: Path) -> Any:
    def keep(file: Any, name: str = "welcome.json") -> Path:
        path = tmp_path / name
        path.write_text(file if isinstance(file, str) else json.dumps(file))
        return path

    return keep


def ran(command: str, *arguments: Any, **options: Any) -> tuple[int, str]:
    """Run a command; give its exit code and all that it said."""
    said = StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=said, stderr=said, **options)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


def test_checking_asks_no_database(kept: Any) -> None:
    """In a process of its own, as in CI, with a database address where nobody answers."""
    good = kept(a_file())
    bad = kept(a_file(surprise=1), "bad.json")
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing"}

    def check(*files: Path) -> subprocess.CompletedProcess[str]:
        module = "saleor_custom_events.hosts.sandbox.manage"
        command = [sys.executable, "-m", module, "custom_events_check", *map(str, files)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    right, wrong = check(good), check(good, bad)

    assert (right.returncode, right.stdout) == (0, f"{good}: ok\n"), right.stderr
    assert wrong.returncode == 1
    assert f"{bad}: surprise: UNKNOWN_MEMBER" in wrong.stderr
    assert "1 of 2 files are wrong" in wrong.stderr


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\ud800"], ids=["broken", "deep", "no UTF-8"])
def test_what_cannot_be_read_has_an_exit_code_of_its_own(kept: Any, text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))

    assert ran("custom_events_check", path)[0] == 2
    assert ran("custom_events_check", tmp_path / "nowhere.json")[0] == 2


@pytest.mark.django_db
def test_with_the_store_events_are_looked_for_too(kept: Any) -> None:
    file = kept(a_file(events=[]))
    assert ran("custom_events_check", file) == (0, f"{file}: ok\n")

    code, said = ran("custom_events_check", file, "--store")
    assert (code, "UNKNOWN_EVENT" in said) == (1, True)

    CustomEvent.objects.create(slug="new-one", name="New")
    assert ran("custom_events_check", file, "--store")[0] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("options", [(), ("--store",)], ids=["alone", "with the store"])
def test_a_file_that_importing_would_not_take_is_wrong(kept: Any, options: tuple[str, ...]) -> None:
    described = [{"slug": f"event-{i}", "name": "Event", "description": "long " * 2000} for i in range(30)]
    large = kept(a_file(events=[*a_file()["events"], *described]))

    code, said = ran("custom_events_check", large, *options)

    assert (code, f"{large}: file: TOO_LONG: " in said) == (1, True)
    assert ran("custom_events_import", large, "--plan")[0] == 1


@pytest.mark.django_db
def test_a_plan_says_what_applying_does(kept: Any) -> None:
    file = kept(a_file())

    planned = ran("custom_events_import", file, "--plan")
    assert planned[0] == 0
    assert "make the scenario “Welcome”" in planned[1]
    assert "make the event “new-one”" in planned[1]
    assert not Scenario.objects.exists()

    code, said = ran("custom_events_import", file, "--apply", "--publish")
    assert (code, Scenario.objects.get().status) == (0, "active")
    assert f"now: scenario {Scenario.objects.get().pk}, active" in said
    assert "is like this already" in ran("custom_events_import", file, "--plan")[1]


@pytest.mark.django_db
def test_of_several_files_all_are_imported_or_none(kept: Any) -> None:
    bad = a_file(name="Bad")
    bad["definition"]["starts"] = []

    code, said = ran("custom_events_import", kept(a_file()), kept(bad, "bad.json"), "--apply")

    assert (code, "definition.starts: REQUIRED" in said) == (1, True)
    assert not Scenario.objects.exists()
    assert not CustomEvent.objects.exists()


def test_what_is_to_be_done_has_to_be_said(kept: Any) -> None:
    assert ran("custom_events_import", kept(a_file()))[0] != 0


@pytest.mark.django_db
def test_exported_files_are_taken_back(tmp_path: Path) -> None:
    one, other = a_scenario(an_event(), name="Żółty quiz"), a_scenario(an_event(), name="Other")
    code, said = ran("custom_events_export", "--to", tmp_path / "out")

    files = sorted((tmp_path / "out").iterdir())
    assert (code, said.split()) == (0, [str(file) for file in files])
    assert [file.name for file in files] == [f"{one.pk}-zolty-quiz.json", f"{other.pk}-other.json"]
    assert ran("custom_events_check", *files)[0] == 0
    assert "is like this already" in ran("custom_events_import", *files, "--plan")[1]


@pytest.mark.django_db
def test_one_is_printed(tmp_path: Path) -> None:
    scenario = a_scenario(an_event())
    Scenario.objects.filter(pk=scenario.pk).update(draft={"spec": 1, "starts": [], "steps": []})

    assert json.loads(ran("custom_events_export", scenario.pk)[1])["definition"]["starts"] == []
    published = json.loads(ran("custom_events_export", scenario.pk, "--published")[1])
    assert len(published["definition"]["starts"]) == 1


@pytest.mark.django_db
def test_what_cannot_be_exported() -> None:
    never = create_scenario(BOSS, "Never", {"spec": 1, "starts": [{"event": 999}], "steps": []})

    assert ran("custom_events_export", 999)[0] == 1
    assert "never published" in ran("custom_events_export", never.pk, "--published")[1]
    code, said = ran("custom_events_export", never.pk)
    assert (code, "starts[0].event" in said) == (1, True)
    create_scenario(BOSS, "Second")
    assert "--to" in ran("custom_events_export")[1]
