"""Which actions are found, and that somebody else's fault stops nothing."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from saleor_custom_events.actions.registry import GROUP, action, actions, load
from tests.actions.test_forms import Every

OWN = EntryPoint("send_email", "saleor_custom_events.actions.send_email:SendEmail", GROUP)
THEIRS = EntryPoint("every", "tests.actions.test_forms:Every", GROUP)


def test_those_of_this_package_are_installed() -> None:
    assert [one.name for one in actions()][:8] == [
        "add_customer_note",
        "add_to_customer_group",
        "fire_event",
        "issue_voucher_code",
        "remove_from_customer_group",
        "send_email",
        "send_webhook",
        "set_customer_metadata",
    ]
    assert action("send_email") is actions()[5]
    assert action("send_fax") is None


def test_another_packages_action_is_found() -> None:
    loaded = load([THEIRS, OWN])
    assert list(loaded) == ["send_email", "every"]
    assert isinstance(loaded["every"], Every)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gone", "no_such_package:Action"),
        ("gone", "tests.actions.test_forms:NoSuchAction"),
        ("name", "tests.actions.test_forms:NAME"),
        ("record", "tests.actions.test_forms:EverySetting"),
        ("not_its_name", "tests.actions.test_forms:Every"),
        ("abstract", "saleor_custom_events.actions.base:Action"),
        ("send_email", "tests.actions.test_forms:Every"),
    ],
)
def test_a_broken_one_is_logged_and_left_out(name: str, value: str, caplog: pytest.LogCaptureFixture) -> None:
    loaded = load([EntryPoint(name, value, GROUP), OWN])
    assert list(loaded) == ["send_email"]
    assert type(loaded["send_email"]).__name__ == "SendEmail"
    (record,) = caplog.records
    assert record.levelname == "ERROR"
    assert value in record.getMessage()
