"""Texts of labs as HTML."""

from collections.abc import Mapping
from functools import lru_cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from console.labs.scenarios.account_ids import filling_names

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def _clean_html(text: str) -> str:
    return nh3.clean(_PARSER.render(text))


def as_html(text: str, values: Mapping[str, str]) -> SafeString:
    """Return Markdown as HTML; values come in after it was parsed, as text and never as markup."""
    escaped = {name: str(escape(value)) for name, value in values.items()}
    html = _clean_html(text)
    return SafeString(filling_names(escaped)(html) if escaped else html)
