"""Every migration is safe while the release before it still runs: nothing is taken away, no row lacks a value."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.fields import NOT_PROVIDED

from saleor_custom_events import migrations as ours

#: The first release made all tables at once; nothing ran before.
FIRST = "0001_initial"
#: What may do anything: its docstring says what, and whoever reads it why that is safe.
BY_HAND = migrations.RunSQL | migrations.RunPython | migrations.SeparateDatabaseAndState | migrations.AlterField


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(ours.__path__):
        yield importlib.import_module(f"{ours.__name__}.{found.name}")


LATER = [one for one in modules() if not one.__name__.endswith(FIRST)]


def needs_a_value(field: models.Field) -> bool:
    """Whether a row that the release before writes, which does not know the column, would be refused."""
    has_default = getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED
    return not (field.null or has_default or field.many_to_many or getattr(field, "generated", False))


def unsafe(operation: object, made: set[str]) -> str | None:
    """Say what of an operation the release before could stumble over; None where nothing is."""
    if isinstance(operation, migrations.CreateModel):
        made.add(operation.name_lower)
        return None
    if isinstance(operation, migrations.AddField):
        new = operation.model_name_lower in made
        return f"{operation.name} needs a value" if needs_a_value(operation.field) and not new else None
    if isinstance(operation, AddIndexConcurrently | RemoveIndexConcurrently | migrations.AlterModelOptions | BY_HAND):
        return None
    if isinstance(operation, migrations.AddIndex | migrations.AddConstraint):
        new = operation.model_name_lower in made
        return None if new else f"{type(operation).__name__} locks {operation.model_name} while it works"
    return f"{type(operation).__name__} takes something away"


@pytest.mark.parametrize("module", LATER, ids=lambda module: module.__name__.rpartition(".")[2])
def test_the_release_before_goes_on(module: ModuleType) -> None:
    made: set[str] = set()
    found = {problem for one in module.Migration.operations if (problem := unsafe(one, made))}
    assert found == set()


@pytest.mark.parametrize("module", LATER, ids=lambda module: module.__name__.rpartition(".")[2])
def test_what_is_done_by_hand_says_what_it_is(module: ModuleType) -> None:
    if any(isinstance(one, BY_HAND) for one in module.Migration.operations):
        assert module.Migration.__doc__


def test_what_is_not_safe_would_be_found() -> None:
    field = models.IntegerField()
    assert unsafe(migrations.AddField("event", "x", field), set())
    assert unsafe(migrations.AddField("event", "x", models.IntegerField(default=1)), set())
    assert unsafe(migrations.AddField("event", "x", models.IntegerField(db_default=1)), set()) is None
    assert unsafe(migrations.RemoveField("event", "x"), set())
    assert unsafe(migrations.RenameField("event", "x", "y"), set())
    assert unsafe(migrations.DeleteModel("event"), set())
    assert unsafe(migrations.AddIndex("event", models.Index(fields=["x"], name="x")), set())
    assert unsafe(migrations.AddIndex("event", models.Index(fields=["x"], name="x")), {"event"}) is None
