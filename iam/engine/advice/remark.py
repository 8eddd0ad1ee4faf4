"""One finding, before and after its place in the text is known."""

from dataclasses import dataclass
from enum import StrEnum

from iam.engine.places import Path


class Severity(StrEnum):
    """The four tabs of the console's editor."""

    SECURITY = "Security"
    ERROR = "Error"
    WARNING = "Warning"
    SUGGESTION = "Suggestion"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding at a path of the document (`key`: at the key, not the value)."""

    code: str
    message: str
    path: Path
    key: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its place in the text; `code` is Access Analyzer's issue code."""

    severity: Severity
    code: str
    message: str
    line: int
    column: int
