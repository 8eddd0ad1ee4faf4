"""Filters of the site's own pages."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, str], key: object) -> str:
    return mapping.get(str(key), str(key))


@register.filter
def address(mapping: Mapping[str, str] | str | None, key: object) -> str:
    """Return the address of a thing; empty where there is none."""
    return mapping.get(str(key), "") if isinstance(mapping, Mapping) else ""


@register.filter
def entry_at(mapping: Mapping[object, str], key: object) -> str:
    """Return what a mapping has at a key of any type; empty without it."""
    return mapping.get(key, "")


@register.simple_tag
def linked(text: object, url: str = "") -> SafeString:
    """Return a text as a link, where there is a page of it."""
    return format_html('<a href="{}">{}</a>', url, text) if url else format_html("{}", text)


@register.filter
def tick_box(row: Any) -> SafeString:
    """Return what chooses a row of the matrix for the bulk tools; a poll keeps what is ticked."""
    return format_html(
        '<input type="checkbox" id="{}" name="selected" value="{}" form="bulk-form"'
        ' aria-label="Select {}" hx-preserve>',
        row.tick_id,
        row.enrollment.public_id,
        row.name,
    )


@register.filter
def task_letters(letters: Sequence[Any]) -> SafeString:
    """Return states of tasks, each as its letter; the words beside them are for screen readers."""
    return _marked(tuple((one.word, one.letter) for one in letters))


# The two that most tasks are in have no class, since a page has a thousand of them.
_MARKS, _OTHER = {"solved": "<b>{0}</b>", "open": "<i>{0}</i>"}, '<b class="is-{1}">{0}</b>'


@lru_cache(maxsize=2048)
def _marked(letters: tuple[tuple[str, str], ...]) -> SafeString:
    """Return the markup of some letters; hundreds of a page's cells have the same."""
    if not letters:
        return SafeString("")
    marks = [format_html(_MARKS.get(word, _OTHER), letter, word) for word, letter in letters]
    return format_html('<p aria-hidden="true">{}</p>', SafeString("".join(marks)))
