"""Django's commands in the sandbox: `python -m saleor_custom_events.hosts.sandbox.manage <command>`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

OUR_SETTINGS = "saleor_custom_events.hosts.sandbox.settings"


def use_our_settings() -> None:
    """Choose the sandbox's settings. Exits with a sentence where the environment names other ones."""
    named = os.environ.setdefault("DJANGO_SETTINGS_MODULE", OUR_SETTINGS)
    if named != OUR_SETTINGS:
        sys.exit(f"The sandbox store runs under its own settings, not under DJANGO_SETTINGS_MODULE={named}")


if __name__ == "__main__":
    use_our_settings()
    execute_from_command_line([sys.argv[0], *sys.argv[1:]])
