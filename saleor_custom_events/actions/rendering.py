"""From an action's step to what the action is given: the same way in a real run and in a dry run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saleor_custom_events.actions.base import Action
from saleor_custom_events.actions.forms import read_settings, render_settings
from saleor_custom_events.actions.registry import action as find_action
from saleor_custom_events.scenarios.definition import ActionStep, EventStart
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.outcomes import Reason, StepStatus
from saleor_custom_events.scenarios.templates import TemplateFailed


@dataclass(frozen=True, slots=True)
class Stopped:
    """The step is over before its action was tried: left out, or failed."""

    #: SKIPPED or FAILED.
    status: StepStatus
    reason: Reason
    detail: str = ""


def allowed_action(step: ActionStep, occurrence: OccurrenceFacts, start: EventStart | None) -> Action[Any] | Stopped:
    """Give the step's action; stopped where nobody brings it, or where it is not for unverified addresses."""
    found = find_action(step.action)
    if found is None:
        return Stopped(StepStatus.FAILED, Reason.DEFINITION, f"There is no action {step.action!r}.")
    allowed = occurrence.identity.is_verified or (start is not None and start.allow_unverified)
    if found.needs_verified and not allowed:
        return Stopped(StepStatus.SKIPPED, Reason.UNVERIFIED)
    return found


def rendered_settings(action: Action[Any], step: ActionStep, context: Mapping[str, object]) -> Any | Stopped:
    """Give the action's Settings, rendered (`templates.context_of` makes `context`); stopped where they cannot be."""
    settings, problems = read_settings(action, step.config, "config")
    if problems or settings is None:
        message = "; ".join(f"{p.field}: {p.message}" for p in problems)
        return Stopped(StepStatus.FAILED, Reason.DEFINITION, message)
    try:
        return render_settings(settings, context)
    except TemplateFailed as failed:
        return Stopped(StepStatus.FAILED, Reason.TEMPLATE, str(failed))


def needs_customer(step: ActionStep) -> bool:
    """Say whether a step's action looks at the customer.

    By the word in its templates: asking once too often does no harm.
    """
    found = find_action(step.action)
    return found is not None and (found.needs_customer or "customer" in str(step.config))
