"""One call of the engine: from step to step, until something is needed that it has not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from saleor_custom_events.scenarios.awaiting import awaited_at, first_of, since_of
from saleor_custom_events.scenarios.conditions import Scope, holds, needs_customer, wanted_by
from saleor_custom_events.scenarios.definition import (
    ActionStep,
    CommentStep,
    ConditionStep,
    Definition,
    ExitStep,
    Past,
    SetVariableStep,
    SplitStep,
    Step,
    WaitForEventStep,
    WaitForTimeStep,
    WaitStep,
    WaitUntilStep,
)
from saleor_custom_events.scenarios.facts import OccurrenceFacts
from saleor_custom_events.scenarios.leaving import left_early, shown_of
from saleor_custom_events.scenarios.limits import MAX_VARIABLE, MAX_VISITS
from saleor_custom_events.scenarios.live import Live, Wanted
from saleor_custom_events.scenarios.outcomes import Reason, Status, StepStatus
from saleor_custom_events.scenarios.progress import (
    Act,
    Acted,
    Ask,
    Awaited,
    End,
    Known,
    Look,
    Next,
    Passed,
    ScenarioFacts,
    State,
    Wait,
)
from saleor_custom_events.scenarios.signs import Seen
from saleor_custom_events.scenarios.splitting import branch_of
from saleor_custom_events.scenarios.templates import (
    NOTHING_READ,
    TemplateFailed,
    context_of,
    references_named,
    render,
)
from saleor_custom_events.scenarios.values import Json, value_to_json
from saleor_custom_events.scenarios.waits import NoUntil, WaitingStep, references_of, until_of

_KINDS: Mapping[type[WaitingStep], str] = {
    WaitStep: "wait",
    WaitUntilStep: "waitUntil",
    WaitForTimeStep: "waitForTime",
    WaitForEventStep: "waitForEvent",
}
#: What waits are called in a definition and in the log.
WAITS = frozenset(_KINDS.values())


class Walk:
    """One call of `advance`: what it has come to so far."""

    def __init__(
        self,
        definition: Definition,
        state: State,
        occurrence: OccurrenceFacts,
        now: datetime,
        scenario: ScenarioFacts,
        known: Known | None,
        happened: Sequence[OccurrenceFacts] | None,
        live: Live | None,
        seen: Seen | None,
    ) -> None:
        self.state = state
        self.passed: list[Passed] = []
        self._definition = definition
        self._occurrence = occurrence
        self._now = now
        self._scenario = scenario
        # Where nothing names a customer of the store, nobody has to be asked.
        self._known = known if known or occurrence.has_customer else Known(None)
        self._happened = happened
        self._live = live
        self._seen = seen or Seen()

    def leave_action(self, acted: Acted) -> None:
        """Go on behind the action that has been performed. ValueError where none stands there."""
        step = self._definition.step(self.state.step) if self.state.step else None
        if not isinstance(step, ActionStep):
            raise ValueError(f"No action stands at {self.state.step!r}.")
        self._give(step, acted.output)
        self._go_on(step.next)

    def take_step(self) -> Next | None:
        """Do what the step at hand says; None where the next one can follow at once."""
        if self.state.step is None:
            return End(Status.COMPLETED)
        if self.state.visit > MAX_VISITS:
            return self._end(Status.FAILED, Reason.LIMIT)
        step = self._definition.step(self.state.step)
        if step is None:
            return self._end(Status.FAILED, Reason.DEFINITION)
        if isinstance(step, ActionStep):
            return Act(step)
        takes: Mapping[type[Step], Callable[[Any], Next | None]] = {
            ConditionStep: self._decide,
            SplitStep: self._split,
            SetVariableStep: self._set_variable,
            CommentStep: self._pass_comment,
            ExitStep: self._exit,
        }
        return takes.get(type(step), self._wait)(step)

    def _decide(self, step: ConditionStep) -> Next | None:
        comparisons: list[Json] = []
        for i, branch in enumerate(step.branches):
            if self._live is None and wanted_by([branch.when], self._occurrence):
                # For all branches at once: what they see is of one moment.
                return Ask(wanted_by((branch.when for branch in step.branches), self._occurrence))
            if self._known is None and needs_customer(branch.when):
                return Ask()
            decided, compared = holds(branch.when, self._scope())
            comparisons += [{"branch": i, **entry} for entry in compared if isinstance(entry, dict)]
            if decided:
                self._note(step, "condition", {"branch": i, "comparisons": comparisons})
                return self._go_on(branch.next)
        self._note(step, "condition", {"branch": "otherwise", "comparisons": comparisons})
        return self._go_on(step.otherwise)

    def _split(self, step: SplitStep) -> Next | None:
        chosen = branch_of(step, self._occurrence, self._scenario.id)
        weights: list[Json] = [branch.weight for branch in step.branches]
        self._note(step, "split", {"branch": chosen, "weights": weights})
        return self._go_on(step.branches[chosen].next)

    def _set_variable(self, step: SetVariableStep) -> Next | None:
        # By the word in the template: asking once too often does no harm.
        if self._known is None and "customer" in step.value:
            return Ask()
        if self._live is None and (references := references_named(step.value, self._occurrence)):
            return Ask(Wanted(references=references))
        try:
            value = render(step.value, self._context())
        except TemplateFailed as failed:
            return self._fail(step, "setVariable", Reason.TEMPLATE, str(failed))
        if len(value) > MAX_VARIABLE:
            message = f"A variable holds {MAX_VARIABLE} characters at most; this came to {len(value)}."
            return self._fail(step, "setVariable", Reason.LIMIT, message)
        self.state = replace(self.state, variables={**self.state.variables, step.name: value})
        self._note(step, "setVariable", {"name": step.name, "value": value, **(self._live.said if self._live else {})})
        return self._go_on(step.next)

    def _pass_comment(self, step: CommentStep) -> Next | None:
        self._note(step, "comment", {})
        return self._go_on(step.next)

    def _exit(self, step: ExitStep) -> Next:
        self._note(step, "exit", {})
        return self._end(Status.COMPLETED, Reason.EXIT)

    def _wait(self, step: WaitingStep) -> Next | None:
        kind, said = _KINDS[type(step)], dict[str, Json]()
        if self.state.wait_until is None:
            if self._live is None and (read := references_of(step, self._occurrence)):
                return Ask(Wanted(references=read))
            found = until_of(step, self._scope(), self._now, self._scenario.zone)
            if isinstance(found, NoUntil):
                return self._without_date(step, kind, found)
            said = dict(found.said)
            if isinstance(step, WaitUntilStep) and found.at < self._now and step.past is Past.EXIT:
                self._note(step, kind, {"until": found.at.isoformat(), **said})
                return self._end(Status.COMPLETED, Reason.EXIT_PAST)
            self.state = replace(self.state, wait_until=found.at)
        until = self.state.wait_until
        assert until is not None
        awaits, signs = awaited_at(self._definition, step, self.state, self._occurrence), self._definition.signs
        if signs and self._known is None:
            # By whose names, as the store knows them, signs are looked for.
            return Ask()
        if (awaits or signs) and self._happened is None:
            return Look(until, awaits, signs)
        decision: dict[str, Json] = {"until": until.isoformat(), **said}
        if left := self._leave_early(step, kind, decision):
            return left
        if isinstance(step, WaitForEventStep):
            return self._await(step, until, awaits, decision)
        if self._now < until:
            return Wait(until, kind, awaits, signs, said)
        self._note(step, kind, decision)
        return self._go_on(step.next, since=until)

    def _await(
        self, step: WaitForEventStep, until: datetime, awaits: tuple[Awaited, ...], decision: dict[str, Json]
    ) -> Next | None:
        found = first_of(
            step.event,
            step.filter,
            self._happened or (),
            self._occurrence,
            self._scenario,
            since=since_of(self.state, self._occurrence),
            until=until,
        )
        if found is not None:
            one = found.occurrence
            self._give(step, {field.name: value_to_json(field.value) for field in one.fields})
            self._note(step, "waitForEvent", {**decision, "branch": "happened", **shown_of(found)})
            return self._go_on(step.happened, since=one.registered_at)
        if self._now < until:
            return Wait(until, "waitForEvent", awaits, self._definition.signs, {"event": step.event})
        self._note(step, "waitForEvent", {**decision, "branch": "timedOut", "event": step.event})
        return self._go_on(step.timed_out, since=until)

    def _without_date(self, step: WaitingStep, kind: str, found: NoUntil) -> Next | None:
        if found.reason is Reason.LIMIT:
            return self._fail(step, kind, found.reason, found.detail)
        assert isinstance(step, WaitUntilStep)
        self._note(step, kind, {}, StepStatus.SKIPPED, found.reason, found.detail)
        if step.past is Past.EXIT:
            return self._end(Status.COMPLETED, found.reason, found.detail)
        return self._go_on(step.next)

    def _leave_early(self, step: Step, kind: str, decision: Mapping[str, Json]) -> End | None:
        seen, consented = self._seen, self.state.consented
        if seen.consents is not None:
            self.state = replace(self.state, consented=consented or seen.consents)
        happened, begun = self._happened or (), self._occurrence
        left = left_early(self._definition, happened, seen, begun, self._scenario, consented=consented)
        if left is None:
            return None
        self._note(step, kind, {**decision, **left.shown}, StepStatus.SKIPPED, Reason.EXIT_EARLY)
        return self._end(Status.COMPLETED, Reason.EXIT_EARLY, left.detail)

    def _scope(self) -> Scope:
        customer = self._known.customer if self._known else None
        return Scope(
            occurrence=self._occurrence,
            customer=customer,
            outputs=self.state.outputs,
            variables=self.state.variables,
            live=self._live,
            now=self._now,
        )

    def _context(self) -> Mapping[str, object]:
        return context_of(
            self._occurrence,
            customer=self._known.customer if self._known else None,
            scenario_id=self._scenario.id,
            scenario_name=self._scenario.name,
            scenario_version=self._scenario.version,
            outputs=self.state.outputs,
            variables=self.state.variables,
            reading=self._live.reading if self._live else NOTHING_READ,
        )

    def _give(self, step: Step, output: Mapping[str, Json]) -> None:
        if output:
            self.state = replace(self.state, outputs={**self.state.outputs, step.id: output})

    def _go_on(self, target: str | None, *, since: datetime | None = None) -> Next | None:
        """Stand before the next step: None, since it can follow at once. `since`: when a wait was over."""
        if since is not None:
            since = max(since, since_of(self.state, self._occurrence))
        self.state = replace(
            self.state,
            step=target,
            visit=self.state.visit + 1,
            wait_until=None,
            repeats=None,
            since=since or self.state.since,
        )
        # What was looked for there is not what is awaited here, and what the store had is not what it has.
        self._happened = self._live = None
        self._seen = Seen()
        return None

    def _end(self, status: Status, reason: Reason, detail: str = "") -> End:
        self.state = replace(self.state, step=None, wait_until=None)
        return End(status, reason, detail)

    def _fail(self, step: Step, kind: str, reason: Reason, detail: str) -> End:
        """End at a step that cannot be gone through; the state stays before it, so that it can be retried."""
        self._note(step, kind, {}, StepStatus.FAILED, reason, detail)
        return End(Status.FAILED, reason, detail)

    def _note(
        self,
        step: Step,
        kind: str,
        decision: Mapping[str, Json],
        status: StepStatus = StepStatus.DONE,
        reason: Reason | None = None,
        detail: str = "",
    ) -> None:
        self.passed.append(
            Passed(
                step=step.id,
                visit=self.state.visit,
                kind=kind,
                status=status,
                decision=decision,
                at=self._now,
                reason=reason,
                detail=detail,
            )
        )
