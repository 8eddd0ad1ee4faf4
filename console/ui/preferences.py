"""The choices in a table's Preferences, stored in the session."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.http import HttpRequest, QueryDict

PAGE_SIZES = (10, 20, 50, 100)
_SESSION_KEY = "table_preferences"


@dataclass(frozen=True)
class Preferences:
    """Page size, keys of the visible columns, wrapped lines, compact rows."""

    size: int
    columns: tuple[str, ...]
    wrap: bool = False
    compact: bool = False


def table_preferences(
    request: HttpRequest, table: str, prefix: str, default: Preferences
) -> Preferences:
    """The preferences for a table: those just submitted (and then kept), those kept, or default."""
    session = getattr(request, "session", None)
    if request.GET.get(f"{prefix}prefs"):
        chosen = _submitted(request.GET, prefix, default)
        if session is not None:
            session[_SESSION_KEY] = {**session.get(_SESSION_KEY, {}), table: asdict(chosen)}
        return chosen
    kept = session.get(_SESSION_KEY, {}).get(table) if session is not None else None
    return _from_session(kept, default) if kept else default


def _submitted(data: QueryDict, prefix: str, default: Preferences) -> Preferences:
    return Preferences(
        size=_size(data.get(f"{prefix}size"), default.size),
        columns=_columns(data.getlist(f"{prefix}column"), default.columns),
        wrap=bool(data.get(f"{prefix}wrap")),
        compact=bool(data.get(f"{prefix}compact")),
    )


def _from_session(kept: Mapping[str, object], default: Preferences) -> Preferences:
    columns = kept.get("columns")
    return Preferences(
        size=_size(str(kept.get("size")), default.size),
        columns=_columns(columns if isinstance(columns, (list, tuple)) else [], default.columns),
        wrap=bool(kept.get("wrap")),
        compact=bool(kept.get("compact")),
    )


def _size(value: str | None, default: int) -> int:
    return next((size for size in PAGE_SIZES if str(size) == value), default)


def _columns(keys: Sequence[str], default: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(str, keys)) or default
