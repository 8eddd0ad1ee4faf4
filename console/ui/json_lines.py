"""A text as lines of HTML for reading, highlighted if it is JSON."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")(?P<colon>\s*:)?'
    r"|(?P<literal>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b)"
)

# A list begins with a value: `[rolecall]` is a section of a profile.
_BEGIN = re.compile(r'\s*(?:\{|\[\s*["{\[\]0-9-])')


def highlighted_lines(text: str) -> list[SafeString]:
    """Each line of the text, escaped; of JSON with keys, strings and literals in spans."""
    is_json = _BEGIN.match(text) is not None
    shown = highlighted_line if is_json else conditional_escape
    return [SafeString(shown(line)) for line in text.splitlines()]


def highlighted_line(line: str) -> SafeString:
    """A line of JSON, escaped, with keys, strings and literals in spans."""
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(line):
        parts.append(conditional_escape(line[end : match.start()]))
        parts.append(_span(match))
        end = match.end()
    parts.append(conditional_escape(line[end:]))
    return SafeString("".join(parts))


def _span(match: re.Match[str]) -> SafeString:
    if match["string"] is None:
        return format_html('<span class="json-literal">{}</span>', match["literal"])
    kind = "key" if match["colon"] else "string"
    text = (f"json-{kind}", match["string"], match["colon"] or "")
    return format_html('<span class="{}">{}</span>{}', *text)
