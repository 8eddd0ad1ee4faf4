"""Run the sections, print their tables, write `bench.json`. One module a section."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench import (
    attempts,
    classes,
    decisions,
    drawers,
    log_ins,
    principals,
    starts,
    statements,
    wire,
)
from tests.bench.section import Measure, Row, Section
from tests.bench.site import pages, sizes, weight

SECTIONS: dict[str, Measure] = {
    "attempts": attempts.measure,
    "classes": classes.measure,
    "decisions": decisions.measure,
    "drawers": drawers.measure,
    "log_ins": log_ins.measure,
    "pages": pages.measure,
    "principals": principals.measure,
    "sizes": sizes.measure,
    "starts": starts.measure,
    "statements": statements.measure,
    "weight": weight.measure,
    "wire": wire.measure,
}
OUTPUT = Path("bench.json")
_MOST_MISSED = 3


def main(names: list[str]) -> int:
    """Measure everything, or what is named; 1 if too many targets are missed, or one for no reason.

    The reason of a miss was measured, too: it stands with its row (`Row.reason`).
    """
    sections: list[Section] = []
    for name in names or SECTIONS:
        for section in SECTIONS[name]():
            _print(section)
            sections.append(section)
    told = [
        {
            "title": section.title,
            "rows": [{**asdict(row), "met": row.met} for row in section.rows],
        }
        for section in sections
    ]
    OUTPUT.write_text(json.dumps({"python": sys.version.split()[0], "sections": told}, indent=2))
    missed = [row for section in sections for row in section.rows if row.met is False]
    return len(missed) > _MOST_MISSED or not all(row.reason for row in missed)


def _print(section: Section) -> None:
    print(f"\n{section.title}", flush=True)
    for row in section.rows:
        told = f"  {row.name:<36}{_number(row.value):>14} {row.unit:<16}{_target(row)}"
        print(told.rstrip(), flush=True)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 or value == int(value) else f"{value:,.2f}"


def _target(row: Row) -> str:
    if row.met is None:
        return ""
    missed = f"MISSED{f', since {row.reason}' if row.reason else ''}"
    return f"{row.target}: {'met' if row.met else missed}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
