"""What was made of a sandbox's rows, kept in a worker for as long as the sandbox's stamp stays."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from iam.callers import Caller

T = TypeVar("T")
_MOST_KEPT = 512
_kept: dict[Hashable, Any] = {}


def under_stamp(caller: Caller, key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Return what was made for this key under the stamp that the caller's sandbox was read with.

    Every write raises the stamp, so nothing outlives a change. A visit that writes makes its own:
    the stamp that it read is the sandbox's no more.
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
