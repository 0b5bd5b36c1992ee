"""The settings: a merchant's are changed, the operator's are looked at and no secret is told."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings

from saleor_custom_events.conf import PREFIX
from saleor_custom_events.host import current_host
from tests.graphql.conftest import Asker, staff

pytestmark = pytest.mark.django_db

READ = """{ customEventSettings { active publicUrl publicUrlInUse senderName senderAddress
  operator { name value isSet } } }"""
UPDATE = """mutation ($input: CustomEventSettingsInput!) { customEventSettingsUpdate(input: $input) {
  settings { active publicUrl publicUrlInUse senderName senderAddress } errors { field code message } } }"""
DEFINE = "MANAGE_DISCOUNTS"


def read(ask: Asker) -> dict[str, Any]:
    found: dict[str, Any] = ask(READ, by=staff(DEFINE)).data["customEventSettings"]
    return found


def test_what_is_saved_is_kept_and_used_and_the_rest_stays(ask: Asker, boss: str) -> None:
    sent = {"publicUrl": " https://api.example.com/ ", "senderName": "Anna’s shoes", "senderAddress": "a@example.com"}
    saved = ask(UPDATE, {"input": sent}, by=boss).done["settings"]
    assert saved == {
        "active": True,
        "publicUrl": "https://api.example.com/",
        "publicUrlInUse": "https://api.example.com",
        "senderName": "Anna’s shoes",
        "senderAddress": "a@example.com",
    }
    ask(UPDATE, {"input": {"senderName": ""}}, by=boss)
    found = read(ask)
    assert (found["senderName"], found["senderAddress"]) == ("", "a@example.com")
    assert current_host().public_url() == "https://api.example.com"


@pytest.mark.parametrize(
    ("sent", "refusals"),
    [
        ({"publicUrl": "shop"}, [("publicUrl", "INVALID")]),
        (
            {"publicUrl": "ftp://example.com", "senderAddress": "x"},
            [("publicUrl", "INVALID"), ("senderAddress", "INVALID")],
        ),
        ({"senderName": "Anna"}, [("senderAddress", "REQUIRED")]),
        ({"senderName": "a\r\nBcc: b@example.com", "senderAddress": "a@example.com"}, [("senderName", "INVALID")]),
        ({"senderName": "a" * 251}, [("senderName", "TOO_LONG")]),
    ],
)
def test_what_could_not_work_is_refused_at_its_field_and_changes_nothing(
    ask: Asker, boss: str, sent: dict[str, str], refusals: list[tuple[str, str]]
) -> None:
    before = read(ask)
    assert ask(UPDATE, {"input": sent}, by=boss).refusals == refusals
    assert read(ask) == before


def test_changing_needs_its_permission_looking_does_not(ask: Asker) -> None:
    by = staff(DEFINE)
    answer = ask(UPDATE, {"input": {"senderName": ""}}, by=by)
    assert answer.refusals == [(None, "PERMISSION_DENIED")]
    assert "MANAGE_PLUGINS" in answer.payload["errors"][0]["message"]


def test_operators_settings_are_told_as_they_are_in_force_and_secrets_never(ask: Asker, settings: Settings) -> None:
    settings.SALEOR_CUSTOM_EVENTS_WEBHOOK_SECRET = "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"
    settings.SALEOR_CUSTOM_EVENTS_REDIS_URL = "redis://:secret@localhost:1/0"
    settings.SALEOR_CUSTOM_EVENTS_LEASE = 45.0
    settings.SALEOR_CUSTOM_EVENTS_TRUSTED_PROXIES = ("10.0.0.0/8", "::1")
    answer = ask(READ, by=staff(DEFINE))
    found = {one["name"].removeprefix(PREFIX): one for one in answer.data["customEventSettings"]["operator"]}
    assert (found["WEBHOOK_SECRET"]["value"], found["WEBHOOK_SECRET"]["isSet"]) == (None, True)
    assert (found["REDIS_URL"]["value"], found["REDIS_URL"]["isSet"]) == (None, True)
    assert (found["LEASE"]["value"], found["LEASE"]["isSet"]) == ("45", True)
    assert (found["BATCH"]["value"], found["BATCH"]["isSet"]) == ("100", False)
    assert found["TRUSTED_PROXIES"]["value"] == "10.0.0.0/8, ::1"
    assert found["DISABLED"]["value"] == "false"
    assert "whsec_" not in str(answer.body)
    assert ":secret" not in str(answer.body)
