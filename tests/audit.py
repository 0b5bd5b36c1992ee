"""`make audit`: known vulnerabilities of what is pinned, by pip-audit (the OSV database) and npm."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

EXTENSION = Path(__file__).parents[1] / "dashboard-extension"
NOBODY = "not checked: no advisory service"


def main(requirements: list[str]) -> int:
    """Print what is known; 1 where something is, 0 where nothing is, or nobody could be asked."""
    return max(_of_python(requirements), _of_the_dashboard())


def _of_python(requirements: list[str]) -> int:
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--format", "json"]
    # Everything is pinned with its hash, so nothing has to be resolved.
    command += ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--timeout", "10"]
    for file in requirements:
        command += ["--requirement", file]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        if "ConnectionError" not in done.stderr and "ServiceError" not in done.stderr:
            print(done.stderr, file=sys.stderr)
            return 1
        print(f"Python: {NOBODY}")
        return 0
    known = [(one["name"], one["version"], found) for one in dependencies for found in one.get("vulns", ())]
    for name, version, found in known:
        fixed = ", ".join(found["fix_versions"]) or "no release yet"
        print(f"{name} {version}: {found['id']}, mended in {fixed}")
    print(f"Python: {len(dependencies)} packages checked, {len(known)} vulnerabilities known")
    return 1 if known else 0


def _of_the_dashboard() -> int:
    """Judge by the lock file alone: nothing has to be installed."""
    command = ["npm", "audit", "--package-lock-only", "--json"]
    try:
        done = subprocess.run(command, cwd=EXTENSION, capture_output=True, text=True, timeout=60)
        found: dict[str, Any] = json.loads(done.stdout)["vulnerabilities"]
    except (OSError, ValueError, KeyError, subprocess.TimeoutExpired):
        print(f"Dashboard: {NOBODY}")
        return 0
    for name, one in found.items():
        print(f"{name} {one['range']}: {one['severity']}, {'mended' if one['fixAvailable'] else 'no release yet'}")
    print(f"Dashboard: {len(found)} packages with known vulnerabilities")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
