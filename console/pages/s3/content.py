"""The content of an object that its page can show."""

import json
import zlib

_MOST_UNZIPPED = 512 * 1024
_GZIP = 31


def _unzipped(body: bytes) -> bytes | None:
    """Return the unzipped content; None if it is too large to show, or no gzip."""
    unzip = zlib.decompressobj(_GZIP)
    try:
        plain = unzip.decompress(body, _MOST_UNZIPPED)
    except zlib.error:
        return None
    return plain if unzip.eof else None


def readable(body: bytes, *, zipped: bool) -> str | None:
    """Return a content if it is text; a gzipped log file is unzipped, and its JSON indented."""
    plain = _unzipped(body) if zipped else body
    if plain is None:
        return None
    try:
        text = plain.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else _indented(text) if zipped else text


def _indented(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
