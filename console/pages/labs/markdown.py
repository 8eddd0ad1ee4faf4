"""Texts of labs as HTML."""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from console.labs.scenarios.account_ids import filling_names

# A short row gets the cells that the head has more, up to 65,536 in a table: that takes seconds.
# The package has a function of the module's name.
_tables: Any = import_module("markdown_it.rules_block.table")
_tables.MAX_AUTOCOMPLETED_CELLS = 20
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=512)
def _clean_html(text: str) -> str:
    return nh3.clean(_PARSER.render(text))


def as_html(text: str, values: Mapping[str, str]) -> SafeString:
    """Return Markdown as HTML; values come in after it was parsed, as text and never as markup."""
    escaped = {name: str(escape(value)) for name, value in values.items()}
    html = _clean_html(text)
    return SafeString(filling_names(escaped)(html) if escaped else html)
