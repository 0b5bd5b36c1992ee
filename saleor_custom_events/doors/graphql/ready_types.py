"""Ready scenarios over GraphQL: which there are, and a new scenario made of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.defining.checking import refused_because
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.defining.ready_scenarios import (
    Choice,
    ReadyScenario,
    create_ready,
    definition_in,
    ready_scenarios,
)
from saleor_custom_events.defining.scenarios import create_scenario
from saleor_custom_events.doors.graphql.action_types import CustomEventLabel
from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.doors.graphql.enums import InputEnum, LanguageEnum
from saleor_custom_events.doors.graphql.ids import EVENT, number_of
from saleor_custom_events.doors.graphql.loading import loads
from saleor_custom_events.doors.graphql.pages import required_list
from saleor_custom_events.doors.graphql.scalars import CustomEventJSON
from saleor_custom_events.models import Scenario
from saleor_custom_events.store.callers import Caller


class CustomEventReadyAsk(graphene.ObjectType):
    """What only the merchant can know."""

    name = graphene.String(required=True, description="As in `answers`.")
    input = graphene.Field(InputEnum, required=True, description="What an editor shows for it.")
    label = graphene.Field(CustomEventLabel, required=True)
    help = graphene.Field(CustomEventLabel, required=True)


class CustomEventReadyEvent(graphene.ObjectType):
    """An event that a ready scenario names."""

    slug = graphene.String(required=True)
    label = graphene.Field(CustomEventLabel, required=True)
    help = graphene.Field(CustomEventLabel, required=True, description="When it is to be fired.")
    is_fired_by_store = graphene.Boolean(required=True, description="No code has to fire it.")
    existing = graphene.Field(
        # By its name: the module of events needs types beside this one.
        "saleor_custom_events.doors.graphql.event_types.CustomEvent",
        resolver=loads("event_by_slug", "slug"),
        description="The store's event of this slug, which is taken unless another is named; null: it would be made.",
    )


class CustomEventReadyScenario(graphene.ObjectType):
    """A scenario that works as it stands, once what it asks is answered."""

    name = graphene.String(required=True, description="As `customEventScenarioCreate` takes it.")
    label = graphene.Field(CustomEventLabel, required=True)
    help = graphene.Field(CustomEventLabel, required=True)
    asks = required_list(CustomEventReadyAsk)
    events = required_list(CustomEventReadyEvent)
    definition = graphene.Field(
        CustomEventJSON,
        required=True,
        language=graphene.Argument(LanguageEnum, required=True),
        description="What it does, with the slugs of its events, and nothing where it asks.",
    )

    def resolve_definition(root: ReadyScenario, info: ResolveInfo, language: str) -> Any:
        return definition_in(root, language)


@answering
def resolve_ready(root: Any, info: ResolveInfo) -> tuple[ReadyScenario, ...]:
    """Answer `customEventReadyScenarios`."""
    demand(caller(info), Operation.SEE_DEFINITIONS)
    return tuple(ready_scenarios().values())


def create(caller: Caller, sent: Mapping[str, Any]) -> Scenario:
    """Make a scenario with what was sent: a draft, or a ready scenario. Refused where it is neither, or both."""
    demand(caller, Operation.DEFINE)
    if "ready" not in sent:
        _refuse_members(sent, "language", "answers", "events", message="This goes with a ready scenario alone.")
        if "name" not in sent:
            raise refused_because(400, "REQUIRED", "A scenario needs a name.", "name")
        return create_scenario(caller, sent["name"], sent.get("draft"))
    _refuse_members(sent, "draft", message="A ready scenario brings its own draft.")
    if "language" not in sent:
        raise refused_because(400, "REQUIRED", "Say the language of its texts.", "language")
    events = {one["slug"]: number_of(EVENT, one["event"], f"events.{one['slug']}") for one in sent.get("events", ())}
    choice = Choice(name=sent["ready"], language=sent["language"], answers=_answers(sent), events=events)
    return create_ready(caller, choice, title=sent.get("name"))


def _refuse_members(sent: Mapping[str, Any], *names: str, message: str) -> None:
    for name in names:
        if name in sent:
            raise refused_because(400, "INVALID", message, name)


def _answers(sent: Mapping[str, Any]) -> Mapping[str, str]:
    answers = sent.get("answers", {})
    if not isinstance(answers, dict) or not all(isinstance(answer, str) for answer in answers.values()):
        raise refused_because(400, "INVALID", "This has to be an object of texts.", "answers")
    return answers
