"""What is paused at this moment, asked of the database every time: no process knows it from before.

Throwing a switch and throwing it back stands here, holding and letting go of work in `running/holding.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction

from saleor_custom_events.models import Pause

#: The name of the switch for everything.
EVERYTHING = "all"


class PauseKind(StrEnum):
    """What a pause is of."""

    ALL = "all"
    EVENT = "event"
    ACTION = "action"


def event_name(number: int) -> str:
    """Give the name of the pause of an event."""
    return f"{PauseKind.EVENT.value}:{number}"


def action_name(action: str) -> str:
    """Give the name of the pause of an action, by the action's name."""
    return f"{PauseKind.ACTION.value}:{action}"


def kind_and_subject(name: str) -> tuple[PauseKind, str]:
    """Take a pause's name apart: its kind, and the event's number or the action's name (empty: of everything)."""
    kind, _, subject = name.partition(":")
    return PauseKind(kind), subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Paused:
    """What is in force, and what is being let go of."""

    #: Names of pauses in force.
    names: frozenset[str]
    #: Names of pauses that were ended, and may hold something still.
    draining: tuple[str, ...]
    #: The database's clock.
    at: datetime | None

    @property
    def everything(self) -> bool:
        """Say whether nothing runs at all."""
        return EVERYTHING in self.names

    def event(self, number: int) -> str | None:
        """Give the pause that keeps what this event starts from beginning."""
        return _one_of(self.names, event_name(number))

    def action(self, action: str) -> str | None:
        """Give the pause of the action of that name."""
        return _one_of(self.names, action_name(action))


def _one_of(names: frozenset[str], name: str) -> str | None:
    return name if name in names else None


def what_is_paused() -> Paused:
    """Look what is paused. One query, of a table with a row for each switch that is thrown."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
SELECT name, resumed_at IS NULL, statement_timestamp() FROM saleor_custom_events_pause
WHERE drained_at IS NULL ORDER BY name"""
        )
        rows = cursor.fetchall()
    return Paused(
        names=frozenset(row[0] for row in rows if row[1]),
        draining=tuple(row[0] for row in rows if not row[1]),
        at=rows[0][2] if rows else None,
    )


def pauses_shown() -> tuple[Pause, ...]:
    """Give the pauses in force and those that are being let go of, the oldest first."""
    return tuple(Pause.objects.filter(drained_at__isnull=True).order_by("paused_at", "pk"))


def past_pauses(most: int) -> tuple[Pause, ...]:
    """Give up to `most` pauses that are over, the last one first."""
    return tuple(Pause.objects.filter(drained_at__isnull=False).order_by("-pk")[:most])


def in_force(names: Iterable[str]) -> dict[str, Pause]:
    """Give those of the pauses of these names that are in force, with one query."""
    rows = Pause.objects.filter(name__in=set(names), drained_at__isnull=True, resumed_at__isnull=True)
    return {row.name: row for row in rows}


def paused_events(numbers: Collection[int]) -> dict[int, bool]:
    """Say of each of these events whether it is paused, with one query."""
    names = in_force(map(event_name, numbers))
    return {number: event_name(number) in names for number in numbers}


#: Of one that is being let go of, what it holds still is the new one's from now on: held work knows a name, no row.
TAKE_OVER = """
UPDATE saleor_custom_events_pause SET drained_at = statement_timestamp()
WHERE name = %s AND drained_at IS NULL AND resumed_at IS NOT NULL"""
BEGIN = """
INSERT INTO saleor_custom_events_pause (name, paused_at, paused_by, resumed_by)
VALUES (%s, statement_timestamp(), %s, '') ON CONFLICT (name) WHERE drained_at IS NULL DO NOTHING"""
#: Waits for those who hold work for it at this moment (`holding.hold`): whoever comes later finds it ended.
END = """
UPDATE saleor_custom_events_pause
SET resumed_at = statement_timestamp(), resumed_by = %s, drained_at = CASE WHEN name = %s THEN statement_timestamp() END
WHERE name = %s AND drained_at IS NULL AND resumed_at IS NULL"""


def begin_pause(name: str, by: str) -> bool:
    """Throw a switch; False where it was thrown already, whose record stays. `by`: who, as `created_by` elsewhere."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_OVER, (name,))
        cursor.execute(BEGIN, (name, by))
        return bool(cursor.rowcount)


def end_pause(name: str, by: str) -> bool:
    """Throw it back; False where it was not in force. What it holds is let go of by the workers.

    Nothing is held by the pause of everything: what is due stays where it is, and nobody claims it.
    """
    with connection.cursor() as cursor:
        cursor.execute(END, (by, EVERYTHING, name))
        return bool(cursor.rowcount)
