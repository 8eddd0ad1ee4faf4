"""Two small labs that pass every gate: the one that `lab new` writes, and one with an attack."""

from pathlib import Path

from console.labs.files import LabFile, read_lab
from console.labs.files.new_lab import write_new_lab

Change = tuple[str, str]

_ATTACK = (Path(__file__).parent / "attack.yaml").read_text(encoding="utf-8")


def _changed(text: str, changes: tuple[Change, ...]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def small_folder(folder: Path, *changes: Change) -> Path:
    """Write the lab of `lab new` with every to-do done; changes are of lab.yaml."""
    lab = write_new_lab(folder, "small-lab")
    for path in (one for one in lab.rglob("*") if one.is_file()):
        path.write_text(path.read_text().replace("TODO:", "Well:"))
    (lab / "lab.yaml").write_text(_changed((lab / "lab.yaml").read_text(), changes))
    return lab


def small_lab(folder: Path, *changes: Change) -> LabFile:
    return read_lab(small_folder(folder, *changes))


def attack_lab(folder: Path, *changes: Change) -> LabFile:
    lab = small_folder(folder)
    (lab / "lab.yaml").write_text(_changed(_ATTACK, changes))
    return read_lab(lab)
