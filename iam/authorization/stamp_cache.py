"""A worker's cache of data from a sandbox's rows, valid as long as the sandbox's stamp."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from iam.callers import Caller

T = TypeVar("T")
_MOST_KEPT = 512
_kept: dict[Hashable, Any] = {}


def under_stamp(caller: Caller, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Return the cached value of a key, for the stamp with which the caller's sandbox was read.

    Every write raises the stamp, so no value outlives a change. A visit that writes caches
    nothing here: the stamp that it read is out of date.
    """
    if caller.visit.wrote:
        return make()
    sandbox = caller.sandbox
    stamped = (sandbox.salt, sandbox.generation, sandbox.stamp, *key)
    found: T | None = _kept.get(stamped)
    if found is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        found = _kept[stamped] = make()
    return found
