"""The template tags of tables: cells, and htmx attributes."""

from collections.abc import Sequence

from django import template
from django.template import Context
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
    """A row of a table."""
    return row_markup(line, view, columns, context)


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
