"""A text as lines of HTML for reading, highlighted if it is JSON."""

import json
import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*")(?P<colon>\s*:)?'
    r"|(?P<literal>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\btrue\b|\bfalse\b|\bnull\b)"
)

# A list begins with a value: `[rolecall]` is a section of a profile.
_BEGIN = re.compile(r'\s*(?:\{|\[\s*["{\[\]0-9-])')


def autoformatted(text: str) -> str:
    """Return a JSON object of one line indented; another text as it is."""
    if "\n" in text.strip() or not text.lstrip().startswith("{") or "\\u" in text:
        return text
    try:
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        written = json.dumps(value, indent=4, ensure_ascii=False)
        written.encode()
    except (ValueError, RecursionError):
        return text
    return written


def _refuse(number: str) -> float:
    """Leave a number as it was written: Python would write it another way."""
    raise ValueError(number)


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
