"""One finding, before and after its place in the text is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from iam.engine.document.places import Path
from iam.engine.document.quotes import quoted
from iam.engine.findings.sentences import additions, errors, security, suggestions, warnings


class Severity(StrEnum):
    """The four tabs of the console's editor."""

    SECURITY = "Security"
    ERROR = "Error"
    WARNING = "Warning"
    SUGGESTION = "Suggestion"


SENTENCES = {
    Severity.SECURITY: security.SENTENCES | additions.SECURITY,
    Severity.ERROR: errors.SENTENCES,
    Severity.WARNING: warnings.SENTENCES | additions.WARNINGS,
    Severity.SUGGESTION: suggestions.SENTENCES,
}
OUR_CODES = frozenset(additions.SECURITY) | frozenset(additions.WARNINGS)
"""The codes of findings that AWS's policy checks do not have."""
_CHECKS = {
    code: (severity, sentence)
    for severity, sentences in SENTENCES.items()
    for code, sentence in sentences.items()
}


@dataclass(frozen=True, slots=True)
class UnplacedFinding:
    """A finding at a path of the document (`at_key`: at the key, not the value).

    `details` is AWS's sentence alone; `message` may have a hint of ours after it.
    """

    severity: Severity
    code: str
    message: str
    path: Path
    at_key: bool = False
    details: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its place in the text; `code` is Access Analyzer's issue code."""

    severity: Severity
    code: str
    message: str
    line: int
    column: int
    details: str = ""
    path: Path = ()
    at_key: bool = False
    offset: int = 0


def finding(
    code: str, path: Path, *, at_key: bool = False, hint: str = "", **words: object
) -> UnplacedFinding:
    """Make a finding of AWS's sentence for its code, with what is ours to add after it.

    A code with several sentences has the variant after a colon.
    """
    return finding_with_words(code, path, words, at_key=at_key, hint=hint)


def finding_with_words(
    code: str, path: Path, words: Mapping[str, object], *, at_key: bool = False, hint: str = ""
) -> UnplacedFinding:
    """Make a finding whose words have been gathered before."""
    severity, sentence = _CHECKS[code]
    details = sentence.format(**{name: _quoted(word) for name, word in words.items()})
    message = details
    if hint:
        end = "" if message.endswith((".", "?")) else "."
        message = f"{message}{end} {hint}"
    return UnplacedFinding(severity, code.partition(":")[0], message, path, at_key, details)


def _quoted(word: object) -> object:
    return quoted(word) if isinstance(word, str) else word
