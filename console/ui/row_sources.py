"""Rows that are searched and ordered where they are kept, so that only those of a page are read."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RowSource:
    """What a table asks in place of all rows, wherever it can.

    `order` is the column that they are ordered by, the case of letters aside, and `searched` are
    those that are searched. `count` takes a text, as `folded` returns it ("" for all rows), and
    the columns to look for it in; `read` takes them, too, then whether the order is descending,
    and the places of the rows. For all else, such as another order, `load` returns every row.
    """

    load: Callable[[], Iterable[Any]]
    order: str
    searched: Set[str]
    count: Callable[[str, Set[str]], int]
    read: Callable[[str, Set[str], bool, slice], list[Any]]


@dataclass(frozen=True)
class RowsOfPage:
    """The rows of one page, how many there are, and how many of them the filters leave."""

    rows: list[Any]
    page: int
    matched: int
    total: int
