"""What a worker leaves when the database goes away: due at once when it is back, and suspected of nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from saleor_custom_events.models import Invocation
from saleor_custom_events.running import worker
from saleor_custom_events.running.suspects import MAX_CLAIMS
from saleor_custom_events.running.worker import run_due
from tests.receiver import Receiver
from tests.running.test_worker import fired, webhook
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)


def breaking(work: Callable[..., Any], times: int) -> Callable[..., Any]:
    """The same, after it has lost its connection so many times."""
    left = iter(range(times))

    def broken(*given: Any, **named: Any) -> Any:
        if next(left, None) is not None:
            raise OperationalError("the connection is closed")
        return work(*given, **named)

    return broken


@pytest.mark.parametrize("place", ["load", "carry_on"])
def test_however_often_the_database_goes_away_nothing_is_put_aside_and_all_of_it_runs_at_once(
    place: str, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    for _ in range(3):
        fired(event)
    monkeypatch.setattr(worker, place, breaking(getattr(worker, place), 3 * MAX_CLAIMS))
    for _ in range(3 * MAX_CLAIMS):
        with pytest.raises(OperationalError):
            run_due()
    assert set(Invocation.objects.values_list("claims", flat=True)) == {1}
    run_due()
    assert set(Invocation.objects.values_list("status", "reason")) == {("completed", "")}
    assert len({request.headers["idempotency-key"] for request in hook.requests}) == len(hook.requests) == 3


def test_a_fault_of_ours_gives_nothing_back(hook: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    a_scenario(event, steps=[webhook(hook.url)])
    fired(event)

    def broken(*_: Any) -> Any:
        raise KeyError("ours")

    with monkeypatch.context() as patched:
        patched.setattr(worker, "load", broken)
        with pytest.raises(KeyError):
            run_due()
    run_due()
    assert hook.requests == [], "its lease has not ended"
