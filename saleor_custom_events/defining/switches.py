"""Kill switches: who may pause everything, an event or an action, and resume it. A scenario's is its own status."""

from __future__ import annotations

from django.db import transaction

from saleor_custom_events.actions.registry import action as find_action
from saleor_custom_events.defining.checking import not_found, signature
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.errors import Problem, Refused
from saleor_custom_events.firing.fire import hint
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.pauses import EVERYTHING, action_name, begin_pause, end_pause, event_name
from saleor_custom_events.store.callers import Caller


def pause_everything(caller: Caller) -> None:
    """Let nothing run from now on; firing goes on. What is paused already stays so. Refused 403."""
    demand(caller, Operation.PAUSE)
    begin_pause(EVERYTHING, signature(caller))


def resume_everything(caller: Caller) -> None:
    """Let all run again, in the order in which it was due; what is paused by itself stays. Refused 403."""
    demand(caller, Operation.PAUSE)
    _resume(EVERYTHING, caller)


def pause_action(caller: Caller, name: str) -> None:
    """Let no step perform the action of that name; invocations wait before it. Refused 403 or 404."""
    demand(caller, Operation.PAUSE)
    _demand_action(name)
    begin_pause(action_name(name), signature(caller))


def resume_action(caller: Caller, name: str) -> None:
    """Let the action be performed again. Refused 403; one that is no longer installed may be resumed as well."""
    demand(caller, Operation.PAUSE)
    if not _resume(action_name(name), caller):
        _demand_action(name)


def pause_event(caller: Caller, number: int) -> CustomEvent:
    """Let nothing begin that the event starts; what is under way goes on, firings are kept. Refused 403 or 404."""
    demand(caller, Operation.DEFINE)
    event = _event(number)
    begin_pause(event_name(event.pk), signature(caller))
    return event


def resume_event(caller: Caller, number: int) -> CustomEvent:
    """Let begin what was fired meanwhile, and what comes. Refused 403 or 404."""
    demand(caller, Operation.DEFINE)
    event = _event(number)
    _resume(event_name(event.pk), caller)
    return event


def _resume(name: str, caller: Caller) -> bool:
    ended = end_pause(name, signature(caller))
    if ended:
        # Workers look anyway; this is so that nobody waits for the next sweep.
        transaction.on_commit(hint.ring, robust=True)
    return ended


def _event(number: int) -> CustomEvent:
    event = CustomEvent.objects.filter(pk=number).first()
    if event is None:
        raise not_found("custom event")
    return event


def _demand_action(name: str) -> None:
    if find_action(name) is None:
        message = "There is no such action."
        raise Refused(404, "NOT_FOUND", message, Problem(field="name", code="NOT_FOUND", message=message))
