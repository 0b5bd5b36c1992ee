"""The Saleor that is at hand: its interpreter, its code, and our package installed beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

DEFAULT_PYTHON = Path("~/saleor/.venv/bin/python")
REPOSITORY = Path(__file__).resolve().parents[2]

_DESCRIBE = """
import json, sys, sysconfig
print(json.dumps({"base": sys._base_executable, "packages": sysconfig.get_path("purelib")}))
"""
_VERSIONS = """
import json, sys
from importlib.metadata import distributions
found = distributions(path=[sys.argv[1]])
print(json.dumps({d.metadata["Name"].lower().replace("_", "-").replace(".", "-"): d.version for d in found}))
"""


class NotPossible(Exception):
    """The tests cannot run here; the message is the one line that says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Saleor:
    """A Saleor that can be started."""

    #: Its own interpreter.
    python: Path
    #: The interpreter that its virtual environment was made from.
    base: Path
    #: Its installed packages: what its lock file says.
    packages: Path
    #: Where `manage.py` is.
    root: Path


def find_saleor() -> Saleor:
    """Find Saleor by `SALEOR_PYTHON`. Raises NotPossible."""
    python = Path(os.environ.get("SALEOR_PYTHON") or DEFAULT_PYTHON).expanduser()
    if not python.exists():
        raise NotPossible(f"no Saleor here: {python} does not exist (SALEOR_PYTHON names its interpreter)")
    described = json.loads(output(python, "-c", _DESCRIBE))
    for folder in python.absolute().parents:
        if (folder / "manage.py").exists() and (folder / "saleor" / "settings.py").exists():
            root = folder
            break
    else:
        raise NotPossible(f"no Saleor here: no folder above {python} has manage.py and saleor/settings.py")
    return Saleor(python=python, base=Path(described["base"]), packages=Path(described["packages"]), root=root)


def install_beside(saleor: Saleor, folder: Path) -> tuple[Path, list[str]]:
    """Install our wheel into an environment that sees Saleor's packages.

    Gives its interpreter, and what was installed with its version.

    Saleor's own environment stays as it was. Raises NotPossible where installing would change the version of a
    package that Saleor locks: pip puts what it changes into the new environment, where it is found.
    """
    overlay = folder / "venv"
    output(saleor.base, "-m", "venv", "--clear", overlay)
    python = overlay / "bin" / "python"
    ours = Path(output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (ours / "saleor-beside.pth").write_text(f"import site; site.addsitedir({str(saleor.packages)!r})\n")
    wheels = folder / "wheel"
    for old in wheels.glob("*.whl"):
        old.unlink()
    output(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", wheels)
    (wheel,) = wheels.glob("*.whl")
    output(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel)
    locked, added = _versions(python, saleor.packages), _versions(python, ours)
    changed = sorted((locked.keys() & added.keys()) - {"pip", "setuptools"})
    if changed:
        lines = ", ".join(f"{name} {locked[name]} → {added[name]}" for name in changed)
        raise NotPossible(f"installing changed what Saleor locks: {lines}")
    return python, [f"{name} {version}" for name, version in sorted(added.items()) if name != "pip"]


def _versions(python: Path, packages: Path) -> dict[str, str]:
    versions: dict[str, str] = json.loads(output(python, "-c", _VERSIONS, packages))
    return versions


def output(program: Path | str, *arguments: object) -> str:
    """Run to the end and give what it wrote. Raises CalledProcessError, with its complaints on stderr."""
    command = [str(program), *map(str, arguments)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return done.stdout
