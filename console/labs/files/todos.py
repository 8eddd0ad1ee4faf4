"""What an author still has to do: each TODO in a lab's files is a fault, at its place."""

import re
from collections.abc import Iterator, Mapping

from console.labs.scenarios.errors import Fault

_TODO = re.compile(r"\bTODO\b:?\s*([^\"\n]*)")


def todos(files: Mapping[str, str]) -> Iterator[Fault]:
    """Find every TODO, with what it asks for."""
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), start=1):
            for found in _TODO.finditer(line):
                what = f"still to do: {found[1].strip()}"
                yield Fault(what.rstrip(" :"), name, number, found.start() + 1)
