"""Mutations of scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import graphene

from saleor_custom_events.defining import scenarios
from saleor_custom_events.doors.graphql.asking import Answering, given_members
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.inputs import (
    CustomEventScenarioCreateInput,
    CustomEventScenarioUpdateInput,
)
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.ready_types import create
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenario, CustomEventWarning
from saleor_custom_events.models import Scenario
from saleor_custom_events.store.callers import Caller


class CustomEventScenarioCreate(Answering):
    """Make a scenario with a draft, or of a ready one."""

    class Arguments:
        input = CustomEventScenarioCreateInput(required=True)

    scenario = graphene.Field(CustomEventScenario)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"scenario": create(caller, given_members(given["input"]))}


class CustomEventScenarioUpdate(Answering):
    """Save a scenario's name, draft or both. `CONFLICT` where somebody else saved since `revision` was read."""

    class Arguments:
        id = graphene.ID(required=True)
        revision = graphene.Int(required=True, description="The one it was read at.")
        input = CustomEventScenarioUpdateInput(required=True)

    scenario = graphene.Field(CustomEventScenario)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        number, members = number_of(SCENARIO, given["id"]), given_members(given["input"])
        return {"scenario": scenarios.update_scenario(caller, number, revision=given["revision"], **members)}


class CustomEventScenarioDuplicate(Answering):
    """Make a scenario with the same draft."""

    class Arguments:
        id = graphene.ID(required=True)
        name = graphene.String()

    scenario = graphene.Field(CustomEventScenario)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        number = number_of(SCENARIO, given["id"])
        return {"scenario": scenarios.duplicate_scenario(caller, number, name=given.get("name"))}


class CustomEventScenarioPublish(Answering):
    """Let the draft run from now on; invocations under way keep their version."""

    class Arguments:
        id = graphene.ID(required=True)
        revision = graphene.Int(description="Publishes only if the draft is still this one.")

    scenario = graphene.Field(CustomEventScenario)
    warnings = required_list(CustomEventWarning, resolver=lambda root, info: root.warnings or ())

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        number = number_of(SCENARIO, given["id"])
        scenario, warnings = scenarios.publish_scenario(caller, number, revision=given.get("revision"))
        return {"scenario": scenario, "warnings": warnings}


class CustomEventScenarioRevert(Answering):
    """Make the draft what a published version is."""

    class Arguments:
        id = graphene.ID(required=True)
        version = graphene.Int(required=True, description="Its number.")
        revision = graphene.Int(required=True, description="The one the draft was read at.")

    scenario = graphene.Field(CustomEventScenario)

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        number = number_of(SCENARIO, given["id"])
        reverted = scenarios.revert_scenario(caller, number, version=given["version"], revision=given["revision"])
        return {"scenario": reverted}


def _by_id(change: Callable[[Caller, int], Scenario]) -> Any:
    """Make `perform` of a mutation that takes a scenario's id and nothing else."""

    def perform(cls: type, /, caller: Caller, **given: Any) -> Mapping[str, Any]:
        return {"scenario": change(caller, number_of(SCENARIO, given["id"]))}

    return classmethod(perform)


class CustomEventScenarioPause(Answering):
    """Start nothing new; invocations under way go on."""

    class Arguments:
        id = graphene.ID(required=True)

    scenario = graphene.Field(CustomEventScenario)
    perform = _by_id(scenarios.pause_scenario)


class CustomEventScenarioResume(Answering):
    """Let a paused scenario start again."""

    class Arguments:
        id = graphene.ID(required=True)

    scenario = graphene.Field(CustomEventScenario)
    perform = _by_id(scenarios.resume_scenario)


class CustomEventScenarioArchive(Answering):
    """Put a scenario away for good; its log stays."""

    class Arguments:
        id = graphene.ID(required=True)

    scenario = graphene.Field(CustomEventScenario)
    perform = _by_id(scenarios.archive_scenario)
