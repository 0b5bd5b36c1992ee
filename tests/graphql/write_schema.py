"""`python -m tests.graphql.write_schema` writes the schema's file anew, after a change that is meant."""

from __future__ import annotations

import os
from pathlib import Path

import django
from graphql.utils.schema_printer import print_schema


def main() -> None:
    """Write the file beside the door."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saleor_custom_events.hosts.sandbox.settings")
    django.setup()
    from saleor_custom_events.doors.graphql import schema as module

    Path(module.__file__).with_name("schema.graphql").write_text(print_schema(module.schema))


if __name__ == "__main__":
    main()
