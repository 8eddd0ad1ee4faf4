"""What `lab lint` finds in a draft's files, each fault at its file and line."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.labs.files import LabError, LabFile, lab_of_files
from console.labs.files.reader import LAB
from console.labs.scenarios.errors import Fault


@dataclass(frozen=True)
class FileFault:
    """A fault of one file; line and column count from 1, and are 0 where it has no place."""

    file: str
    message: str
    line: int = 0
    column: int = 0
    severity: str = "error"


def _placed(fault: Fault, files: Mapping[str, str]) -> FileFault:
    if fault.path in files:
        return FileFault(fault.path, fault.message, fault.line, fault.column)
    message = f"{fault.path}: {fault.message}" if fault.path else fault.message
    return FileFault(LAB, message, fault.line, fault.column)


def lab_or_faults(
    slug: str, files: Mapping[str, str]
) -> tuple[LabFile, None] | tuple[None, list[FileFault]]:
    """Return the lab of files, or what is wrong with them."""
    try:
        return lab_of_files(slug, files), None
    except LabError as error:
        return None, [_placed(fault, files) for fault in error.faults]


def faults_of(slug: str, files: Mapping[str, str]) -> list[FileFault]:
    """Return what is wrong with files: their schema, names and references, without a world."""
    return lab_or_faults(slug, files)[1] or []
