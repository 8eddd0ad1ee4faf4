"""Filters of the site's own pages."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def entry(mapping: Mapping[str, str], key: object) -> str:
    """Return a mapping's entry for a key, or the key itself."""
    return mapping.get(str(key), str(key))
