"""What a visit keeps of each of its callers: an analysis asks for a thousand of them in turn."""

from typing import Any

from iam.callers import Caller

_MOST_KEPT = 2_048


def kept_of(caller: Caller, name: str) -> Any:
    """Return what was kept of just this caller, None if nothing was."""
    kept = caller.visit.memory.get((name, id(caller)))
    return kept[1] if kept is not None else None


def keep_of(caller: Caller, name: str, value: Any) -> Any:
    """Keep a value of a caller for as long as the visit does, and return it."""
    memory = caller.visit.memory
    places = memory.setdefault(("places", name), [])
    if len(places) >= _MOST_KEPT:
        for place in places:
            memory.pop(place, None)
        places.clear()
    place = name, id(caller)
    memory[place] = caller, value  # the caller, too: else another could get its ID
    places.append(place)
    return value
