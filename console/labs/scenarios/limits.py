"""How much of a scenario may be kept on the site, and what is no text at all."""

import re

from console.labs.scenarios.errors import Fault, ScenarioError

LARGEST = 256_000
"""In characters: to check a longer one takes seconds."""
_LARGEST_BYTES = 4 * LARGEST
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse_text(text: str) -> None:
    """Raise ScenarioError for what is too long to be kept, or no text that people write."""
    if len(text) > LARGEST:
        message = f"A scenario has {LARGEST:,} characters at most. This one has {len(text):,}."
        raise ScenarioError(Fault(message))
    odd = _ODD.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise ScenarioError(Fault("There is a character here that nobody types.", line=line))


def text_of(content: bytes) -> str:
    """Return an uploaded file as text; raises ScenarioError for anything else."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "This is no text in UTF-8. Save the file as UTF-8, and upload it again."
        raise ScenarioError(Fault(message)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_text(text)
    return text


def is_too_large(size: int) -> bool:
    """Return whether a file of this many bytes need not be read."""
    return size > _LARGEST_BYTES
