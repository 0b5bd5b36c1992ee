"""The tables, and nothing else. No foreign key leads into Saleor: its objects are named by their global ids."""

from saleor_custom_events.models.anonymous_link import AnonymousLink
from saleor_custom_events.models.awaiting import Awaiting, Happening
from saleor_custom_events.models.erasure import Erasure, ErasureCause, ErasureStatus, Tombstone
from saleor_custom_events.models.event import CustomEvent
from saleor_custom_events.models.heartbeat import Heartbeat
from saleor_custom_events.models.history import Deed, ScenarioChange
from saleor_custom_events.models.installation import Installation
from saleor_custom_events.models.invocation import Invocation, StepRun
from saleor_custom_events.models.issued_code import IssuedCode
from saleor_custom_events.models.key import Key, KeyType
from saleor_custom_events.models.lane import Lane
from saleor_custom_events.models.mail_trial import MailTrial, WebhookTrial
from saleor_custom_events.models.occurrence import DataFields, IdempotencyKey, Occurrence
from saleor_custom_events.models.pause import Pause
from saleor_custom_events.models.refusal import Refusal
from saleor_custom_events.models.replay import Replay, ReplayStatus
from saleor_custom_events.models.reveal import Reveal, RevealKind
from saleor_custom_events.models.scenario import (
    Scenario,
    ScenarioEntry,
    ScenarioStart,
    ScenarioStatus,
    ScenarioVersion,
)
from saleor_custom_events.models.store_happening import SeenMetadata, StoreHappening
from saleor_custom_events.models.suppression import Suppression
from saleor_custom_events.models.tally import Tally, TallyChange
from saleor_custom_events.models.violation import ViolationCount
from saleor_custom_events.models.walk import Walk

__all__ = [
    "AnonymousLink",
    "Awaiting",
    "CustomEvent",
    "DataFields",
    "Deed",
    "Erasure",
    "ErasureCause",
    "ErasureStatus",
    "Happening",
    "Heartbeat",
    "IdempotencyKey",
    "Installation",
    "Invocation",
    "IssuedCode",
    "Key",
    "KeyType",
    "Lane",
    "MailTrial",
    "Occurrence",
    "Pause",
    "Refusal",
    "Replay",
    "ReplayStatus",
    "Reveal",
    "RevealKind",
    "Scenario",
    "ScenarioChange",
    "ScenarioEntry",
    "ScenarioStart",
    "ScenarioStatus",
    "ScenarioVersion",
    "SeenMetadata",
    "StepRun",
    "StoreHappening",
    "Suppression",
    "Tally",
    "TallyChange",
    "Tombstone",
    "ViolationCount",
    "Walk",
    "WebhookTrial",
]
