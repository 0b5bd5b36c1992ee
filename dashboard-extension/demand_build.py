"""Hatchling's hook: a wheel or an sdist has the dashboard and the storefront client inside, or is not made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = ("dashboard/index.html", "client/client.js", "client/client.d.ts")


class DemandBuild(BuildHookInterface[Any]):
    """Looks, and builds nothing: whoever installs from an sdist has no Node."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raise where the build is missing; an editable install is for those who make it afterwards."""
        package = Path(self.root, "saleor_custom_events")
        missing = [name for name in BUILT if not (package / name).is_file()]
        if version != "editable" and missing:
            raise FileNotFoundError(f"{', '.join(missing)}: not built. Run `make dashboard` (needs Node 20) first")
