"""`make audit`: known vulnerabilities of what the requirements pin, by pip-audit and the OSV database."""

from __future__ import annotations

import json
import subprocess
import sys


def main(requirements: list[str]) -> int:
    """Print what is known; 1 where something is, 0 where nothing is, or nobody could be asked."""
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
        print("not checked: no advisory service")
        return 0
    known = [(one["name"], one["version"], found) for one in dependencies for found in one.get("vulns", ())]
    for name, version, found in known:
        fixed = ", ".join(found["fix_versions"]) or "no release yet"
        print(f"{name} {version}: {found['id']}, mended in {fixed}")
    print(f"{len(dependencies)} packages checked, {len(known)} vulnerabilities known")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
