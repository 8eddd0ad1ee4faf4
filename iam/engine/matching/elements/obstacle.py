"""What keeps a statement from applying: one of its elements, and the two values that differ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Obstacle:
    """The element, what the request has, and what the policy has in its place.

    A condition also has its operator and key, as the policy writes them.
    """

    element: str
    sentence: str
    found: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    operator: str = ""
    key: str = ""
    negated: bool = False
    """Whether what is written keeps out what is found, as NotAction and StringNotEquals do."""
