"""What keeps a text from being JSON, in words for who typed it."""

import json

_SENTENCES = {
    "Expecting ',' delimiter": "A comma or a closing bracket is missing here",
    "Expecting ':' delimiter": "A colon is missing after the key",
    "Expecting property name": "A key in double quotes is missing here",
    "Expecting value": "A value is missing here",
    "Extra data": "The document ends before this place",
    "Illegal trailing comma": "The comma before a closing bracket must go",
    "Invalid \\escape": "A backslash stands before a character that it cannot escape",
    "Invalid \\uXXXX escape": "After \\u there must be four hexadecimal digits",
    "Invalid control character": "A text contains a line break or a tab",
    "Unexpected UTF-8 BOM": "The document begins with an invisible mark, which must go",
    "Unterminated string": "The closing quotation mark of a text is missing",
}


def syntax_sentence(error: json.JSONDecodeError) -> str:
    """Return a sentence, without its full stop, in the place of Python's words for a mistake."""
    known = (words for start, words in _SENTENCES.items() if error.msg.startswith(start))
    return next(known, error.msg)
