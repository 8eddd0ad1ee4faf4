"""What is different between the files of two versions, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

_MOST_LINES = 4000
_CONTEXT = 3
_KINDS = {"+": "added", "-": "removed", "@": "place"}


@dataclass(frozen=True)
class DiffLine:
    """A line: added, removed, the same, or the place of what follows."""

    kind: str
    text: str


@dataclass(frozen=True)
class FileDiff:
    """A file that is different; `too_long` where its lines are not compared."""

    path: str
    state: str
    lines: tuple[DiffLine, ...] = ()
    too_long: bool = False


def _lines(old: str, new: str) -> Iterator[DiffLine]:
    found = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=_CONTEXT)
    for number, line in enumerate(found):
        if number > 1:  # after the two lines that name the files
            kind = _KINDS.get(line[0], "same")
            yield DiffLine(kind, line if kind == "place" else line[1:])


def _file(path: str, old: str | None, new: str | None) -> FileDiff:
    state = "new" if old is None else "deleted" if new is None else "changed"
    before, after = old or "", new or ""
    if before.count("\n") + after.count("\n") > _MOST_LINES:
        return FileDiff(path, state, too_long=True)
    return FileDiff(path, state, tuple(_lines(before, after)))


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[FileDiff]:
    """Return the files that differ, by their names."""
    paths = sorted({*old, *new})
    return [_file(one, old.get(one), new.get(one)) for one in paths if old.get(one) != new.get(one)]
