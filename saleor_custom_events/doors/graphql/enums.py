"""GraphQL's enums, each made once from what the floors below name. Names in capitals, as Saleor's.

Reasons and error codes are strings: actions of other packages and later releases add to them, and a client's enum
that grows breaks the client.
"""

from __future__ import annotations

from enum import Enum

import graphene

from saleor_custom_events.actions.base import Effect, Input
from saleor_custom_events.defining.permissions import Operation
from saleor_custom_events.firing.values import Privacy, Violations
from saleor_custom_events.log.results import Outcome
from saleor_custom_events.log.wording import Language
from saleor_custom_events.models import (
    Deed,
    ErasureCause,
    ErasureStatus,
    KeyType,
    ReplayStatus,
    RevealKind,
    ScenarioStatus,
)
from saleor_custom_events.pauses import PauseKind
from saleor_custom_events.running.retrying import RetryFrom, RetryVersion
from saleor_custom_events.scenarios.diffing import ChangeKind
from saleor_custom_events.scenarios.outcomes import Identity, Status, StepStatus
from saleor_custom_events.scenarios.values import FieldType
from saleor_custom_events.store.callers import CallerKind
from saleor_custom_events.store.happenings import HappeningKind


def _enum(name: str, source: type[Enum]) -> graphene.Enum:
    return graphene.Enum(name, [(member.name, member.value) for member in source])


FieldTypeEnum = _enum("CustomEventFieldTypeEnum", FieldType)
PrivacyEnum = _enum("CustomEventPrivacyEnum", Privacy)
ViolationsEnum = _enum("CustomEventViolationsEnum", Violations)
ScenarioStatusEnum = _enum("CustomEventScenarioStatusEnum", ScenarioStatus)
ScenarioDeedEnum = _enum("CustomEventScenarioDeedEnum", Deed)
ScenarioChangeKindEnum = _enum("CustomEventScenarioChangeKindEnum", ChangeKind)
InvocationStatusEnum = _enum("CustomEventInvocationStatusEnum", Status)
StepStatusEnum = _enum("CustomEventStepStatusEnum", StepStatus)
IdentityEnum = _enum("CustomEventIdentityEnum", Identity)
HappeningKindEnum = _enum("CustomEventHappeningKindEnum", HappeningKind)
CallerKindEnum = _enum("CustomEventCallerKindEnum", CallerKind)
KeyTypeEnum = _enum("CustomEventKeyTypeEnum", KeyType)
EffectEnum = _enum("CustomEventEffectEnum", Effect)
InputEnum = _enum("CustomEventInputEnum", Input)
RetryVersionEnum = _enum("CustomEventRetryVersionEnum", RetryVersion)
RetryFromEnum = _enum("CustomEventRetryFromEnum", RetryFrom)
PauseKindEnum = _enum("CustomEventPauseKindEnum", PauseKind)
ReplayStatusEnum = _enum("CustomEventReplayStatusEnum", ReplayStatus)
ErasureStatusEnum = _enum("CustomEventErasureStatusEnum", ErasureStatus)
ErasureCauseEnum = _enum("CustomEventErasureCauseEnum", ErasureCause)
RevealKindEnum = _enum("CustomEventRevealKindEnum", RevealKind)
OperationEnum = _enum("CustomEventOperationEnum", Operation)
LanguageEnum = _enum("CustomEventLanguageEnum", Language)
StepOutcomeEnum = _enum("CustomEventStepOutcomeEnum", Outcome)
OutcomeEnum = graphene.Enum("CustomEventOutcomeEnum", [("STARTED", "started"), ("SKIPPED", "skipped")])
OrderDirectionEnum = graphene.Enum("CustomEventOrderDirection", [("ASC", ""), ("DESC", "-")])
EventSortFieldEnum = graphene.Enum(
    "CustomEventSortField",
    [("NUMBER", "pk"), ("NAME", "name"), ("CREATED", "created_at"), ("LAST_FIRED", "last_fired")],
)
ScenarioSortFieldEnum = graphene.Enum(
    "CustomEventScenarioSortField",
    [("NUMBER", "pk"), ("NAME", "name"), ("CREATED", "created_at"), ("UPDATED", "updated_at")],
)
