"""The template tags of tables: cells, and htmx attributes."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from console.ui.columns import Column
from console.ui.row_markup import row_markup
from console.ui.table_view import RowView, TableView

register = template.Library()


@register.simple_tag(takes_context=True)
def table_row(
    context: Context, line: RowView, view: TableView, columns: Sequence[Column]
) -> SafeString:
    return row_markup(line, view, columns, context)


@register.simple_tag
def table_preferences(view: TableView) -> SafeString:
    """The panel of a table's preferences, and what the page's address has for other tables."""
    form, visible = view.preferences_form, view.columns
    columns = tuple((one.key, one.label, one in visible) for one in view.arranged)
    panel = _panel(form, view.table.prefix, view.page_sizes, view.preferences, columns)
    return _hidden(form, view.carried_by_preferences) + panel


@lru_cache(maxsize=512)
def _panel(*shown: object) -> SafeString:
    """Draw the panel, which is alike for everybody who has not chosen anything."""
    names = ("form", "prefix", "sizes", "chosen", "columns")
    drawn = render_to_string("ui/preferences.html", dict(zip(names, shown, strict=True)))
    return SafeString(drawn)


def _hidden(form: str, values: Iterable[tuple[str, str]]) -> SafeString:
    given = ((form, name, value) for name, value in values)
    return format_html_join("", '<input type="hidden" form="{}" name="{}" value="{}">', given)


@register.simple_tag
def table_swap(view: TableView, part: str = "link") -> SafeString:
    """The htmx attributes of what changes a table's view.

    Parts: "link" (its URL says all), "typed" (a filter, which sends its form) and "whole" (a link
    that replaces the filters too).
    """
    table, results = f"#{view.dom_id}", f"#{view.dom_id}-results"
    attributes = {
        "hx-include": _included(view, part, results),
        "hx-target": table if part == "whole" else results,
        "hx-select": table if part == "whole" else results,
        "hx-swap": "outerHTML",
        "hx-push-url": "true",
        "hx-indicator": table,
    }
    if part != "whole":
        others = ("matches", "paging", "carried")
        attributes["hx-select-oob"] = ",".join(f"{table}-{other}" for other in others)
    given = ((name, value) for name, value in attributes.items() if value)
    return format_html_join(" ", '{}="{}"', given)


def _included(view: TableView, part: str, results: str) -> str:
    """The inputs that go along: the filters' form, and what is ticked where that is kept."""
    ticked = f"{results} [name='{view.table.selection_name}']" if view.table.keep_selection else ""
    if part == "typed":
        return ", ".join(filter(None, (f"[form='{view.filter_form}']", ticked)))
    return f"{ticked}, {results} [data-kept]" if ticked else ""
