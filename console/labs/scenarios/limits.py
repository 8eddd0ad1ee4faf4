"""How much of a scenario may be kept on the site, and what is no text at all."""

import re

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.reader import Data

LARGEST = 256_000
"""In characters: to check a longer one takes seconds."""
MOST_PARTS = 400
"""In a world: a hundred take half a second to make."""
_LARGEST_BYTES = 4 * LARGEST
ODD_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def refuse_text(text: str) -> None:
    """Raise ScenarioError for what is too long to be kept, or no text that people write."""
    if len(text) > LARGEST:
        message = f"A scenario has {LARGEST:,} characters at most. This one has {len(text):,}."
        raise ScenarioError(Fault(message))
    odd = ODD_CHARACTER.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        raise ScenarioError(Fault("There is a character here that nobody types.", line=line))


def _parts(data: Data) -> int:
    """Return how many things a world is made of."""
    world = data["world"]
    lists = [value for value in world.values() if isinstance(value, list)]
    objects = sum(len(bucket.get("objects", ())) for bucket in world.get("buckets", ()))
    people = sum(map(len, world.get("identity_provider", {}).values()))
    return len(world["accounts"]) + sum(map(len, lists)) + objects + people


def refuse_size(data: Data) -> None:
    """Raise ScenarioError for a world that would take long to make."""
    if (parts := _parts(data)) > MOST_PARTS:
        message = f"A world has {MOST_PARTS} parts at most: users, roles, objects and so on."
        raise ScenarioError(Fault(f"{message} This one has {parts}."))


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
