"""Why a webhook failed and when it is tried again, over GraphQL and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from saleor_custom_events.running.worker import run_due
from tests.graphql.conftest import Asker
from tests.log.making import fired
from tests.receiver import Receiver, receiver
from tests.running.test_worker import come, webhook
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

WHY = """
query ($number: String) {
  customEventInvocation(number: $number) {
    status reason detail dueAt endedAt
    steps { step status reason detail attempts input result endedAt }
    canResume
  }
}
"""


@pytest.fixture
def hook(settings: Settings) -> Iterator[Receiver]:
    """Give a receiver that webhooks reach."""
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    with receiver() as state:
        yield state


def sent(hook: Receiver) -> str:
    """Send a webhook to it; gives the invocation's number."""
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    (invocation,) = fired(event)
    run_due()
    return str(invocation.pk)


def row(ask: Asker, number: str, by: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the invocation as it is shown, and its only step."""
    shown = ask(WHY, {"number": number}, by=by).data["customEventInvocation"]
    (step,) = shown.pop("steps")
    return shown, step


def test_saleor_docs_977_what_the_receiver_answered_and_when_it_is_tried_again(
    ask: Asker, boss: str, hook: Receiver
) -> None:
    hook.answers = [(503, {}), (200, {})]
    hook.body = b"The warehouse sleeps."
    began = datetime.now(UTC)
    number = sent(hook)

    shown, step = row(ask, number, boss)

    assert (shown["status"], shown["endedAt"], step["endedAt"]) == ("WAITING", None, None)
    assert (step["status"], step["reason"], step["attempts"]) == ("RETRYING", "HTTP_503", 1)
    assert step["result"]["status"] == 503
    assert step["result"]["response"] == "The warehouse sleeps."
    assert step["input"]["url"] == hook.url
    next_try = datetime.fromisoformat(step["result"]["nextTryAt"])
    # Five seconds after the try, and up to a fifth more; the step tells whole ones.
    assert began + timedelta(seconds=4) < next_try < datetime.now(UTC) + timedelta(seconds=6)
    assert abs(datetime.fromisoformat(shown["dueAt"]) - next_try) < timedelta(seconds=1)

    come()
    run_due()
    shown, step = row(ask, number, boss)
    assert (shown["status"], step["status"], step["attempts"]) == ("COMPLETED", "DONE", 2)


def test_saleor_docs_977_what_is_not_tried_again_says_so_and_why(ask: Asker, boss: str, hook: Receiver) -> None:
    hook.answers = [(410, {})]
    shown, step = row(ask, sent(hook), boss)

    assert (shown["status"], shown["reason"], shown["dueAt"]) == ("FAILED", "FAILED_ACTION", None)
    assert shown["canResume"]
    assert "410" in shown["detail"]
    assert (step["status"], step["reason"], step["result"]["status"]) == ("FAILED", "HTTP_410", 410)
