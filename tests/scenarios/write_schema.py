"""`python -m tests.scenarios.write_schema` writes the JSON Schema's file anew, after a change that is meant."""

from __future__ import annotations

import json
import os
from pathlib import Path

import django

KEPT = Path(__file__).parents[2] / "docs" / "scenario.schema.json"


def written() -> str:
    """Give the file's text: for the actions of this package, whatever else is installed here."""
    from saleor_custom_events.actions.registry import actions
    from saleor_custom_events.defining.files import file_schema

    ours = [action for action in actions() if type(action).__module__.startswith("saleor_custom_events.")]
    return json.dumps(file_schema(ours), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")
    django.setup()
    KEPT.write_text(written())


if __name__ == "__main__":
    main()
