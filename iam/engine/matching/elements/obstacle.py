"""What keeps a statement from applying: one of its elements, and the two values that differ."""

from typing import NamedTuple


class Obstacle(NamedTuple):
    """The element, what the request has, and what the policy has in its place.

    A condition also has its operator and key, as the policy writes them. A tuple, since an
    explanation makes one for each statement, and a frozen dataclass takes three times as long.
    """

    element: str
    sentence: str
    found: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    operator: str = ""
    key: str = ""
    negated: bool = False
    """Whether what is written keeps out what is found, as NotAction and StringNotEquals do."""
