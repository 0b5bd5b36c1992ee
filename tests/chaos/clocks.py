"""Clocks that can be moved: each worker runs with a small library before libc's that makes its time of day wrong."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live.store import LiveStore

SOURCE = Path(__file__).with_name("clock.c")
HOW = "install a C compiler (`apt-get install gcc libc6-dev`)"


def build_library(folder: Path) -> Path | None:
    """Compile the library into `folder`; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / "clock.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    return library


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of the workers, each by the worker's name; right until they are moved."""

    #: Where the files are that say how wrong each is.
    folder: Path
    #: None: no clock can be moved here.
    library: Path | None

    def move(self, name: str, seconds: int) -> None:
        """Let a worker's clock be so wrong from now on: behind where negative, right where 0."""
        file = self._file(name)
        file.touch()
        with file.open("r+b") as written:  # in its place: the processes have it mapped
            written.write(struct.pack("q", seconds))

    @contextmanager
    def on(self, live: LiveStore, name: str) -> Iterator[None]:
        """Start processes that have the clock of this worker."""
        usual = live.processes.environment
        live.processes.environment = {**usual, **self._environment(name)}
        try:
            yield
        finally:
            live.processes.environment = usual

    def _environment(self, name: str) -> Mapping[str, str]:
        if self.library is None:
            return {}
        if not self._file(name).exists():
            self.move(name, 0)
        return {"LD_PRELOAD": str(self.library), "CHAOS_CLOCK": str(self._file(name))}

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}-clock"
