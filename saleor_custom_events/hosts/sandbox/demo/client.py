"""The demo's hand on the store: HTTP and GraphQL, as any program of a merchant's has it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

#: Seconds for one call.
TIMEOUT = 30.0
#: Seconds after which a new access token is fetched; Saleor's live for five minutes.
TOKEN_LIFE = 240.0

LOG_IN = """mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token errors { message } }
}"""


class Unexpected(RuntimeError):
    """The store answered with errors."""


@dataclass
class Client:
    """Asks the store as one person."""

    base_url: str
    email: str
    password: str
    _token: str = ""
    _fetched: float = field(default=0.0)

    def token(self) -> str:
        """Give an access token, got by `tokenCreate`."""
        if not self._token or time.monotonic() - self._fetched > TOKEN_LIFE:
            answered = self._ask(LOG_IN, {"email": self.email, "password": self.password}, {})
            self._token = answered["tokenCreate"]["token"]
            self._fetched = time.monotonic()
        return self._token

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """Ask `/graphql/` and give `data`. Raises Unexpected for errors of any kind."""
        data = self._ask(query, variables, {"Authorization": f"Bearer {self.token()}"})
        for name, answered in data.items():
            if isinstance(answered, dict) and answered.get("errors"):
                raise Unexpected(f"{name}: {answered['errors']}")
        return data

    def _ask(self, query: str, variables: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
        sent = {"query": query, "variables": variables}
        response = requests.post(f"{self.base_url}/graphql/", json=sent, headers=headers, timeout=TIMEOUT)
        answer = response.json()
        if answer.get("errors"):
            raise Unexpected("; ".join(error["message"] for error in answer["errors"]))
        return dict(answer["data"])

    def fire(self, key: str, body: Mapping[str, Any], *, token: str = "") -> tuple[int, dict[str, Any]]:
        """Fire, and give status and answer. Raises Unexpected where it is refused."""
        response = self.send(key, body, token=token)
        if response.status_code >= 300:
            raise Unexpected(f"fire answered {response.status_code}: {response.text[:500]}")
        return response.status_code, response.json()

    def send(self, key: str, body: Mapping[str, Any], *, token: str = "") -> requests.Response:
        """Fire over HTTP with one of our keys (and a customer's token beside it), whatever comes of it."""
        headers = {"Authorization": f"Bearer {key}"}
        if token:
            headers["Authorization-Bearer"] = token
        url = f"{self.base_url}/plugins/global/custom-events/fire"
        return requests.post(url, json=body, headers=headers, timeout=TIMEOUT)
