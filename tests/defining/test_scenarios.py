"""Making, changing and publishing scenarios."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from saleor_custom_events.defining.events import archive_event
from saleor_custom_events.defining.scenarios import (
    archive_scenario,
    create_scenario,
    duplicate_scenario,
    pause_scenario,
    publish_scenario,
    resume_scenario,
    revert_scenario,
    update_scenario,
)
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fire import Receipt, fire
from saleor_custom_events.firing.values import Firing
from saleor_custom_events.models import (
    CustomEvent,
    Invocation,
    Scenario,
    ScenarioStart,
    ScenarioStatus,
    ScenarioVersion,
)
from tests.defining.people import BOSS, MARKETER
from tests.shop import TRUSTED, all_is_alive, an_event

pytestmark = pytest.mark.django_db

MAIL = {
    "id": "mail",
    "type": "action",
    "action": "send_email",
    "config": {"subject": "Hi", "text": "Hello"},
    "next": None,
}
END = {"id": "end", "type": "exit"}


def draft(*events: CustomEvent, steps: list[dict[str, Any]] | None = None, **start: Any) -> dict[str, Any]:
    """Give a definition that starts from `events`."""
    starts = [{"id": f"s{i}", "type": "customEvent", "event": e.pk, **start} for i, e in enumerate(events)]
    return {"spec": 1, "starts": starts, "steps": [END] if steps is None else steps}


def published(event: CustomEvent, **more: Any) -> Scenario:
    """Give a scenario that runs."""
    made = create_scenario(BOSS, "Welcome", draft(event, **more))
    return publish_scenario(BOSS, made.pk)[0]


def fired(event: CustomEvent) -> Receipt:
    return fire(Firing(event=event.pk, customer_email="anna@example.com"), TRUSTED)


def _wrong(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.value.problems}


def starts_of(scenario: Scenario) -> set[tuple[int, bool]]:
    return set(ScenarioStart.objects.filter(scenario=scenario).values_list("event_id", "published"))


def test_a_new_scenario_is_an_empty_draft() -> None:
    made = create_scenario(MARKETER, " Welcome ")

    assert (made.name, made.status, made.revision, made.published) == ("Welcome", "draft", 1, None)
    assert made.draft == {"spec": 1, "starts": [], "steps": []}


def test_a_draft_may_be_incomplete() -> None:
    unfinished = {"spec": 1, "starts": [{"event": "nonsense"}], "steps": None, "note": [1, {"a": None}]}

    assert create_scenario(MARKETER, "Welcome", unfinished).draft == unfinished


@pytest.mark.parametrize(
    "wrong", [[], "text", 5, {"a": "x\0"}, {"\ud800": 1}, {"a": "x" * 300_000}], ids=lambda w: str(w)[:20]
)
def test_a_draft_that_cannot_be_stored_is_refused(wrong: Any) -> None:
    with pytest.raises(Refused) as refused:
        create_scenario(MARKETER, "Welcome", wrong)

    assert {problem.field for problem in refused.value.problems} == {"draft"}
    assert Scenario.objects.count() == 0


def test_a_draft_that_is_nested_too_deeply_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(500):
        deep = {"a": deep}
    with pytest.raises(Refused):
        create_scenario(MARKETER, "Welcome", deep)


def test_saving_needs_the_revision_that_was_read() -> None:
    made = create_scenario(MARKETER, "Welcome")
    update_scenario(BOSS, made.pk, revision=1, name="Boss was here")

    with pytest.raises(Refused) as refused:
        update_scenario(MARKETER, made.pk, revision=1, name="Mine")

    assert (refused.value.status, refused.value.code) == (409, "CONFLICT")
    assert "boss@example.com" in refused.value.message
    made.refresh_from_db()
    assert f"{made.updated_at:%Y-%m-%d %H:%M:%S} UTC" in refused.value.message
    assert (made.name, made.revision) == ("Boss was here", 2)
    assert update_scenario(MARKETER, made.pk, revision=2, name="Mine").revision == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_time_one_wins_and_the_other_is_told() -> None:
    made = create_scenario(MARKETER, "Welcome")

    def save(name: str) -> str:
        try:
            update_scenario(MARKETER, made.pk, revision=1, name=name)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return name

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(save, "abcdef"))

    made.refresh_from_db()
    assert sorted(results)[:5] == ["CONFLICT"] * 5
    assert made.name == sorted(results)[5]
    assert made.revision == 2


def test_what_a_draft_and_a_version_listen_to_is_kept_in_step() -> None:
    one, two, three = an_event(), an_event(), an_event()
    made = create_scenario(BOSS, "Welcome", draft(one))
    assert starts_of(made) == {(one.pk, False)}

    publish_scenario(BOSS, made.pk)
    assert starts_of(made) == {(one.pk, False), (one.pk, True)}

    update_scenario(BOSS, made.pk, revision=1, draft=draft(two, three))
    assert starts_of(made) == {(one.pk, True), (two.pk, False), (three.pk, False)}

    publish_scenario(BOSS, made.pk)
    assert starts_of(made) == {(two.pk, True), (three.pk, True), (two.pk, False), (three.pk, False)}

    archive_scenario(BOSS, made.pk)
    assert starts_of(made) == set()


def test_a_draft_may_name_an_event_that_does_not_exist_but_not_be_published() -> None:
    made = create_scenario(BOSS, "Welcome", draft(CustomEvent(pk=999_999)))
    assert starts_of(made) == set()

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk)

    assert _wrong(refused) == {("starts[0].event", "NOT_FOUND")}


def test_a_published_scenario_starts_and_a_new_version_starts_from_then_on() -> None:
    event = an_event()
    scenario = published(event)
    fired(event)
    publish_scenario(BOSS, scenario.pk)
    fired(event)

    numbers = Invocation.objects.order_by("pk").values_list("version__number", flat=True)
    assert list(numbers) == [1, 2]


def test_publishing_names_every_problem_with_its_place() -> None:
    event = an_event()
    steps = [{"id": "w", "type": "wait", "duration": "soon", "next": "gone"}, END]
    made = create_scenario(BOSS, "Welcome", draft(event, steps=steps))

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk)

    assert refused.value.status == 400
    assert "steps[0].duration" in {field for field, _ in _wrong(refused)}
    assert ScenarioVersion.objects.count() == 0
    made.refresh_from_db()
    assert made.status == ScenarioStatus.DRAFT


def test_a_scenario_without_start_point_cannot_be_published() -> None:
    made = create_scenario(BOSS, "Welcome", draft())

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk)

    assert {field for field, _ in _wrong(refused)} == {"starts"}


def test_a_scenario_cannot_be_published_on_an_archived_event() -> None:
    event = an_event()
    made = create_scenario(BOSS, "Welcome", draft(event))
    archive_event(BOSS, event.pk)

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk)

    assert _wrong(refused) == {("starts[0].event", "ARCHIVED")}


def test_an_event_that_an_action_fires_has_to_exist_as_well() -> None:
    event, fired_on = an_event(), an_event()
    step = {"id": "on", "type": "action", "action": "fire_event", "config": {"event": fired_on.pk}, "next": None}
    made = create_scenario(BOSS, "Welcome", draft(event, steps=[step]))
    archive_event(BOSS, fired_on.pk)

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk)

    assert _wrong(refused) == {("steps[0].config.event", "ARCHIVED")}


def test_publishing_a_revision_that_is_not_the_newest_is_a_conflict() -> None:
    made = create_scenario(BOSS, "Welcome", draft(an_event()))
    update_scenario(BOSS, made.pk, revision=1, name="Changed")

    with pytest.raises(Refused) as refused:
        publish_scenario(BOSS, made.pk, revision=1)

    assert refused.value.code == "CONFLICT"
    assert publish_scenario(BOSS, made.pk, revision=2)[0].status == ScenarioStatus.ACTIVE


def test_nobody_publishes_an_action_that_he_may_not_do_by_hand() -> None:
    made = create_scenario(MARKETER, "Welcome", draft(an_event(), steps=[MAIL]))

    with pytest.raises(Refused) as refused:
        publish_scenario(MARKETER, made.pk)

    assert (refused.value.status, refused.value.code) == (403, "PERMISSION_DENIED")
    assert "MANAGE_USERS" in refused.value.message
    assert _wrong(refused) == {("mail", "PERMISSION_DENIED")}
    assert ScenarioVersion.objects.count() == 0
    assert publish_scenario(BOSS, made.pk)[0].status == ScenarioStatus.ACTIVE


@pytest.mark.parametrize(
    "again",
    [
        lambda number: resume_scenario(MARKETER, number),
        lambda number: revert_scenario(MARKETER, number, version=1, revision=1),
    ],
    ids=["resume", "revert"],
)
def test_nobody_resumes_or_reverts_to_an_action_that_he_may_not_do_by_hand(again: Callable[[int], Scenario]) -> None:
    scenario = published(an_event(), steps=[MAIL])
    pause_scenario(MARKETER, scenario.pk)

    with pytest.raises(Refused) as refused:
        again(scenario.pk)

    assert refused.value.code == "PERMISSION_DENIED"
    scenario.refresh_from_db()
    assert (scenario.status, scenario.revision) == (ScenarioStatus.PAUSED, 1)


def test_letting_unverified_addresses_in_needs_its_own_permission() -> None:
    made = create_scenario(MARKETER, "Welcome", draft(an_event(public=True), allowUnverified=True))

    with pytest.raises(Refused) as refused:
        publish_scenario(MARKETER, made.pk)

    assert _wrong(refused) == {("s0", "PERMISSION_DENIED")}
    assert publish_scenario(BOSS, made.pk)[0].status == ScenarioStatus.ACTIVE


@pytest.mark.parametrize(
    ("public", "allowed", "warned"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_publishing_warns_of_a_mailing_scenario_that_guests_cannot_start(
    settings: Any, public: bool, allowed: bool, warned: bool
) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    all_is_alive()
    event = an_event(public=public)
    made = create_scenario(BOSS, "Welcome", draft(event, steps=[MAIL], allowUnverified=allowed))

    _, warnings = publish_scenario(BOSS, made.pk)

    expected = [("UNVERIFIED_NEEDS_SWITCH", "s0", event.name)] if warned else []
    assert [(w.code, w.step, w.subject) for w in warnings] == expected


def test_publishing_warns_where_mail_cannot_be_sent(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    all_is_alive()
    made = create_scenario(BOSS, "Welcome", draft(an_event(), steps=[MAIL]))

    _, warnings = publish_scenario(BOSS, made.pk)

    assert [(w.code, w.step) for w in warnings] == [("MAIL_NOT_CONFIGURED", "mail")]


def test_reverting_makes_the_draft_what_a_version_is_and_changes_nothing_that_runs() -> None:
    event, other = an_event(), an_event()
    scenario = published(event)
    update_scenario(BOSS, scenario.pk, revision=1, draft=draft(other))
    publish_scenario(BOSS, scenario.pk)

    reverted = revert_scenario(BOSS, scenario.pk, version=1, revision=2)

    assert reverted.draft == draft(event)
    assert reverted.revision == 3
    assert reverted.published is not None
    assert reverted.published.number == 2
    assert starts_of(scenario) == {(event.pk, False), (other.pk, True)}


def test_a_version_that_does_not_exist_is_not_found() -> None:
    scenario = published(an_event())

    with pytest.raises(Refused) as refused:
        revert_scenario(BOSS, scenario.pk, version=7, revision=1)

    assert _wrong(refused) == {("version", "NOT_FOUND")}


def test_a_paused_scenario_starts_nothing_until_it_is_resumed() -> None:
    event = an_event()
    scenario = published(event)

    pause_scenario(BOSS, scenario.pk)
    assert [i.reason for i in fired(event).invocations] == ["SKIPPED_PAUSED"]
    publish_scenario(BOSS, scenario.pk)
    assert [i.reason for i in fired(event).invocations] == ["SKIPPED_PAUSED"]

    resume_scenario(BOSS, scenario.pk)
    assert [i.outcome for i in fired(event).invocations] == ["started"]


def test_pausing_again_changes_nothing() -> None:
    scenario = published(an_event())

    assert pause_scenario(BOSS, scenario.pk).status == ScenarioStatus.PAUSED
    assert pause_scenario(BOSS, scenario.pk).status == ScenarioStatus.PAUSED


def test_a_draft_can_be_neither_paused_nor_resumed() -> None:
    made = create_scenario(BOSS, "Welcome")

    for change in (pause_scenario, resume_scenario):
        with pytest.raises(Refused) as refused:
            change(BOSS, made.pk)
        assert refused.value.code == "WRONG_STATUS"


def test_an_archived_scenario_starts_nothing_and_cannot_be_changed() -> None:
    event = an_event()
    scenario = published(event)

    archive_scenario(BOSS, scenario.pk)

    assert [i.reason for i in fired(event).invocations] == ["SKIPPED_NO_SCENARIO"]
    for change in (
        lambda: update_scenario(BOSS, scenario.pk, revision=1, name="New"),
        lambda: publish_scenario(BOSS, scenario.pk),
        lambda: revert_scenario(BOSS, scenario.pk, version=1, revision=1),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "ARCHIVED"


def test_a_duplicate_is_a_draft_of_its_own() -> None:
    scenario = published(an_event())

    copy = duplicate_scenario(MARKETER, scenario.pk)

    assert copy.pk != scenario.pk
    assert (copy.name, copy.status, copy.revision, copy.draft) == ("Welcome (2)", "draft", 1, scenario.draft)
    assert starts_of(copy) == {(event, False) for event, _ in starts_of(scenario)}
