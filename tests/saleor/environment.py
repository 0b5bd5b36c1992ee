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


def install_beside(saleor: Saleor, folder: Path) -> Path:
    """Install our wheel into an environment that sees Saleor's packages; give its interpreter.

    Saleor's own environment stays as it was. Raises NotPossible where installing would change the version of a
    package that Saleor locks: pip puts what it changes into the new environment, where it is found.
    """
    overlay = folder / "venv"
    run(saleor.base, "-m", "venv", "--clear", overlay)
    python = overlay / "bin" / "python"
    ours = Path(output(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (ours / "saleor-beside.pth").write_text(f"import site; site.addsitedir({str(saleor.packages)!r})\n")
    wheels = folder / "wheel"
    for old in wheels.glob("*.whl"):
        old.unlink()
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", wheels)
    (wheel,) = wheels.glob("*.whl")
    run(python, "-m", "pip", "install", "-q", wheel)
    locked, added = _versions(python, saleor.packages), _versions(python, ours)
    changed = sorted((locked.keys() & added.keys()) - {"pip", "setuptools"})
    if changed:
        lines = ", ".join(f"{name} {locked[name]} → {added[name]}" for name in changed)
        raise NotPossible(f"installing changed what Saleor locks: {lines}")
    print("      new beside Saleor's: " + ", ".join(f"{n} {v}" for n, v in sorted(added.items()) if n != "pip"))
    return python


def _versions(python: Path, packages: Path) -> dict[str, str]:
    versions: dict[str, str] = json.loads(output(python, "-c", _VERSIONS, packages))
    return versions


def run(program: Path | str, *arguments: object, cwd: Path = REPOSITORY) -> None:
    """Run to the end. Raises CalledProcessError."""
    subprocess.run([str(program), *map(str, arguments)], check=True, cwd=cwd)


def output(program: Path | str, *arguments: object) -> str:
    """Run to the end and give what it wrote. Raises CalledProcessError."""
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
