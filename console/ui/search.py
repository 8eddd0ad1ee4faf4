"""The matching of a table's text filter."""

from collections.abc import Iterable


def folded(text: str) -> str:
    """The text without case and spaces, as both sides of a match are compared."""
    return "".join(text.split()).casefold()


def matches(text: str, query: str) -> bool:
    """Whether the text contains the query, case and spaces aside.

    `read only` finds `AllReadOnlyAccess`.
    """
    return folded(query) in folded(text)


def any_matches(texts: Iterable[str], query: str) -> bool:
    """Whether one of the texts contains the query; an empty query matches everything."""
    wanted = folded(query)
    return not wanted or any(wanted in folded(text) for text in texts)
