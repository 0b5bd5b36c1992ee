"""Two web processes of one store: what one is told, the other knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from saleor_custom_events.hosts.sandbox.embedded import free_port
from saleor_custom_events.hosts.sandbox.processes import Processes
from tests.host_contract.making import Maker
from tests.live.store import LiveStore

BURST = 10
#: A key that fires BURST times, and once more in three hours.
LIMIT = {
    "SALEOR_CUSTOM_EVENTS_LIMIT_SERVER_KEY_RATE": "0.0001",
    "SALEOR_CUSTOM_EVENTS_LIMIT_SERVER_KEY_BURST": str(BURST),
}
BELOW = "/plugins/global/custom-events/"


@pytest.fixture(scope="module")
def doors(running_store: LiveStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Give the plugin's addresses at two web processes beside the usual one, on the same database and Redis."""
    environment = {**running_store.processes.environment, **LIMIT}
    ports = (free_port(), free_port())
    folders = [tmp_path_factory.mktemp("web") for _ in ports]
    with Processes(environment, Path(folders[0])) as one, Processes(environment, Path(folders[1])) as other:
        for processes, port in zip((one, other), ports, strict=True):
            processes.start_web(bind="127.0.0.1", port=port)
        yield f"http://127.0.0.1:{ports[0]}{BELOW}", f"http://127.0.0.1:{ports[1]}{BELOW}"


def test_a_key_that_was_revoked_is_refused_by_every_process_at_once(
    live_store: LiveStore, doors: tuple[str, str]
) -> None:
    make = Maker(live_store)
    key, event = make.key("SERVER"), make.event()
    body = {"customEventId": event.number, "anonymousId": "visitor"}
    assert [live_store.fire(body, credential=key, base=door).status_code for door in doors] == [202, 202]

    make.revoke(key)

    assert [live_store.fire(body, credential=key, base=door).status_code for door in doors] == [401, 401]
    assert len(make.log(event)) == 2


def test_processes_share_a_limit(live_store: LiveStore, doors: tuple[str, str]) -> None:
    make = Maker(live_store)
    key, event = make.key("SERVER"), make.event()
    body = {"customEventId": event.number, "anonymousId": "visitor"}

    turns = [door for door, _ in zip(cycle(doors), range(BURST + 4), strict=False)]
    statuses = [live_store.fire(body, credential=key, base=door).status_code for door in turns]

    assert statuses == [202] * BURST + [429] * 4
    assert len(make.log(event)) == BURST
    batch = live_store.post("fire/batch", {"events": [body] * 3}, credential=make.key("SERVER"), base=doors[0])
    assert (batch.status_code, batch.headers["RateLimit-Remaining"]) == (202, str(BURST - 3))
