"""Making and changing custom events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from text_unidecode import unidecode

from saleor_custom_events.defining.checking import Checking, not_found, refused_because, signature
from saleor_custom_events.defining.fields import check_declared
from saleor_custom_events.defining.happenings import check_happenings
from saleor_custom_events.defining.permissions import Operation, demand
from saleor_custom_events.errors import Refused
from saleor_custom_events.extension.stock import keep as keep_stock_webhook
from saleor_custom_events.firing.body import MAX_GIVEN_NUMBER
from saleor_custom_events.firing.catalogue import write_declared
from saleor_custom_events.firing.fired_by import read_fired_by, write_fired_by
from saleor_custom_events.firing.store_happenings import forget as forget_listening
from saleor_custom_events.firing.values import DeclaredField, FiredBy, Violations
from saleor_custom_events.models import CustomEvent
from saleor_custom_events.store.callers import Caller
from saleor_custom_events.store.happenings import HappeningKind

_LONGEST_SLUG = 100
#: How often somebody else may take a slug or number between our look and our insert.
_ATTEMPTS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class EventChanges:
    """What to write; None leaves a member as it is (at creation: as it is by default)."""

    name: str | None = None
    slug: str | None = None
    description: str | None = None
    logging: bool | None = None
    public: bool | None = None
    declared_fields: tuple[DeclaredField, ...] | None = None
    violations: Violations | None = None
    happenings: tuple[FiredBy, ...] | None = None


def _columns(changes: EventChanges, checking: Checking) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if changes.name is not None:
        columns["name"] = checking.text("name", changes.name, longest=250, required=True)
    if changes.description is not None:
        columns["description"] = checking.text("description", changes.description, longest=10_000)
    if changes.slug is not None:
        columns["slug"] = _checked_slug(changes.slug, checking)
    if changes.declared_fields is not None:
        check_declared(changes.declared_fields, checking)
        columns["declared_fields"] = write_declared(changes.declared_fields)
    if changes.happenings is not None:
        check_happenings(changes.happenings, checking)
        columns["happenings"] = write_fired_by(changes.happenings)
    for column in ("logging", "public", "violations"):
        value = getattr(changes, column)
        if value is not None:
            columns[column] = value
    return columns


def _checked_slug(raw: str, checking: Checking) -> str:
    slug = checking.text("slug", raw, longest=_LONGEST_SLUG, required=True)
    if slug != slugify(slug):
        checking.wrong("slug", "INVALID", "Use lower-case letters a–z, digits, - and _ only.")
    return slug


def _free_slug(name: str) -> str:
    """Give a slug made from `name` that no event has: `quiz`, `quiz-2`, `quiz-3` …"""
    base = slugify(unidecode(name))[:_LONGEST_SLUG].strip("-_") or "event"
    stem = base[: _LONGEST_SLUG - 8]
    taken = set(CustomEvent.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, suffix = base, 2
    while slug in taken:
        slug, suffix = f"{stem}-{suffix}", suffix + 1
    return slug


def _check_unique(checking: Checking, *, slug: str | None, number: int | None = None, but: int = 0) -> None:
    if slug and CustomEvent.objects.filter(slug=slug).exclude(pk=but).exists():
        checking.wrong("slug", "UNIQUE", "Another event has this slug.")
    if number and CustomEvent.objects.filter(pk=number).exists():
        checking.wrong("number", "UNIQUE", "Another event has this ID.")


def _move_sequence_past(number: int) -> None:
    """Let the next event that is given no number get one above `number`, where the sequence is not there yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [CustomEvent._meta.db_table])
        (sequence,) = cursor.fetchone() or ("",)
        # The sequence's name comes from the catalogue, quoted by PostgreSQL; it cannot be a parameter here.
        cursor.execute(f"SELECT setval(%s, %s) FROM {sequence} WHERE last_value < %s", [sequence, number, number])  # noqa: S608


def create_event(caller: Caller, changes: EventChanges, *, number: int | None = None) -> CustomEvent:
    """Make a custom event.

    The slug comes from the name where none is given. `number` (1 … 2,000,000,000) is for somebody who migrates from
    another system. Refused 403, or 400 naming the members that are wrong.
    """
    demand(caller, Operation.DEFINE)
    checking = Checking()
    columns = _columns(changes, checking)
    if changes.name is None:
        checking.wrong("name", "REQUIRED", "An event needs a name.")
    if number is not None and not 1 <= number <= MAX_GIVEN_NUMBER:
        checking.wrong("number", "INVALID", f"An ID is a number from 1 to {MAX_GIVEN_NUMBER:,}.")
    checking.refuse_if_wrong()
    for _ in range(_ATTEMPTS):
        _check_unique(checking, slug=changes.slug, number=number)
        checking.refuse_if_wrong()
        try:
            # Whether slug and number are free is known for certain only by the insert: its failure is the look's
            # "somebody was faster", and the next round says so or takes the next free one.
            with transaction.atomic():
                event = CustomEvent.objects.create(
                    **{"slug": _free_slug(columns["name"])} | columns, pk=number, created_by=signature(caller)
                )
                if number is not None:
                    _move_sequence_past(number)
                _tell_who_listens(event)
            return event
        except IntegrityError:
            continue
    raise Refused(503, "BUSY", "Too many events are being made at once; try again.")


def update_event(caller: Caller, number: int, changes: EventChanges) -> CustomEvent:
    """Change a custom event. Refused 403, 404, or 400 naming the members that are wrong.

    The slug may change until the first firing: from then on callers rely on it.
    """
    demand(caller, Operation.DEFINE)
    checking = Checking()
    columns = _columns(changes, checking)
    try:
        with transaction.atomic():
            # Without the key: firings hold a share of it through their foreign keys, and must not wait for us.
            event = CustomEvent.objects.select_for_update(no_key=True).filter(pk=number).first()
            if event is None:
                raise not_found("custom event")
            if event.first_fired_at and changes.slug not in (None, event.slug):
                checking.wrong("slug", "FIXED", "The event has been fired: its slug can no longer change.")
            _check_unique(checking, slug=changes.slug, but=number)
            checking.refuse_if_wrong()
            for column, value in columns.items():
                setattr(event, column, value)
            event.save(update_fields=[*columns, "updated_at"])
            if "happenings" in columns:
                _tell_who_listens(event)
    except IntegrityError:
        raise refused_because(400, "UNIQUE", "Another event has this slug.", "slug") from None
    return event


def archive_event(caller: Caller, number: int) -> CustomEvent:
    """Archive an event: it refuses firings from now on; invocations under way go on. Refused 403 or 404."""
    return _set_archived(caller, number, archived=True)


def restore_event(caller: Caller, number: int) -> CustomEvent:
    """Let an archived event be fired again. Refused 403 or 404."""
    return _set_archived(caller, number, archived=False)


def _set_archived(caller: Caller, number: int, *, archived: bool) -> CustomEvent:
    demand(caller, Operation.DEFINE)
    now = timezone.now()
    changed = CustomEvent.objects.filter(pk=number, archived_at__isnull=archived)
    changed.update(archived_at=now if archived else None, updated_at=now)
    event = CustomEvent.objects.filter(pk=number).first()
    if event is None:
        raise not_found("custom event")
    _tell_who_listens(event)
    return event


def _tell_who_listens(event: CustomEvent) -> None:
    """Let this process know at once what events are fired by, and the store that it has to tell of stock."""
    transaction.on_commit(forget_listening, robust=True)
    if any(one.kind is HappeningKind.BACK_IN_STOCK for one in read_fired_by(event.happenings)):
        transaction.on_commit(keep_stock_webhook, robust=True)
