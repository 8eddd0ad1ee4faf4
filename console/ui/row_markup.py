"""A row of a table, written by Python: a table is mostly cells."""

from collections.abc import Sequence
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString

from console.ui.columns import Column
from console.ui.markup import copyable, escaped, icon, marked_up, moment
from console.ui.table_view import RowView, TableView

_CELL_CSS = {"number": "is-number", "wide": "is-wide", "code": "mono", "wrap": "is-wrapped"}
_OPENINGS = {kind: f'<td class="{css}">' for kind, css in _CELL_CSS.items()}


def row_markup(
    line: RowView, view: TableView, columns: Sequence[Column], context: Context
) -> SafeString:
    """Return a row; a column's own template sees row, column, value and the table's context."""
    parts = ["<tr>"]
    if view.table.selection != "none":
        parts.append(_selection(line, view))
    if view.has_detail:
        parts.append(f'<td class="table__expand">{_detail(line)}</td>')
    for column in columns:
        content = _content(column, line.row, context)
        parts.append(f"{_OPENINGS.get(column.kind, '<td>')}{content}</td>")
    parts.append("</tr>")
    return SafeString("".join(parts))


def _content(column: Column, row: Any, context: Context) -> str:
    value = column.of(row)
    if column.template:
        return _by_template(column, row, value, context)
    text = column.text_of(value)
    if text == "":
        return escaped(column.empty)
    link = column.link(row) if column.link else ""
    if link:
        return f'<a href="{escaped(link)}">{escaped(text)}</a>'
    if column.kind == "time":
        return moment(value)
    if column.kind == "wrap":
        return marked_up(text)
    return copyable(text) if column.kind == "copy" else escaped(text)


def _by_template(column: Column, row: Any, value: Any, context: Context) -> str:
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(row=row, column=column, value=value):
        drawn: str = engine.get_template(column.template).render(context)
    return drawn


def _selection(line: RowView, view: TableView) -> str:
    table, form = view.table, view.selection_form
    given = [
        f'type="{table.selection}" name="{escaped(table.selection_name)}"',
        f'value="{escaped(line.key)}" aria-label="Select {escaped(line.label)}" data-select',
    ]
    given += [f'form="{escaped(form)}"'] if form else []
    given += ["checked"] if line.selected else []
    given += [f'disabled title="{escaped(line.disabled)}"'] if line.disabled else []
    return f'<td class="table__select"><label><input {" ".join(given)}></label></td>'


def _detail(line: RowView) -> str:
    if not line.detail_url:
        return ""
    url = escaped(line.detail_url)
    return (
        f'<a class="button button--icon" role="button" href="{url}" data-detail="{url}"'
        f' aria-expanded="false" aria-label="Show {escaped(line.label)}">{icon("caret-right")}</a>'
    )
