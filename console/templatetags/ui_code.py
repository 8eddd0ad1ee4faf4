"""The JSON editor, its findings, and JSON to read, as template tags."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from console.ui.blocks import render_component
from console.ui.findings import FindingGroup, ShownFinding, grouped
from console.ui.json_lines import autoformatted, highlighted_lines

register = template.Library()
_NUMBER = re.compile("[0-9]{1,6}")


@register.simple_tag(takes_context=True)
def code_editor(context: Context, field: Any = None, **options: Any) -> SafeString:
    """The JSON editor over a form's field; see ui/code_editor.html for its options."""
    values = {"field": field, **options}
    return SafeString(render_component("ui/code_editor.html", values, context))


@register.simple_tag(takes_context=True)
def findings(context: Context, found: Iterable[Any], editor: str) -> SafeString:
    """The findings of an editor alone: what htmx brings while a document is typed."""
    data = findings_data(found, editor)
    values = {"findings": found, "editor": editor}
    return data + SafeString(render_component("ui/findings.html", values, context))


@register.simple_tag
def findings_data(found: Iterable[Any], editor: str) -> SafeString:
    shown = [asdict(ShownFinding.of(finding)) for finding in found or ()]
    return json_script(shown, f"{editor}-findings")


@register.simple_tag
def findings_by_severity(found: Iterable[Any]) -> list[FindingGroup]:
    return grouped(found or ())


@register.inclusion_tag("ui/code_view.html")
def code_view(text: str, title: str = "JSON", line: str = "", **options: Any) -> dict[str, Any]:
    """Show a text; `line` is the number of the one that the page's address leads to."""
    text = autoformatted(text)
    lines = highlighted_lines(text)
    led_to = min(int(line), len(lines)) if _NUMBER.fullmatch(line) else 0
    if led_to:
        lines[led_to - 1] = format_html('<span id="line">{}</span>', lines[led_to - 1])
        options = {"marked": [led_to], **options}
    return {"text": text, "title": title, "lines": lines, **options}
