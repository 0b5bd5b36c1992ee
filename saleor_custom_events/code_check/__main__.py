"""`python -m saleor_custom_events.code_check --catalogue events.json src/`: the check without a store beside it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from saleor_custom_events.code_check.command import UNREADABLE, CannotCheck, add_options, check, read_files


def main(arguments: list[str]) -> int:
    """Print a line a finding; 0 where all is right, 1 where something is wrong, 2 where a file cannot be read."""
    parser = ArgumentParser(prog="python -m saleor_custom_events.code_check", description=__doc__)
    add_options(parser, needs_catalogue=True)
    options = parser.parse_args(arguments)
    try:
        return check(options, read_files(options.catalogue), print)
    except CannotCheck as error:
        print(error, file=sys.stderr)  # noqa: T201, a command of its own
        return UNREADABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
