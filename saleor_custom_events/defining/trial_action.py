"""One action tried by itself, with its settings as they stand in a form: filled in and rendered as in a real run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from saleor_custom_events.actions.base import Action, InvocationFacts
from saleor_custom_events.actions.forms import read_settings
from saleor_custom_events.actions.rendering import Stopped, rendered_settings
from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.dry_run import customer_of, logged_occurrence
from saleor_custom_events.defining.made_up import made_up
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.trial import next_version, scenario_to_try
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.catalogue import facts_of
from saleor_custom_events.live_state import ask_store
from saleor_custom_events.models import Scenario
from saleor_custom_events.scenarios.definition import ActionStep
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.live import Wanted
from saleor_custom_events.scenarios.references import Reading
from saleor_custom_events.scenarios.templates import NOTHING_READ, context_of, references_named
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller, CallerKind
from saleor_custom_events.store.customers import Customer

#: The step's id in what is sent: in the form it may not have one yet.
STEP = "test"
#: Whom a made-up occurrence is of, where whoever asks has no address of their own.
_NOBODY = "customer@example.com"


@dataclass(frozen=True, kw_only=True, slots=True)
class Filling:
    """What an action is filled in with."""

    scenario: Scenario
    occurrence: OccurrenceFacts
    #: Whom the store knows by what the occurrence says.
    customer: Customer | None

    def facts(self, occurrence: OccurrenceFacts | None = None) -> InvocationFacts:
        """Give the invocation that would be, of another occurrence where one is given."""
        return InvocationFacts(
            id=0,
            scenario_id=self.scenario.pk,
            scenario_name=self.scenario.name,
            scenario_version=next_version(self.scenario),
            step=STEP,
            visit=1,
            attempt=1,
            occurrence=occurrence or self.occurrence,
            customer=self.customer,
        )


def may_fill_in(caller: Caller, occurrence_id: str | None) -> None:
    """Pass, or raise Refused 403: of a logged occurrence one learns whose it is, of a made-up one nothing."""
    demand(caller, Operation.DEFINE if occurrence_id is None else Operation.TEST_WITH_OCCURRENCE)


def filled_in(caller: Caller, scenario_id: int, *, event_id: int | None, occurrence_id: str | None) -> Filling:
    """Give an occurrence of the log (its UUID), or one made up of what an event (its number) declares: exactly one.

    Of one that is made up the caller stands for the customer. Refused 400, 404. Who may, `may_fill_in` says.
    """
    if (event_id is None) == (occurrence_id is None):
        raise refused_because(400, "INVALID", "Give either an occurrence's id or an event.", "occurrenceId")
    scenario = scenario_to_try(scenario_id)
    if event_id is not None:
        occurrence = made_up(event_id, caller.name if caller.kind is CallerKind.STAFF else _NOBODY)
    else:
        occurrence = facts_of(logged_occurrence(occurrence_id))
    return Filling(scenario=scenario, occurrence=occurrence, customer=customer_of(occurrence))


def rendered_with(action: Action[Any], written: Json, filling: Filling) -> Any:
    """Give the action's rendered Settings. Refused 400 with the settings' problems, or with what came of them."""
    if not isinstance(written, dict):
        raise refused_because(400, "INVALID", "This has to be an object.", "settings")
    if problems := read_settings(action, written, "settings")[1]:
        raise Refused(400, "INVALID", "These settings cannot be sent yet.", *problems)
    step = ActionStep(id=STEP, action=action.name, config=written, next=None)
    context = context_of(
        filling.occurrence,
        customer=filling.customer,
        scenario_id=filling.scenario.pk,
        scenario_name=filling.scenario.name,
        scenario_version=next_version(filling.scenario),
        outputs=_outputs(filling.scenario),
        reading=_reading(written, filling),
    )
    rendered = rendered_settings(action, step, context)
    if isinstance(rendered, Stopped):
        raise refused_because(400, rendered.reason.value, rendered.detail, "settings")
    return rendered


def _reading(written: Json, filling: Filling) -> Reading:
    named = references_named(str(written), filling.occurrence)
    if not named:
        return NOTHING_READ
    return ask_store([(filling.occurrence, filling.customer, Wanted(references=named))])[0].reading


def _outputs(scenario: Scenario) -> dict[str, dict[str, Json]]:
    """Give a code for each step of the saved draft that issues one: nothing is issued for a test."""
    steps = scenario.draft.get("steps") if isinstance(scenario.draft, dict) else None
    issuing = [one for one in steps or () if isinstance(one, dict) and one.get("action") == "issue_voucher_code"]
    return {str(step.get("id")): {"code": "TEST-CODE", "expiresAt": None} for step in issuing}
