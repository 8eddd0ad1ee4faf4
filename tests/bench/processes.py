"""What a server and its workers have used of the processor, as Linux tells it."""

import os
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process and of all that it started; 0 where there is no /proc."""
    found = {number: _stat(number) for number in _numbers()}
    family, grown = {pid}, True
    while grown:
        more = {one for one, (parent, _) in found.items() if parent in family} - family
        family, grown = family | more, bool(more)
    ticks = sum(found[one][1] for one in family if one in found)
    return ticks / os.sysconf("SC_CLK_TCK")


def _numbers() -> list[int]:
    return [int(one.name) for one in Path("/proc").glob("[0-9]*")]


def _stat(pid: int) -> tuple[int, int]:
    """Return a process's parent and its ticks of CPU time."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended
        return 0, 0
    fields = text.rpartition(")")[2].split()
    return int(fields[1]), int(fields[11]) + int(fields[12])
