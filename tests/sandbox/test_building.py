"""The demo builds the dashboard where there are sources, and says what went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.demo.building import build_dashboard
from saleor_custom_events.hosts.sandbox.processes import NotReady


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that has the extension's sources, and a Makefile that a test writes."""
    (tmp_path / "dashboard-extension").mkdir()
    (tmp_path / "dashboard-extension" / "package.json").write_text("{}")
    return tmp_path


def makes(checkout: Path, *recipe: str) -> None:
    lines = "".join(f"\t{line}\n" for line in recipe)
    (checkout / "Makefile").write_text(f".PHONY: dashboard\ndashboard:\n{lines}")


def test_make_builds_it_and_what_it_says_is_kept(checkout: Path):
    makes(checkout, "@echo building && touch built")
    build_dashboard(checkout / "log", checkout)
    assert (checkout / "built").exists()
    assert (checkout / "log").read_text() == "building\n"


def test_what_our_own_make_was_told_is_not_passed_on(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MAKEFLAGS", "n")
    makes(checkout, "@touch built")
    build_dashboard(checkout / "log", checkout)
    assert (checkout / "built").exists(), "`make -n` would only have printed it"


def test_a_build_that_fails_is_told_with_its_last_lines_and_its_log(checkout: Path):
    makes(checkout, "@echo Node 20 is needed", "@exit 1")
    with pytest.raises(NotReady, match="Node 20 is needed") as failed:
        build_dashboard(checkout / "log", checkout)
    assert f"(log: {checkout / 'log'})" in str(failed.value)


def test_an_installed_package_has_its_build_inside(tmp_path: Path):
    makes(tmp_path, "@exit 1")
    build_dashboard(tmp_path / "log", tmp_path)
    assert not (tmp_path / "log").exists()
