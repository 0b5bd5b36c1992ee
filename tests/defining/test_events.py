"""Making and changing custom events."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from saleor_custom_events.defining.events import (
    EventChanges,
    archive_event,
    create_event,
    restore_event,
    update_event,
)
from saleor_custom_events.errors import Refused
from saleor_custom_events.firing.fire import fire
from saleor_custom_events.firing.values import DeclaredField, Firing, Violations
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.scenarios.values import FieldType
from tests.defining.people import BOSS, MARKETER
from tests.shop import TRUSTED

pytestmark = pytest.mark.django_db


def _wrong(refused: pytest.ExceptionInfo[Refused]) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Finished the size quiz", "finished-the-size-quiz"),
        ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
        ("北京", "bei-jing"),
        ("!!!", "event"),
        ("a" * 250, "a" * 100),
    ],
)
def test_the_slug_comes_from_the_name(name: str, slug: str) -> None:
    assert create_event(MARKETER, EventChanges(name=name)).slug == slug


def test_a_second_event_of_the_same_name_gets_another_slug() -> None:
    slugs = [create_event(MARKETER, EventChanges(name="Quiz")).slug for _ in range(3)]

    assert slugs == ["quiz", "quiz-2", "quiz-3"]


def test_even_a_longest_slug_can_be_numbered() -> None:
    first, second = (create_event(MARKETER, EventChanges(name="b" * 200)).slug for _ in range(2))

    assert first != second
    assert len(second) <= 100


def test_who_made_it_is_kept() -> None:
    assert create_event(MARKETER, EventChanges(name="Quiz")).created_by == "VXNlcjoy marketer@example.com"


def test_logging_is_on_and_public_is_off_by_default() -> None:
    event = create_event(MARKETER, EventChanges(name="Quiz"))

    assert (event.logging, event.public, event.violations) == (True, False, "off")


def test_a_given_number_is_taken_and_the_next_event_gets_one_above() -> None:
    given = create_event(MARKETER, EventChanges(name="Migrated"), number=5_000_000)
    following = create_event(MARKETER, EventChanges(name="New"))

    assert given.pk == 5_000_000
    assert following.pk == 5_000_001


def test_a_low_number_does_not_move_the_sequence_back() -> None:
    create_event(MARKETER, EventChanges(name="High"), number=6_000_000)
    create_event(MARKETER, EventChanges(name="Low"), number=5_999_000)

    assert create_event(MARKETER, EventChanges(name="New")).pk == 6_000_001


@pytest.mark.parametrize("number", [0, -1, 2_000_000_001])
def test_a_number_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(Refused) as refused:
        create_event(MARKETER, EventChanges(name="Quiz"), number=number)

    assert _wrong(refused) == {("number", "INVALID")}


def test_a_number_or_slug_that_is_taken_is_refused() -> None:
    taken = create_event(MARKETER, EventChanges(name="Quiz", slug="quiz"))
    with pytest.raises(Refused) as refused:
        create_event(MARKETER, EventChanges(name="Other", slug="quiz"), number=taken.pk)

    assert _wrong(refused) == {("number", "UNIQUE"), ("slug", "UNIQUE")}
    assert CustomEvent.objects.count() == 1


def test_everything_that_is_wrong_is_named_at_once() -> None:
    fields = (
        DeclaredField(name="score", type=FieldType.NUMBER),
        DeclaredField(name="score", type=FieldType.TEXT),
        DeclaredField(name=" x", type=FieldType.TEXT),
        DeclaredField(name="", type=FieldType.TEXT),
    )
    with pytest.raises(Refused) as refused:
        create_event(
            MARKETER,
            EventChanges(name="  ", slug="Not A Slug", description="a\0b", declared_fields=fields),
            number=-5,
        )

    assert _wrong(refused) == {
        ("name", "REQUIRED"),
        ("slug", "INVALID"),
        ("description", "INVALID"),
        ("dataFields[1].name", "UNIQUE"),
        ("dataFields[2].name", "INVALID"),
        ("dataFields[3].name", "REQUIRED"),
        ("number", "INVALID"),
    }
    assert CustomEvent.objects.count() == 0


@pytest.mark.parametrize("name", ["a\0", "\ud800", "x" * 251])
def test_a_name_that_cannot_be_stored_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        create_event(MARKETER, EventChanges(name=name))

    assert {field for field, _ in _wrong(refused)} == {"name"}


def test_an_update_changes_what_is_given_and_nothing_else() -> None:
    event = create_event(
        MARKETER, EventChanges(name="Quiz", description="Old", public=True, violations=Violations.REJECT)
    )

    update_event(MARKETER, event.pk, EventChanges(name="Size quiz", logging=False))

    event.refresh_from_db()
    assert (event.name, event.logging) == ("Size quiz", False)
    assert (event.slug, event.description, event.public, event.violations) == ("quiz", "Old", True, "reject")


def test_the_slug_may_change_until_the_first_firing() -> None:
    event = create_event(MARKETER, EventChanges(name="Quiz"))
    assert update_event(MARKETER, event.pk, EventChanges(slug="size-quiz")).slug == "size-quiz"

    fire(Firing(event=event.pk, customer_email="anna@example.com"), TRUSTED)

    with pytest.raises(Refused) as refused:
        update_event(MARKETER, event.pk, EventChanges(slug="other", name="Other"))
    assert _wrong(refused) == {("slug", "FIXED")}
    event.refresh_from_db()
    assert (event.slug, event.name) == ("size-quiz", "Quiz")
    # Sending the slug that it has, as a form does, is no change.
    assert update_event(MARKETER, event.pk, EventChanges(slug="size-quiz", name="Other")).name == "Other"


def test_another_events_slug_is_refused_in_an_update() -> None:
    create_event(MARKETER, EventChanges(name="Quiz"))
    event = create_event(MARKETER, EventChanges(name="Other"))

    with pytest.raises(Refused) as refused:
        update_event(MARKETER, event.pk, EventChanges(slug="quiz"))

    assert _wrong(refused) == {("slug", "UNIQUE")}


def test_an_archived_event_refuses_firings_until_it_is_restored() -> None:
    event = create_event(MARKETER, EventChanges(name="Quiz"))
    firing = Firing(event=event.pk, customer_email="anna@example.com")

    assert archive_event(MARKETER, event.pk).archived_at is not None
    with pytest.raises(Refused) as refused:
        fire(firing, TRUSTED)
    assert refused.value.code == "EVENT_ARCHIVED"

    assert restore_event(MARKETER, event.pk).archived_at is None
    assert fire(firing, TRUSTED).occurrence_id


def test_archiving_again_keeps_the_first_moment() -> None:
    event = create_event(MARKETER, EventChanges(name="Quiz"))
    first = archive_event(MARKETER, event.pk).archived_at

    assert archive_event(MARKETER, event.pk).archived_at == first
    assert first is not None
    assert first <= timezone.now()


@pytest.mark.parametrize("change", [archive_event, restore_event])
def test_what_does_not_exist_is_not_found(change: object) -> None:
    with pytest.raises(Refused) as refused:
        change(BOSS, 987_654)  # type: ignore[operator]

    assert (refused.value.status, refused.value.code) == (404, "NOT_FOUND")


@pytest.mark.django_db(transaction=True)
def test_events_made_at_the_same_time_all_get_a_slug_and_a_number() -> None:
    def make(number: int | None) -> str:
        try:
            return create_event(MARKETER, EventChanges(name="Quiz"), number=number).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        slugs = list(threads.map(make, [None, 30_000_000, None, 10_000_000, None, 20_000_000, None, None]))

    assert len(set(slugs)) == len(slugs)
    assert CustomEvent.objects.count() == len(slugs)
