"""The keys of a bucket as ListObjects returns them: sorted, grouped by a delimiter, in pages."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from iam.wire.errors import AwsError

MAX_PAGE = 1000


@dataclass(frozen=True)
class Page:
    """One page: keys, common prefixes, and the entry after which the next page begins."""

    keys: tuple[str, ...]
    prefixes: tuple[str, ...]
    truncated: bool
    last: str


def page_size(asked: int | None) -> int:
    """Return how many keys a page may have; raises InvalidArgument for a negative number."""
    if asked is not None and asked < 0:
        message = "Argument maxKeys must be an integer between 0 and 2147483647"
        raise AwsError("InvalidArgument", message, 400, ("MaxKeys",))
    return MAX_PAGE if asked is None else min(asked, MAX_PAGE)


def to_token(last: str) -> str:
    return urlsafe_b64encode(last.encode()).decode()


def from_token(token: str) -> str:
    """Return the entry after which a page begins; raises InvalidArgument for an invalid token."""
    try:
        return b64decode(token.encode(), altchars=b"-_", validate=True).decode()
    except (Base64Error, UnicodeError):
        message = "The continuation token provided is incorrect"
        raise AwsError("InvalidArgument", message, 400, ("ContinuationToken",)) from None


def _entries(
    keys: Iterable[str], prefix: str, delimiter: str, after: str
) -> Iterator[tuple[str, bool]]:
    """Yield each entry once, in order, and whether it is a common prefix."""
    previous = None
    for key in sorted(key for key in keys if key.startswith(prefix)):
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        entry = key if end < 0 else key[: end + len(delimiter)]
        if entry <= after or entry == previous:
            continue
        previous = entry
        yield entry, end >= 0


def page_of(keys: Iterable[str], prefix: str, delimiter: str, after: str, size: int) -> Page:
    """Return the page that begins after an entry ("" for the first page)."""
    found: list[tuple[str, bool]] = []
    truncated = False
    if size:
        for entry in _entries(keys, prefix, delimiter, after):
            if len(found) == size:
                truncated = True
                break
            found.append(entry)
    return Page(
        keys=tuple(entry for entry, common in found if not common),
        prefixes=tuple(entry for entry, common in found if common),
        truncated=truncated,
        last=found[-1][0] if found else "",
    )
