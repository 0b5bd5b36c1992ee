"""What only a real Saleor can be asked. Collected by `python -m tests.saleor` alone."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.receivers import Mailbox, smtp_receiver
from tests.host_contract.conftest import event, make, public_event, server_key, store, storefront_key
from tests.host_contract.store import Store

__all__ = ["event", "make", "public_event", "server_key", "store", "storefront_key"]

collect_ignore_glob = [] if os.environ.get("STORE") == "saleor" else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the dashboard's tests be first: they want a store in which nothing was ever defined."""
    items.sort(key=lambda item: "tests/saleor/browser/" not in item.nodeid)


UPDATE_PLUGIN = """
mutation ($id: ID!, $channel: ID, $input: PluginUpdateInput!) {
  pluginUpdate(id: $id, channelId: $channel, input: $input) {
    plugin { globalConfiguration { active configuration { name value } } }
    errors { field code message }
  }
}
"""
USER_EMAILS = "mirumee.notifications.user_email"


#: What a shop has tells the series of this Saleor.
SHOP = """{ __type(name: "Shop") { fields { name } } }"""


@pytest.fixture(scope="session")
def is_older_than_323(store: Store) -> bool:
    """Say whether this Saleor cannot be closed to storefronts, and tells its plugins of stock."""
    return {"name": "allowStorefrontTraffic"} not in store.ask(SHOP)["__type"]["fields"]


@pytest.fixture(scope="session")
def described() -> dict[str, Any]:
    """Give all that the runner knows of the Saleor that it started."""
    known: dict[str, Any] = json.loads(Path(os.environ["STORE_JSON"]).read_text())
    return known


@pytest.fixture(scope="session")
def inside(described: dict[str, Any]) -> Callable[..., Any]:
    """Run a script of `inside/` with Saleor's interpreter, on the same database; give the JSON that it prints."""

    def run(script: str, *arguments: str, **environment: str) -> Any:
        path = Path(__file__).parent / "inside" / script
        done = subprocess.run(
            [described["python"], str(path), *arguments],
            cwd=described["root"],
            env={**described["environment"], **environment},
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def manage(described: dict[str, Any]) -> Callable[..., str]:
    """Run one of Saleor's own commands; give what it wrote."""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [described["python"], f"{described['root']}/manage.py", *arguments],
            cwd=described["root"],
            env=described["environment"],
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def update_plugin(store: Store) -> Callable[..., dict[str, Any]]:
    """Change a plugin as the dashboard does; give the mutation's payload."""

    def update(plugin: str = "custom-events", *, channel: str | None = None, **changed: Any) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        if "active" in changed:
            sent["active"] = changed.pop("active")
        if changed:
            sent["configuration"] = [{"name": name, "value": value} for name, value in changed.items()]
        variables = {"id": plugin, "channel": channel, "input": sent}
        payload: dict[str, Any] = store.ask(UPDATE_PLUGIN, variables, by="superuser")["pluginUpdate"]
        return payload

    return update


@pytest.fixture
def mailbox(store: Store, update_plugin: Callable[..., dict[str, Any]]) -> Iterator[Mailbox]:
    """A real SMTP server, and the merchant's "User emails" plugin set to it."""
    port = free_port()
    with smtp_receiver(port) as box:
        channel = store.cast["channel_id"]
        done = update_plugin(
            USER_EMAILS,
            channel=channel,
            active=True,
            host="127.0.0.1",
            port=str(port),
            sender_name="The Shop",
            sender_address="shop@example.com",
        )
        assert done["errors"] == []
        yield box
        update_plugin(USER_EMAILS, channel=channel, active=False)
