"""Objects of a copy's buckets: bytes as they are, unless a text in them names what is renamed."""

from hashlib import md5

from console.labs.rows.renames import Renaming
from console.labs.rows.tables import Row
from iam.wire.checksums import ALGORITHMS, checksum

_LONGEST_TEXT = 64 * 1024
_CHECKSUM = "Checksum"


def _text_of(body: bytes) -> str | None:
    """Return a body that is a text short enough to look into."""
    if len(body) > _LONGEST_TEXT:
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def rename_object(row: Row, renaming: Renaming) -> None:
    """Change an object whose text names an ID of the snapshot, and what is counted from it."""
    text = _text_of(row["body"])
    renamed = renaming.text(text) if text else text
    if renamed is None or renamed == text:
        return
    body = renamed.encode()
    old, parts, number = row["etag"].partition("-")
    etag = md5(body, usedforsecurity=False).hexdigest()
    renaming.learn(old, etag)  # records show it
    row |= {
        "body": body,
        "size": len(body),
        "etag": etag + parts + number,
        "checksums": {
            name: checksum(algorithm, body)
            for name in row["checksums"]
            if (algorithm := name.removeprefix(_CHECKSUM)) in ALGORITHMS
        },
    }
