"""A running store, seen from outside: by HTTP and GraphQL only. Which store it is, a test cannot tell."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jwt
import requests

#: Seconds for one request; a cold Saleor builds its schema in the first.
PATIENCE = 60
#: Seconds for which a token is used again. Both hosts' access tokens live five minutes.
TOKEN_KEPT = 180

LOGIN = """
mutation ($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token refreshToken errors { field message } }
}
"""


class GraphQLFailed(AssertionError):
    """The answer had `errors` at its top."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__(json.dumps(errors))
        self.errors = errors


@dataclass(frozen=True, kw_only=True)
class Store:
    """One running store and the people and apps in it."""

    #: `saleor` or `sandbox`; for messages only.
    name: str
    #: Without a slash at the end.
    base_url: str
    #: What the store signs HS256 tokens with, so that tests can make tokens that are almost right.
    secret_key: str
    #: Standard Webhooks secret of outgoing webhooks.
    webhook_secret: str
    cast: Mapping[str, Any]
    _tokens: dict[str, tuple[float, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, path: Path) -> Store:
        """Read what the seeding of a store has written; members that tests of one host use are left out."""
        described = json.loads(path.read_text())
        names = ("name", "base_url", "secret_key", "webhook_secret", "cast")
        return cls(**{name: described[name] for name in names})

    @property
    def plugin_url(self) -> str:
        """Give the plugin's URL, with a slash at the end."""
        return f"{self.base_url}/plugins/global/custom-events/"

    @property
    def channel_url(self) -> str:
        """Give the plugin's URL in the store's channel, with a slash at the end."""
        return f"{self.base_url}/plugins/channel/{self.cast['channel']}/custom-events/"

    @property
    def graphql_url(self) -> str:
        """Give the store's own GraphQL address."""
        return f"{self.base_url}/graphql/"

    def unsubscribe_token(self, email: str) -> str:
        """Give what stands in the link of a marketing mail to somebody."""
        digest = hashlib.sha256(email.encode()).digest()
        key = hashlib.sha256(b"saleor_custom_events.unsubscribe" + self.secret_key.encode()).digest()
        signed = digest + hmac.new(key, digest, hashlib.sha256).digest()[:16]
        return base64.urlsafe_b64encode(signed).decode().rstrip("=")

    def login(self, name: str) -> dict[str, str]:
        """Log one of the cast in; `token` and `refreshToken`."""
        person = self.cast[name]
        data = self.ask(LOGIN, {"email": person["email"], "password": person["password"]})
        made: dict[str, str] = data["tokenCreate"]
        assert made["token"], made
        return made

    def token(self, name: str) -> str:
        """Give a good access token of one of the cast: an app's, or a person's who is logged in."""
        if "token" in self.cast[name]:
            return str(self.cast[name]["token"])
        known = self._tokens.get(name)
        if known is None or time.monotonic() - known[0] > TOKEN_KEPT:
            known = self._tokens[name] = (time.monotonic(), self.login(name)["token"])
        return known[1]

    def forged(self, name: str, **claims: Any) -> str:
        """Give a person's token with claims changed, signed with the store's own secret."""
        real = jwt.decode(self.token(name), options={"verify_signature": False})
        return jwt.encode({**real, **claims}, self.secret_key, algorithm="HS256")

    def post(
        self,
        path: str,
        body: Any,
        *,
        credential: str | None = None,
        customer_token: str | None = None,
        base: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a body below the plugin's URL: JSON of it, or the very bytes where it is bytes."""
        sent = {"Content-Type": "application/json", **(headers or {})}
        if credential is not None:
            sent["Authorization"] = f"Bearer {credential}"
        if customer_token is not None:
            sent["Authorization-Bearer"] = customer_token
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return requests.post((base or self.plugin_url) + path, data=raw, headers=sent, timeout=PATIENCE)

    def fire(self, body: Any, **more: Any) -> requests.Response:
        """Fire one event."""
        return self.post("fire", body, **more)

    def ask(
        self, query: str, variables: Mapping[str, Any] | None = None, *, by: str | None = None, url: str = ""
    ) -> dict[str, Any]:
        """Ask GraphQL, the store's own where no other URL is given. Raises GraphQLFailed."""
        headers = {"Authorization": f"Bearer {self.token(by)}"} if by else {}
        sent = {"query": query, "variables": dict(variables or {})}
        answer = requests.post(url or self.graphql_url, json=sent, headers=headers, timeout=PATIENCE)
        body = answer.json()
        if body.get("errors"):
            raise GraphQLFailed(body["errors"])
        data: dict[str, Any] = body["data"]
        return data
