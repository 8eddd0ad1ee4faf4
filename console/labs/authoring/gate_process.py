"""The gates in a process of their own: so much time and memory, and no more.

A lab is data of somebody else. What its checks cost is bounded here, and a lab that goes beyond
takes nothing down but its own run.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from django.conf import settings

CPU_SECONDS = 240
MEMORY_BYTES = 1536 * 1024 * 1024
WALL_SECONDS = 900
COMMAND = (sys.executable, "-m", "django", "lab_gates")
_PAUSE = 0.5
_TOO_LONG = (
    f"The gates needed more than {CPU_SECONDS // 60} minutes of computing time. "
    "Make the world smaller, or the answers fewer."
)
_TOO_LARGE = "The gates needed more memory than a lab may take. Make the world smaller."
_BROKEN = "The gates broke off. Nothing is known of this lab; run them again."


@dataclass(frozen=True)
class GateProgress:
    """How far the gates are: the step that runs, how many are behind it, and how many there are."""

    step: str = ""
    done: int = 0
    steps: int = 0


class GateProcess:
    """A process that runs the gates of a lab's files; `faults` and `error` are there at its end."""

    def __init__(self, slug: str, files: Mapping[str, str]) -> None:
        self.faults: list[str] = []
        self.error = ""
        self._input = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 closed by exit
        self._output = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
        json.dump({"slug": slug, "files": dict(files)}, self._input)
        self._input.seek(0)
        self._read = 0
        self._ended = False

    def __enter__(self) -> "GateProcess":
        self._process = subprocess.Popen(  # noqa: S603
            COMMAND,
            cwd=settings.BASE_DIR,
            stdin=self._input,
            stdout=self._output,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._output.close()

    def progress(self) -> Iterator[GateProgress]:
        """Yield how far the gates are, twice a second, until they end."""
        until, latest = monotonic() + WALL_SECONDS, GateProgress()
        while self._process.poll() is None:
            latest = self._latest(latest)
            yield latest
            if monotonic() > until:
                self.error = _TOO_LONG
                return
            sleep(_PAUSE)
        self._latest(latest)
        self._explain()

    def _latest(self, latest: GateProgress) -> GateProgress:
        self._output.seek(self._read)
        text = self._output.read()
        whole, newline, _ = text.rpartition("\n")
        self._read += len((whole + newline).encode())
        for line in whole.splitlines():
            latest = self._note(json.loads(line)) or latest
        return latest

    def _note(self, row: dict[str, Any]) -> GateProgress | None:
        if "step" in row:
            return GateProgress(row["step"], row["done"], row["steps"])
        self._ended = True
        self.faults = row.get("faults", [])
        self.error = _TOO_LARGE if row.get("memory") else ""
        return None

    def _explain(self) -> None:
        """Put into words why a process came to no end."""
        if not self._ended:
            by_limit = self._process.returncode < 0
            self.error = _TOO_LONG if by_limit else _BROKEN
