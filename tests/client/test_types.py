"""The store's events as TypeScript: what the compiler lets pass, and what it does not."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.hosts.sandbox.tokens import user_token
from saleor_custom_events.models import KeyType
from tests.client.conftest import Project
from tests.shop import a_key, an_event

pytestmark = pytest.mark.django_db

URL = "/plugins/global/custom-events/events.d.ts"
BEGIN = """
import { createClient } from "saleor-custom-events-client";
import type { StoreEvents } from "./events.js";
const client = createClient<StoreEvents>({ url: "https://api.shop.example", key: "sce_pk_1" });
"""
RIGHT = """
client.fire("size-quiz", { score: 82 });
client.fire("size-quiz", { score: 82, size: "M", spent: { amount: "19.90", currency: "PLN" }, sure: true });
client.fire("size-quiz", { score: 82, at: "2026-03-01T12:00:00Z", page: location.href, "odd \\"name\\"": "x" });
client.fire("stock-alert");
client.fire("stock-alert", { variant: "UHJvZHVjdFZhcmlhbnQ6MQ==" }, { customerEmail: "anna@example.com" });
client.fire("anything", { whatever: 1, more: "x" });
client.fire("anything");
const answer = await client.fire("anything");
const text: string = answer.queued ? "it waits" : answer.occurrenceId;
"""
WRONG = """
client.fire("size-quizz", { score: 82 });
client.fire("size-quiz");
client.fire("size-quiz", {});
client.fire("size-quiz", { score: "82" });
client.fire("size-quiz", { score: 82, sise: "M" });
client.fire("size-quiz", { score: 82, spent: 19.9 });
client.fire("size-quiz", { score: 82, sure: "true" });
client.fire("stock-alert", { variant: 1 });
client.fire("stock-alert", {}, { email: "anna@example.com" });
client.fire("anything", { list: [1] });
client.fire(999999, {});
client.fire("for-servers");
client.fire("archived");
"""


@pytest.fixture
def events() -> None:
    """Make what a store has: strict and loose events, one for servers, one that is archived."""
    _event(
        "size-quiz",
        ("score", "Number", True),
        ("size", "String", False),
        ("spent", "Money", False),
        ("sure", "Boolean", False),
        ("at", "DateTime", False),
        ("page", "URL", False),
        ('odd "name"', "Text", False),
        name="Quiz */ \n export const broken =",
    )
    _event("stock-alert", ("variant", "Variant", False))
    _event("anything")
    _event("for-servers", public=False)
    _event("archived", archived_at=timezone.now())


def _event(slug: str, *fields: tuple[str, str, bool], name: str = "An event", public: bool = True, **more: Any) -> Any:
    declared = [{"name": name, "type": type, "required": required} for name, type, required in fields]
    event = an_event(name, public=public, declared_fields=declared, **more)
    event.slug = slug
    event.save()
    return event


def write(project: Project, code: str, types: str, *, file: str) -> None:
    (project.folder / "events.d.ts").write_text(types)
    (project.folder / file).write_text(BEGIN + code)


def generated(*arguments: str) -> str:
    out = StringIO()
    call_command("custom_events_types", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("resolution", ["bundler", "nodenext"])
def test_what_is_right_passes(project: Project, events: None, resolution: str):
    write(project, RIGHT, generated(), file="right.ts")
    assert project.check("right.ts", resolution=resolution) == []


def test_every_line_that_is_wrong_is_an_error(project: Project, events: None):
    write(project, WRONG, generated(), file="wrong.ts")
    complaints = project.check("wrong.ts")
    first = BEGIN.count("\n") + 2
    lines = range(first, first + len(WRONG.strip().splitlines()))
    assert {int(line.partition("(")[2].partition(",")[0]) for line in complaints if line.startswith("wrong.ts")} == set(
        lines
    )


def test_an_event_may_be_named_by_its_number(project: Project):
    event = _event("size-quiz", ("score", "Number", True))
    write(project, f"client.fire({event.pk}, {{ score: 1 }});\n", generated(), file="number.ts")
    assert project.check("number.ts") == []
    write(project, f'client.fire({event.pk}, {{ score: "1" }});\n', generated(), file="number.ts")
    assert len(project.check("number.ts")) == 1


def test_a_slug_of_digits_hides_no_other_event(project: Project):
    event = _event("size-quiz", ("score", "Number", True))
    _event(str(event.pk), ("size", "String", True))
    write(project, f'client.fire("{event.pk}", {{ size: "M" }});\n', generated(), file="digits.ts")
    assert project.check("digits.ts") == []


def test_a_store_without_events_gives_types_without_events(project: Project):
    write(project, "", generated(), file="empty.ts")
    assert project.check("empty.ts") == []


def test_the_command_writes_a_file_and_can_take_in_what_only_servers_fire(events: None, tmp_path: Path):
    file = tmp_path / "src" / "events.d.ts"
    assert generated("--all", "--to", str(file)).strip() == str(file)
    text = file.read_text()
    assert '"for-servers": ' in text
    assert '"archived"' not in text
    assert '"for-servers"' not in generated()


class TestDownload:
    def get(self, client: Client, credential: str = "", query: str = "") -> Any:
        headers = {"Authorization": f"Bearer {credential}"} if credential else {}
        return client.get(URL + query, headers=headers)

    def test_it_is_what_the_command_gives(self, client: Client, events: None):
        secret, _ = a_key(KeyType.SERVER)
        answer = self.get(client, secret)
        assert answer.status_code == 200
        assert answer.content.decode() == generated()
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="events.d.ts"'
        assert self.get(client, secret, "?all=1").content.decode() == generated("--all")

    def test_staff_who_may_see_definitions_get_it_and_others_do_not(self, client: Client, events: None):
        for permissions, status in ((["MANAGE_DISCOUNTS"], 200), (["MANAGE_USERS"], 403)):
            person = User.objects.create(email=f"{status}@example.com", is_staff=True, permissions=permissions)
            assert self.get(client, user_token(person)).status_code == status

    def test_a_storefronts_key_reads_nothing_and_nobody_neither(self, client: Client, events: None):
        secret, _ = a_key(KeyType.STOREFRONT)
        assert self.get(client, secret).json()["code"] == "PERMISSION_DENIED"
        assert self.get(client).json()["code"] == "CREDENTIALS_REQUIRED"
