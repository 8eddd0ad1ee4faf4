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

SECTIONS: tuple[Measure, ...] = (
    attempts.measure,
    classes.measure,
    decisions.measure,
    drawers.measure,
    log_ins.measure,
    principals.measure,
    starts.measure,
    statements.measure,
    wire.measure,
)
OUTPUT = Path("bench.json")


def main() -> int:
    """Measure everything; 1 if a target is missed."""
    sections = [section for measure in SECTIONS for section in measure()]
    for section in sections:
        _print(section)
    told = [
        {
            "title": section.title,
            "rows": [{**asdict(row), "met": row.met} for row in section.rows],
        }
        for section in sections
    ]
    OUTPUT.write_text(json.dumps({"python": sys.version.split()[0], "sections": told}, indent=2))
    return any(row.met is False for section in sections for row in section.rows)


def _print(section: Section) -> None:
    print(f"\n{section.title}")
    for row in section.rows:
        print(f"  {row.name:<36}{_number(row.value):>14} {row.unit:<16}{_target(row)}".rstrip())


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 or value == int(value) else f"{value:,.2f}"


def _target(row: Row) -> str:
    if row.met is None:
        return ""
    return f"{row.target}: {'met' if row.met else 'MISSED'}"


if __name__ == "__main__":
    sys.exit(main())
