"""Asking the plugin's own schema over HTTP, as staff, apps and customers of the sandbox."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.test import Client

from saleor_custom_events.hosts.sandbox.models import App, User
from saleor_custom_events.hosts.sandbox.tokens import user_token

URL = "/plugins/global/custom-events/graphql/"
_names = count(1)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """The data of an answer without errors."""
        assert "errors" not in self.body, self.body
        data: dict[str, Any] = self.body["data"]
        return data

    @property
    def payload(self) -> dict[str, Any]:
        """The one mutation's payload."""
        (payload,) = self.data.values()
        return dict(payload)

    @property
    def done(self) -> dict[str, Any]:
        """The payload of a mutation that was not refused."""
        payload = self.payload
        assert payload["errors"] == [], payload
        return payload

    @property
    def refusals(self) -> list[tuple[str | None, str]]:
        """Field and code of each error of the one mutation."""
        return [(error["field"], error["code"]) for error in self.payload["errors"]]

    @property
    def codes(self) -> list[str]:
        """What the errors of a query are called."""
        return [error["extensions"]["exception"]["code"] for error in self.body["errors"]]


class Asker:
    """Posts queries; `by` is a token, or empty for nobody."""

    def __init__(self) -> None:
        self.client = Client()

    def __call__(self, query: str, variables: Mapping[str, Any] | None = None, *, by: str = "") -> Answer:
        return self.post(json.dumps({"query": query, "variables": variables}), by=by)

    def post(self, body: str, *, by: str = "") -> Answer:
        headers = {"Authorization": f"Bearer {by}"} if by else {}
        response = self.client.post(URL, body, content_type="application/json", headers=headers)
        return Answer(response.status_code, json.loads(response.content))


def staff(*permissions: str) -> str:
    """Make a member of staff and give a token."""
    name = f"staff{next(_names)}@example.com"
    return user_token(User.objects.create(email=name, is_staff=True, permissions=list(permissions)))


def customer() -> str:
    """Make a customer and give a token."""
    return user_token(User.objects.create(email=f"customer{next(_names)}@example.com"))


def app(permissions: Iterable[str]) -> str:
    """Make an app and give its token."""
    token, digest = App.new_token()
    App.objects.create(name=f"App {next(_names)}", permissions=list(permissions), token_digest=digest)
    return token


@pytest.fixture
def ask() -> Asker:
    return Asker()


@pytest.fixture
def definer(db: None) -> str:
    """A token that may define and see the log masked."""
    return staff("MANAGE_DISCOUNTS")


@pytest.fixture
def boss(db: None) -> str:
    """A token that may do everything."""
    return staff("MANAGE_DISCOUNTS", "MANAGE_USERS", "MANAGE_PLUGINS")
