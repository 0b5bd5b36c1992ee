"""`manage.py custom_events_code_check PATH…`: whether code fires only events that this store has."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from saleor_custom_events.code_check.catalogue import Catalogue
from saleor_custom_events.code_check.command import RIGHT, UNREADABLE, CannotCheck, add_options, check, read_files
from saleor_custom_events.defining.knowing import known_events


class Command(BaseCommand):
    """Checks a storefront's code against the store's events."""

    help = (
        "Reads JavaScript, TypeScript, Python, GraphQL, JSON and shell, and prints a line for each call that fires an "
        "event that this store has not, lacks a data field that it requires, or gives one of a wrong type. The exit is "
        "1 where something is wrong, 2 where a file cannot be read. With --catalogue no database is asked; without a "
        "store at all: python -m saleor_custom_events.code_check."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the paths and options."""
        add_options(parser, needs_catalogue=False)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings."""
        given = Namespace(**options)
        try:
            catalogue = read_files(given.catalogue) if given.catalogue else Catalogue(known_events())
            ended = check(given, catalogue, self.stdout.write)
        except CannotCheck as error:
            raise CommandError(str(error), returncode=UNREADABLE) from None
        if ended != RIGHT:
            raise CommandError("the code does not fit the store's events", returncode=ended)
