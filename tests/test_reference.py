"""The reference says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from saleor_custom_events.conf import PREFIX, Settings
from saleor_custom_events.doors.http.openapi.codes import CODES
from saleor_custom_events.firing.body import MEMBERS
from saleor_custom_events.scenarios.outcomes import Reason

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs/reference.md").read_text()


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `SALEOR_CUSTOM_EVENTS_(\w+)` \| (\S+) \|", REFERENCE, re.MULTILINE))
    shown = {"0": False, "1": True, "empty": ""}
    for name in (name for name in vars(Settings) if name.isupper()):
        default = vars(Settings)[name]
        written = rows.pop(name).strip("`")
        if isinstance(default, bool | str) and written in shown:
            assert shown[written] == default, PREFIX + name
        elif isinstance(default, tuple):
            assert written == (",".join(default) or "empty"), PREFIX + name
        else:
            assert written == format(default, "g" if isinstance(default, float) else ""), PREFIX + name
    assert not rows, "settings that do not exist"


def test_every_reason_is_documented() -> None:
    written = re.findall(r"^\| `([A-Z_]+)` \| \w", REFERENCE, re.MULTILINE)
    assert [str(reason) for reason in Reason] == [code for code in written if not code.startswith("SALEOR_")]


def test_every_member_of_a_firing_is_documented() -> None:
    for member in MEMBERS:
        assert f"`{member}`" in REFERENCE


def test_every_code_that_retries_and_dry_runs_refuse_with_is_documented() -> None:
    package = ROOT / "saleor_custom_events"
    raised = set(re.findall(r'_refused\(\s*"([A-Z_]+)"', (package / "running/retrying.py").read_text()))
    written = (package / "defining/dry_run.py").read_text()
    raised |= set(re.findall(r'refused_because\(\s*\d{3}, "([A-Z_]+)"', written))
    begin, end = REFERENCE.index("## Retry"), REFERENCE.index("## Reason codes")
    assert len(raised) >= 12
    assert raised <= set(re.findall(r"`([A-Z_]+)`", REFERENCE[begin:end]))


def test_every_code_that_http_refuses_with_is_documented_at_its_status() -> None:
    rows = dict(re.findall(r"^\| (\d{3}) \| (`[A-Z_]+`.*) \|$", REFERENCE, re.MULTILINE))
    for status, codes in CODES.items():
        assert codes.keys() <= set(re.findall(r"`([A-Z_]+)`", rows[str(status)])), status
