"""SQL as values: statements with their parameters, and rows as arrays. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement with psycopg's placeholders."""

    sql: str
    parameters: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as arrays, one parameter a column: the statement's text does not grow with the rows."""

    columns: tuple[tuple[str, str], ...]
    values: tuple[tuple[Any, ...], ...]

    @property
    def source(self) -> str:
        """Give what stands behind FROM: the rows under the name `n`."""
        arrays = ", ".join(f"%s::{kind}[]" for _, kind in self.columns)
        return f"unnest({arrays}) AS n({', '.join(name for name, _ in self.columns)})"

    @property
    def parameters(self) -> tuple[list[Any], ...]:
        """Give a list a column."""
        return tuple(list(column) for column in zip(*self.values, strict=True))


#: The call that `n` is of was accepted: its id is new, so nobody else can have made this row.
ACCEPTED = "EXISTS (SELECT 1 FROM saleor_custom_events_occurrence o WHERE o.id = n.occurrence_id)"

#: The invocation that `n` made, as `v`, while nothing has kept it from starting.
MADE = """saleor_custom_events_invocation v
  ON v.occurrence_id = n.occurrence_id AND v.scenario_id = n.scenario_id AND v.retry_of IS NULL
  AND v.due_at IS NOT NULL"""


def only_the_last(rows: Rows, name: str, status: str, reason: str) -> Statement:
    """Of several invocations that one transaction made under the same name, a column of `rows` within the scenario,
    end all but the last: each for the one behind it.
    """
    return Statement(
        f"""
UPDATE saleor_custom_events_invocation i
SET status = %s, reason = %s, due_at = NULL, ended_at = i.created_at, superseded_by = behind.occurrence_id
FROM (
  SELECT v.id, lead(n.occurrence_id) OVER (PARTITION BY n.scenario_id, n.{name} ORDER BY v.id) AS occurrence_id
  FROM {rows.source} JOIN {MADE}) behind
WHERE i.id = behind.id AND behind.occurrence_id IS NOT NULL""",  # noqa: S608
        (status, reason, *rows.parameters),
    )
