"""Whether a page has the parts that it needs: styles and scripts by the names that they know."""

import re
from functools import cache
from typing import Any

from console.page_files import PARTS, PagePart, bundled_scripts, bundled_styles

_CLASS = re.compile(r"\.([a-z][\w-]*)")
_LISTENED_TO = re.compile(r"\[(data-[a-z-]+)")
_USED = re.compile(r"""class="([^"]*)"|\s(data-[a-z-]+)""")


@cache
def _known(part: PagePart) -> frozenset[str]:
    """Return the classes that a part's styles are for, and the attributes its scripts look for."""
    names = _CLASS.findall(bundled_styles(part)) + _LISTENED_TO.findall(bundled_scripts(part))
    return frozenset(names)


def lacking(response: Any) -> list[str]:
    """Return what a page uses and no part that it loads knows, though another does."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    text = response.content.decode()
    if "<html" not in text:  # the page that a fragment goes to has loaded its parts
        return []
    used = {
        name
        for classes, attribute in _USED.findall(text)
        for name in [*classes.split(), *([attribute] if attribute else [])]
    }
    loaded = [part for part in PARTS.values() if part.script_file in text]
    there = frozenset[str]().union(*map(_known, loaded))
    return [
        f"lacks the part {part.name}: {name}"
        for part in PARTS.values()
        for name in sorted(used & _known(part) - there)
    ]
