"""Scenarios as files over GraphQL: giving one, and taking one after saying what that would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.exporting import export_scenario
from saleor_custom_events.defining.importing import Plan, Target, apply_import, plan_import
from saleor_custom_events.doors.graphql.asking import Answering, answering, caller, given_members
from saleor_custom_events.doors.graphql.history_types import (
    CustomEventScenarioChange,
    CustomEventScenarioMemberChange,
    of_difference,
)
from saleor_custom_events.doors.graphql.ids import SCENARIO, number_of
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON
from saleor_custom_events.doors.graphql.scenario_types import CustomEventScenario, CustomEventWarning
from saleor_custom_events.models import Scenario
from saleor_custom_events.store.callers import Caller


@answering
def resolve_export(root: Any, info: ResolveInfo, **given: Any) -> Any:
    """Answer `customEventScenarioExport`."""
    return export_scenario(caller(info), number_of(SCENARIO, given["id"]), version=given.get("version"))


class CustomEventScenarioImportInput(graphene.InputObjectType):
    """A file, and which scenario it becomes: with nothing said the one of the same name, or else a new one."""

    file = CustomEventJSON(required=True)
    scenario = graphene.ID(description="The one that it replaces the draft of.")
    as_new = graphene.Boolean(description="A new one, whatever is called the same.")
    apply = graphene.Boolean(description="Do it; otherwise it is only said what would be done.")
    revision = graphene.Int(description="Of the draft that the plan was made with: applies only if it is still that.")
    publish = graphene.Boolean(description="Let it run from now on. Needs what publishing needs.")


class CustomEventScenarioImportEvent(graphene.ObjectType):
    """What becomes of an event that the file's scenario names."""

    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    number = graphene.Int(description="Of the store's event, which stays as it is; null: it is made.")
    differs = required_list(graphene.String, description="Members in which the file differs from the store's event.")


class CustomEventScenarioImportPlan(graphene.ObjectType):
    """What importing a file does."""

    name = graphene.String(required=True)
    number = graphene.Int(description="Of the scenario whose draft it replaces; null: a new one is made.")
    revision = graphene.Int(description="Of that scenario's draft.")
    events = required_list(CustomEventScenarioImportEvent)
    starts = required_list(
        CustomEventScenarioChange,
        resolver=of_difference("starts"),
        description="Events are named by their slugs here.",
    )
    steps = required_list(CustomEventScenarioChange, resolver=of_difference("steps"))
    exits = required_list(CustomEventScenarioChange, resolver=of_difference("exits"))
    members = required_list(CustomEventScenarioMemberChange, resolver=of_difference("members"))
    store_own = required_list(
        graphene.String, description="Places of settings that name things of one store alone, as vouchers: look there."
    )

    def resolve_number(root: Plan, info: ResolveInfo) -> int | None:
        return root.scenario.pk if root.scenario else None

    def resolve_revision(root: Plan, info: ResolveInfo) -> int | None:
        return root.scenario.revision if root.scenario else None


class CustomEventScenarioImport(Answering):
    """Make a scenario of a file, or replace the draft of one: first say what that does, then do it with `apply`."""

    class Arguments:
        input = CustomEventScenarioImportInput(required=True)

    plan = graphene.Field(CustomEventScenarioImportPlan)
    scenario = graphene.Field(CustomEventScenario, description="What came of it; null: nothing was done yet.")
    warnings = required_list(
        CustomEventWarning, resolver=lambda root, info: root.warnings or (), description="Of publishing."
    )

    @classmethod
    def perform(cls, caller: Caller, **given: Any) -> Mapping[str, Any]:
        sent = given_members(given["input"])
        chosen = number_of(SCENARIO, sent["scenario"], "scenario") if "scenario" in sent else None
        target = Target(scenario=chosen, as_new=sent.get("as_new", False))
        if not sent.get("apply", False):
            return {"plan": plan_import(caller, sent["file"], target)}
        done = apply_import(
            caller,
            sent["file"],
            target,
            revision=sent.get("revision"),
            publish=sent.get("publish", False),
        )
        scenario: Scenario = done.scenario
        return {"plan": done.plan, "scenario": scenario, "warnings": done.warnings}
