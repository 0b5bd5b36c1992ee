"""Who may ask what: every field and every mutation, for every kind of caller. A refusal has no effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model

from saleor_custom_events import models
from saleor_custom_events.doors.graphql.ids import EVENT, INVOCATION, KEY, SCENARIO, global_id
from saleor_custom_events.doors.graphql.schema import schema
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.hosts.sandbox.models import User
from saleor_custom_events.models import CustomEvent, Erasure, Invocation, Key, KeyType, Replay, Scenario, ScenarioStatus
from saleor_custom_events.pauses import EVERYTHING as EVERYTHING_PAUSED
from saleor_custom_events.pauses import action_name, begin_pause, event_name
from saleor_custom_events.running import queue
from tests.graphql.conftest import Asker, app, customer, staff
from tests.graphql.operations import CUSTOMERS, DEFINE, FOR_PEOPLE, MUTATIONS, OPERATE, QUERIES
from tests.receiver import receiver
from tests.shop import TRUSTED, a_key, a_scenario, an_event

EVERYTHING = frozenset({DEFINE, CUSTOMERS, OPERATE, "MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_STAFF"})


@dataclass(frozen=True)
class World:
    event: CustomEvent
    scenario: Scenario
    invocation: Invocation
    key: Key
    #: Where somebody answers.
    receiver: str

    @property
    def names(self) -> Mapping[str, str]:
        return {
            "EVENT": global_id(EVENT, self.event.pk),
            "NUMBER": str(self.event.pk),
            "SCENARIO": global_id(SCENARIO, self.scenario.pk),
            "INVOCATION": global_id(INVOCATION, self.invocation.pk),
            "KEY": global_id(KEY, self.key.pk),
            "RECEIVER": self.receiver,
        }


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.SALEOR_CUSTOM_EVENTS_ALLOW_LOOPBACK = True
    event = an_event(public=False)
    scenario = a_scenario(event, steps=[{"id": "end", "type": "exit"}])
    fire(Firing(event=event.pk, customer_email="anna@example.com"), TRUSTED)
    a_key(KeyType.SERVER)
    with receiver() as listening:
        yield World(event, scenario, Invocation.objects.get(), Key.objects.get(), listening.url)


def a_replay() -> Replay:
    given = {"wanted": {}, "version": "original", "versions": [], "over": 0, "total": 1}
    return Replay.objects.create(pk=1, created_at="2026-01-01T00:00:00Z", created_by="x", **given)


def an_erasure() -> Erasure:
    at = "2026-01-01T00:00:00Z"
    return Erasure.objects.create(cause="staff", asked_at=at, asked_by="x", holds_until=at, status="done")


#: What has to be so before a mutation can do anything.
BEFORE: Mapping[str, Callable[[World], object]] = {
    "customEventRestore": lambda world: CustomEvent.objects.update(archived_at="2026-01-01T00:00:00Z"),
    "customEventResume": lambda world: begin_pause(event_name(world.event.pk), "x"),
    "customEventResumeAll": lambda _: begin_pause(EVERYTHING_PAUSED, "x"),
    "customEventActionResume": lambda _: begin_pause(action_name("send_email"), "x"),
    "customEventScenarioResume": lambda world: Scenario.objects.update(status=ScenarioStatus.PAUSED),
    "customEventInvocationRetry": lambda world: queue.cancel(world.invocation.pk, "Cancelled."),
    "customEventReplay": lambda world: queue.cancel(world.invocation.pk, "Cancelled."),
    "customEventReplays": lambda world: a_replay(),
    "customEventReplayStop": lambda world: a_replay(),
    "customEventErasures": lambda world: an_erasure(),
    "customEventCustomer": lambda world: User.objects.get_or_create(pk=1, defaults={"email": "anna@example.com"}),
}

#: What says something and does nothing, or nothing to tables of ours: the store keeps the settings (`test_settings`).
WITHOUT_EFFECT = frozenset(
    {
        "customEventScenarioTest",
        "customEventScenarioTestMany",
        "customEventCustomerErase",
        "customEventSettingsUpdate",
    }
)

#: Kinds of callers who lack something: their tokens, by the permissions that are needed.
REFUSED: Mapping[str, Callable[[frozenset[str]], list[str]]] = {
    "anonymous": lambda needed: [""],
    "customer": lambda needed: [customer()],
    "staff without": lambda needed: [staff(*(EVERYTHING - {code})) for code in sorted(needed)],
    "app without": lambda needed: [app(EVERYTHING - {code}) for code in sorted(needed)],
}
ALLOWED: Mapping[str, Callable[[frozenset[str]], str]] = {
    "staff with": lambda needed: staff(*needed),
    "app with": lambda needed: app(needed),
}


def _written(template: str, world: World) -> str:
    for name, value in world.names.items():
        template = template.replace(name, value)
    return template


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of ours. Refused firings are counted on purpose, and when a key was used is noted by its use."""
    kept: list[type[Model]] = [getattr(models, name) for name in models.__all__]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in kept
        if isinstance(model, type) and issubclass(model, Model) and model is not models.Refusal
    }


def test_every_field_has_its_case() -> None:
    assert set(schema.get_query_type().fields) == set(QUERIES)
    assert set(schema.get_mutation_type().fields) == set(MUTATIONS)


@pytest.mark.parametrize(
    # What needs no permission is refused to strangers alone.
    ("field", "kind"),
    [(field, kind) for field in QUERIES for kind in REFUSED if QUERIES[field][0] or kind == "anonymous"],
)
def test_a_query_is_refused(ask: Asker, world: World, field: str, kind: str) -> None:
    needed, rest = QUERIES[field]
    for token in REFUSED[kind](needed):
        answer = ask(f"{{ {field}{_written(rest, world)} }}", by=token)

        assert answer.codes == ["PermissionDenied"]
        assert not (answer.body["data"] or {}).get(field)


@pytest.mark.parametrize("kind", ALLOWED)
@pytest.mark.parametrize("field", QUERIES)
def test_a_query_is_answered(ask: Asker, world: World, field: str, kind: str) -> None:
    needed, rest = QUERIES[field]
    BEFORE.get(field, lambda _: None)(world)

    answer = ask(f"{{ {field}{_written(rest, world)} }}", by=ALLOWED[kind](needed))

    assert answer.data[field]


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("field", MUTATIONS)
def test_a_refused_mutation_has_no_effect(ask: Asker, world: World, field: str, kind: str) -> None:
    needed, rest = MUTATIONS[field]
    BEFORE.get(field, lambda _: None)(world)
    for token in REFUSED[kind](needed):
        before = everything()

        answer = ask(f"mutation {{ {field}{_written(rest, world)} {{ errors {{ field code }} }} }}", by=token)

        (refusal,) = answer.refusals
        assert refusal[1] == _refusal_of(field, kind)
        assert everything() == before


def _refusal_of(field: str, kind: str) -> str:
    if field == "customEventFire":
        # Customers may fire what is public: they are told that this event is not.
        return {"anonymous": "CREDENTIALS_REQUIRED", "customer": "EVENT_NOT_PUBLIC"}.get(kind, "PERMISSION_DENIED")
    return "PERMISSION_DENIED"


@pytest.mark.parametrize("kind", ALLOWED)
@pytest.mark.parametrize("field", MUTATIONS)
def test_a_mutation_does_what_it_is_for(ask: Asker, world: World, field: str, kind: str) -> None:
    needed, rest = MUTATIONS[field]
    BEFORE.get(field, lambda _: None)(world)
    before = everything()

    answer = ask(
        f"mutation {{ {field}{_written(rest, world)} {{ errors {{ field code }} }} }}", by=ALLOWED[kind](needed)
    )

    if field in FOR_PEOPLE and kind == "app with":
        assert ([code for _, code in answer.refusals], everything()) == (["NOT_STAFF"], before)
        return
    assert answer.refusals == []
    assert (everything() == before) == (field in WITHOUT_EFFECT)


@pytest.mark.parametrize("field", [*QUERIES, *MUTATIONS])
def test_a_token_that_is_no_good_is_no_anonymous_caller(ask: Asker, world: World, field: str) -> None:
    before = everything()
    if field in QUERIES:
        answer = ask(f"{{ {field}{_written(QUERIES[field][1], world)} }}", by="garbage")
        assert answer.codes == ["InvalidTokenError"]
    else:
        rest = _written(MUTATIONS[field][1], world)
        answer = ask(f"mutation {{ {field}{rest} {{ errors {{ field code }} }} }}", by="garbage")
        assert answer.refusals == [(None, "INVALID_TOKEN")]
    assert everything() == before


def test_the_codes_are_settings(ask: Asker, world: World, settings: Any) -> None:
    settings.SALEOR_CUSTOM_EVENTS_PERMISSION_DEFINE = "MANAGE_PAGES"

    assert ask("{ customEvents(first: 1) { edges { cursor } } }", by=staff("MANAGE_PAGES")).data
    assert ask("{ customEvents(first: 1) { edges { cursor } } }", by=staff(DEFINE)).codes == ["PermissionDenied"]
