"""Parts of every page that are drawn once and kept: what differs by request is put in anew.

The key of a part is all that it shows, so it is never out of date; and it holds no CSRF token,
identity, address of a page, time or message.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape
from secrets import token_hex
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.core.files.storage import storages
from django.template import Context, Engine, Template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from console.page_files import PARTS, CollectedStorage, PagePart

register = template.Library()

_TOP_BAR, _HEAD = "console/topbar.html", "console/head.html"
_FOOTER = "console/footer.html"
_MOST = 1024
# Each stands for a value in what is kept, and is in no name that a user gave; URL-encoded it is
# recognized, too.
_MARK = token_hex(8)
_TOKEN, _IDENTITY, _PATH, _HERE, _END, _SOON = (f"\ue000{_MARK}{letter}" for letter in "tiphes")
_SLOT = re.compile(f"((?:\ue000|{quote(chr(0xE000))}){_MARK}[tiphes])")


def _template(name: str) -> Template:
    return Engine.get_default().get_template(name)


@register.simple_tag
def kept_head() -> SafeString:
    """The styles and scripts of every page."""
    if settings.DEBUG:  # whoever edits a part wants to see it
        return SafeString(_template(_HEAD).render(Context()))
    return _head(id(storages["staticfiles"]))


@lru_cache(maxsize=4)
def _head(storage: int) -> SafeString:
    """Return them as a storage of static files names them."""
    del storage
    return SafeString(_template(_HEAD).render(Context()))


@register.simple_tag
def page_part(name: str) -> SafeString:
    """The styles and scripts of a part of the page: one file each where they are collected."""
    if settings.DEBUG:
        return _part(PARTS[name])
    return _kept_part(PARTS[name], id(storages["staticfiles"]))


@lru_cache(maxsize=16)
def _kept_part(part: PagePart, storage: int) -> SafeString:
    """Return them as a storage of static files names them."""
    del storage
    return _part(part)


def _part(part: PagePart) -> SafeString:
    collected = _are_collected()
    styles = [part.bundled_styles] if collected else part.style_files
    script = part.bundled_scripts if collected else part.script_file
    links = ((static(one),) for one in styles)
    return format_html(
        '{}\n<script type="module" src="{}"></script>',
        format_html_join("\n", '<link rel="stylesheet" href="{}">', links),
        static(script),
    )


def _are_collected() -> bool:
    return isinstance(storages["staticfiles"], CollectedStorage)


@register.simple_tag(takes_context=True)
def kept_footer(context: Context) -> SafeString:
    """The line at the foot, with a link to the page's API calls where it made any."""
    calls = context.get("calls")
    made = bool(calls() if callable(calls) else calls)
    return _drawn_footer(made) if settings.DEBUG else _footer(get_script_prefix(), made)


def _drawn_footer(calls: object) -> SafeString:
    return SafeString(_template(_FOOTER).render(Context({"calls": calls})))


@lru_cache(maxsize=_MOST)
def _footer(prefix: str, calls: object) -> SafeString:
    """Return it for the addresses below a prefix."""
    del prefix
    return _drawn_footer(calls)


@register.simple_tag(takes_context=True)
def kept_top_bar(context: Context) -> SafeString:
    """The bar at the top with its menus, for a console; nothing is kept for anybody else."""
    values: dict[Any, Any] = context.flatten()
    key_of_console = getattr(values.get("console"), "frame_key", None)
    if key_of_console is None or settings.DEBUG:
        return SafeString(_template(_TOP_BAR).render(context))
    teaches, user = values["teaches"](), values["user"]
    request, here = values["request"], values["page_here"]
    known = user.get_username() if user.is_authenticated else ""
    key = (get_script_prefix(), values.get("region"), teaches, known, bool(values["guest"]))
    pieces = _pieces((*key, bool(here), key_of_console), lambda: _drawn(values, teaches))
    address = request.get_full_path()
    slots = {
        _TOKEN: escape(str(values["csrf_token"])),
        _IDENTITY: escape(values["console"].identity),
        _HERE: escape(here),
        quote(_HERE, safe=""): quote(here, safe=""),
        quote(_PATH): quote(address),
        _END: values["session_end"],
        _SOON: values["session_soon_over"],
    }
    return SafeString("".join(slots[one] if n % 2 else one for n, one in enumerate(pieces)))


_kept: dict[Any, list[str]] = {}


def _pieces(key: object, draw: Callable[[], str]) -> list[str]:
    """Return a drawn part, cut at its slots: every other piece is one."""
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= _MOST:
            _kept.clear()
        found = _kept[key] = _SLOT.split(draw())
    return found


def _drawn(values: dict[Any, Any], teaches: bool) -> str:
    """Draw the bar with stand-ins for what differs by request."""
    asked = SimpleNamespace(
        console=SimpleNamespace(identity=_IDENTITY),
        get_full_path=lambda: _PATH,
        user=values["user"],
    )
    standing_in = {
        **values,
        "request": asked,
        "csrf_token": _TOKEN,
        "page_here": _HERE if values["page_here"] else "",
        "teaches": teaches,
        "session_end": _END,
        "session_soon_over": _SOON,
    }
    # Not by a request of its own: context processors would put the real values back.
    return _template(_TOP_BAR).render(Context(standing_in))
