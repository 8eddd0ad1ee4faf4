"""Gate reports: what the long gates found, beside each lab's files."""

import json
from pathlib import Path
from typing import Any

from console.labs.files import LabFile
from console.labs.files.reader import REPORT
from console.labs.trials.gates import SEEDS


def report_of(lab: LabFile, faults: list[str]) -> dict[str, Any]:
    """Return a report; it has no time in it, so that the same result is the same file."""
    return {"lab": lab.slug, "hash": lab.hash, "seeds": SEEDS, "faults": faults}


def write_report(lab: LabFile, folder: Path, faults: list[str]) -> None:
    text = json.dumps(report_of(lab, faults), indent=1, ensure_ascii=False)
    (folder / REPORT).write_text(f"{text}\n", encoding="utf-8")


def is_vouched_for(lab: LabFile, folder: Path) -> bool:
    """Return whether the folder's report is about these very files, and has no fault."""
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(report == report_of(lab, []))
