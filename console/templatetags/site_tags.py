"""Filters of the site's own pages."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, str], key: object) -> str:
    return mapping.get(str(key), str(key))


@register.filter
def code_marks(text: str) -> SafeString:
    """Return a sentence with the texts in backticks set as code."""
    parts = enumerate(str(text).split("`"))
    pieces = (format_html("<code>{}</code>" if n % 2 else "{}", part) for n, part in parts)
    return format_html_join("", "{}", ((piece,) for piece in pieces))
