"""The length to which sentences repeat a document's texts."""

LONGEST_QUOTED = 200
"""Characters of one value: more than any name or usual ARN has."""


def quoted(text: str) -> str:
    """A text as a sentence repeats it, cut where it is very long."""
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"
