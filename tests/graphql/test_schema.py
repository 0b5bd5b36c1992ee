"""The schema is kept as a file, and is what the contract says it is."""

from __future__ import annotations

from pathlib import Path

from graphql.utils.schema_printer import print_schema

import saleor_custom_events.doors.graphql
from saleor_custom_events.doors.graphql.schema import schema

KEPT = Path(saleor_custom_events.doors.graphql.__file__).parent / "schema.graphql"
#: Types that are not ours and have the same name, and where needed the same class, in every host.
SHARED = {"Query", "Mutation", "Node", "PageInfo", "DateTime", "String", "Int", "ID", "Boolean", "Float"}


def test_the_kept_file_is_the_schema() -> None:
    """After a change that is meant: `python -m tests.graphql.write_schema`."""
    assert KEPT.read_text() == print_schema(schema)


def test_every_type_of_ours_is_called_so() -> None:
    ours = {name for name in schema.get_type_map() if not name.startswith("__")} - SHARED

    assert ours
    assert {name for name in ours if not name.startswith("CustomEvent")} == set()


def test_every_root_field_is_called_so() -> None:
    roots = [*schema.get_query_type().fields, *schema.get_mutation_type().fields]

    assert {name for name in roots if not name.startswith("customEvent")} == set()


def test_every_root_field_brings_its_resolver() -> None:
    """A host copies fields one by one into its own schema; there is no class for graphene to look a resolver up in."""
    from saleor_custom_events.doors.graphql.schema import CustomEventMutations, CustomEventQueries

    fields = {**CustomEventQueries._meta.fields, **CustomEventMutations._meta.fields}
    assert {name for name, field in fields.items() if field.resolver is None} == set()


#: These lead back, and their resolvers refuse to go round: `test_limits.py` shows it.
REFUSING = {("CustomEventScenario", "startEvents")}


def test_no_type_leads_back_to_itself() -> None:
    """What a query costs is bounded by the schema itself: also in a host's own schema, without our limits."""
    types = schema.get_type_map()

    def reached(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        for called, field in getattr(types[name], "fields", {}).items():
            if (name, called) in REFUSING:
                continue
            kind = field.type
            while hasattr(kind, "of_type"):
                kind = kind.of_type
            if kind.name.startswith("CustomEvent"):
                reached(kind.name, (*above, name))

    reached("Query", ())
