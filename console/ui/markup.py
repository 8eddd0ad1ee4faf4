"""The smallest parts of pages, written by Python: a page has hundreds of them.

A template included for each cost ten times as much. Everything that comes in is escaped here.
"""

import re
from calendar import month_name
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

_OF_PARTS = re.compile(r"\b[a-z]+:[a-z-]+:[^\s\"'<>,]+")
_CODE = re.compile("`([^`]*)`")
# A longer part must be able to break at its hyphens: at 390 px it would run out of its box.
_LONGEST_WHOLE = 32


def escaped(text: object) -> str:
    """Return a text as it stands in HTML; one that is safe as it is."""
    return text.__html__() if hasattr(text, "__html__") else escape(str(text))


def marked_up(text: object) -> SafeString:
    """Return a text with what stands in back-ticks as code.

    Names of parts (`a:b:c/d`) break after `:` and `/`, where a browser breaks at each hyphen.
    """
    parts, end = [], 0
    written = str(text)
    for found in _OF_PARTS.finditer(written):
        parts += [escape(written[end : found.start()]), _breakable(found[0])]
        end = found.end()
    whole = "".join(parts) + escape(written[end:])
    return SafeString(_CODE.sub(r"<code>\1</code>", whole))


def _breakable(name: str) -> str:
    parts = re.findall("[^:/]*[:/]+|[^:/]+", name)
    text = "<wbr>".join(map(escape, parts))
    whole = "-" in name and len(max(parts, key=len)) <= _LONGEST_WHOLE
    return f'<span class="parts">{text}</span>' if whole else text


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Return an icon of the sprite; with a label it is an image of that name, else decoration."""
    classes = f"icon {escape(css)}" if css else "icon"
    kind = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    use = f'<use href="{escape(static("rolecall/icons.svg"))}#{escape(name)}"></use>'
    return SafeString(f'<svg class="{classes}" {kind} focusable="false">{use}</svg>')


def badge(text: object, color: str = "grey") -> SafeString:
    """Return a badge: grey, blue, green, red or yellow."""
    return SafeString(f'<span class="badge badge--{escaped(color)}">{escaped(text)}</span>')


def status(kind: str, text: object) -> SafeString:
    """Return a status: success, error, warning, info, pending or stopped, in icon and words."""
    css = f"status status--{escaped(kind)}"
    return SafeString(f'<span class="{css}">{icon(kind)}<span>{escaped(text)}</span></span>')


def copy_button(text: object, label: str = "Copy") -> SafeString:
    """Return the button that copies a text."""
    named = escaped(label)
    return SafeString(
        '<span class="copy only-js">'
        f'<button type="button" class="copy__button" data-copy="{escaped(text)}"'
        f' aria-label="{named}" title="{named}">{icon("copy")}</button>'
        '<span class="copy__done" role="status"></span></span>'
    )


def copyable(text: object, label: str = "Copy") -> SafeString:
    """Return a text with the button that copies it."""
    shown = f"<span>{marked_up(text)}</span>{copy_button(text, label)}"
    return SafeString(f'<span class="copyable">{shown}</span>')


def countdown(seconds: int, words: str, *, only_below: int = 0) -> SafeString:
    """Return what is left of a time, which the script counts down.

    With `only_below` it shows nothing but the last seconds, as minutes and seconds.
    """
    late = ""
    if only_below:
        late = f' data-only-below="{only_below}"{"" if 0 < seconds < only_below else " hidden"}'
    return SafeString(f'<span data-seconds-left="{seconds}"{late}>{escape(words)}</span>')


def day_words(at: datetime) -> str:
    """Return a day as moments show it: November 30, 2026."""
    return f"{month_name[at.month]} {at.day}, {at.year}"


def moment(value: Any, *, short: bool = False, seconds: bool = False) -> SafeString:
    """Return a moment in UTC, which the script shows in the chosen time zone; `-` for none."""
    if not isinstance(value, datetime):
        return SafeString("-")
    at = value.astimezone(UTC)
    shown, kind = day_words(at), "day"
    if not short:
        clock = f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"
        shown, kind = f"{shown}, {clock} (UTC)", "second" if seconds else "minute"
    iso = at.isoformat(timespec="seconds")  # HTML takes no microseconds
    return SafeString(f'<time datetime="{iso}" data-time="{kind}">{shown}</time>')
