"""What the commands for scenarios as files share: who they act as, reading files, and saying what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError

from saleor_custom_events.actions.registry import actions
from saleor_custom_events.defining.permissions import Operation, needed
from saleor_custom_events.errors import Problem
from saleor_custom_events.scenarios.values import Json
from saleor_custom_events.store.callers import Caller, CallerKind

#: Exit codes: something is wrong with a file or was refused; a file cannot be read at all.
WRONG, UNREADABLE = 1, 2


def operator(command: str) -> Caller:
    """Give who runs commands: somebody who can change the database by hand may do everything here."""
    everything = frozenset().union(*map(needed, Operation), *(action.permissions for action in actions()))
    return Caller(kind=CallerKind.PYTHON, name=f"manage.py {command}", permissions=everything)


def read_json(path: Path) -> Json:
    """Read a file. CommandError with the exit code 2 where it cannot be read or is no JSON."""
    try:
        read: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CommandError(f"{path}: {error}", returncode=UNREADABLE) from None
    return read


def lines_of(path: Path, problems: Iterable[Problem]) -> list[str]:
    """Give one line for each problem: file, place, code, sentence."""
    return [f"{path}: {problem.field or '(the whole)'}: {problem.code}: {problem.message}" for problem in problems]
