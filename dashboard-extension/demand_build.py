"""Hatchling's hook: a wheel or an sdist has the dashboard inside, or is not made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DemandBuild(BuildHookInterface[Any]):
    """Looks, and builds nothing: whoever installs from an sdist has no Node."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise where the build is missing; an editable install is for those who make it afterwards."""
        if version != "editable" and not Path(self.root, "saleor_custom_events/dashboard/index.html").is_file():
            raise FileNotFoundError("The dashboard is not built: run `make dashboard` (needs Node 20) first")
