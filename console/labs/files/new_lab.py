"""A folder for a new lab: a small lab that works, with what is still to do."""

import re
import shutil
from pathlib import Path

_SCAFFOLD = Path(__file__).parent / "scaffold"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 48


def scaffold_files() -> dict[str, str]:
    """Return the files of a new lab, by their path in its folder."""
    return {
        path.relative_to(_SCAFFOLD).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_SCAFFOLD.rglob("*"))
        if path.is_file()
    }


class NoNewLab(ValueError):
    """A lab cannot be made under this name."""


def write_new_lab(library: Path, slug: str) -> Path:
    """Write the folder of a new lab; raises NoNewLab for a bad name and for one that is taken."""
    if not SLUG.fullmatch(slug) or len(slug) > _LONGEST:
        message = f"A lab's name has lower-case letters, digits and hyphens, not {slug!r}."
        raise NoNewLab(message)
    folder = library / slug
    if folder.exists():
        message = f"There is a folder {folder} already."
        raise NoNewLab(message)
    shutil.copytree(_SCAFFOLD, folder)
    return folder
