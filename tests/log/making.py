"""Occurrences and what became of them, as the log reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.models import CustomEvent, Invocation, StepRun
from saleor_custom_events.scenarios.outcomes import Status, StepStatus
from tests.shop import TRUSTED

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FIELDS: dict[str, Any] = {"score": Decimal("31337.25"), "url": "https://shop.example/quiz"}


def fired(event: CustomEvent, email: str = "anna@example.com", **more: Any) -> list[Invocation]:
    """Fire `event` and give the rows that it made."""
    receipt = fire(Firing(event=event.pk, customer_email=email, data_fields=FIELDS, **more), TRUSTED)
    return list(Invocation.objects.filter(occurrence=receipt.occurrence_id).order_by("pk"))


def at(invocation: Invocation, minutes: int) -> Invocation:
    """Move a row to `minutes` after noon."""
    moment = NOON + timedelta(minutes=minutes)
    Invocation.objects.filter(pk=invocation.pk).update(created_at=moment)
    invocation.refresh_from_db()
    return invocation


def ended(invocation: Invocation, status: Status, reason: str = "", detail: str = "") -> Invocation:
    """Let a row end, as the worker would."""
    Invocation.objects.filter(pk=invocation.pk).update(
        status=status, reason=reason, detail=detail, due_at=None, ended_at=NOON
    )
    invocation.refresh_from_db()
    return invocation


def a_step(invocation: Invocation, visit: int = 1, **values: Any) -> StepRun:
    """Put a step run into the timeline."""
    given = {
        "step": f"step{visit}",
        "kind": "send_webhook",
        "status": StepStatus.DONE,
        "attempts": 1,
        "effect": "at_least_once",
        "detail": "Answered for anna@example.com",
        "input": {"url": "https://x.example/anna@example.com"},
        "result": {"status": 200, "response": "Hello, you!"},
        "started_at": NOON,
        "ended_at": NOON + timedelta(milliseconds=250),
    }
    return StepRun.objects.create(invocation=invocation, visit=visit, **given | values)
