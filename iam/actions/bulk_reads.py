"""Reads that serve one request or many rows, and their pages."""

import base64
from collections.abc import Callable, Sequence, Set
from itertools import starmap
from typing import Any, TypeVar, Unpack

from django.db.models import QuerySet

from iam.actions.known_rows import known_rows, rows_named
from iam.actions.refusals import validation_error
from iam.actions.resource_kinds import ResourceKind
from iam.actions.subjects import below_prefix, one
from iam.perform import Call, Listing, ListingWindows, Params, Result, reads, reads_each
from iam.perform.registry import EachAction, EachResolver, Options
from iam.queries import matching_entities
from iam.wire.errors import AwsError

Subject = TypeVar("Subject")

_PAGE = 100
_MOST_DIGITS = 9
_PREFIX = b"rolecall:"


def reads_many(
    name: str, *, on: EachResolver, **options: Unpack[Options]
) -> Callable[[EachAction], EachAction]:
    """Register a read that answers many requests with few queries; a single call is one request."""

    def keep(execute_each: EachAction) -> EachAction:
        def execute(call: Call, params: Params, subject: Any) -> Result:
            return execute_each(call, [params], [subject])[0]

        reads(name, on=one(on), **options)(execute)
        return reads_each(name, on=on)(execute_each)

    return keep


def listing_below(
    call: Call,
    params: Params,
    kind: ResourceKind,
    shape: Callable[[Sequence[Any]], list[Result]],
) -> Listing:
    """Return names and paths of an account's entities; `shape` shapes those that are looked at."""
    below = params.get("PathPrefix", "/")

    def named(name: str, path: str) -> Params:
        return {kind.parameter: name, "Path": path}

    def find() -> list[Params]:
        found = below_prefix(call, params, kind.model).order_by().values_list("name", "path")
        return list(starmap(named, sorted(found)))  # sooner than the database

    def shaped(some: Sequence[Params]) -> list[Result]:
        names = [row[kind.parameter] for row in some]
        by_name = rows_named(call, kind.model, names)
        return shape([row for name in names if (row := by_name[name])])

    columns = {kind.parameter: "name", "Path": "path"}

    def matching(text: str, members: Set[str]) -> QuerySet[Any]:
        among = [column for member, column in columns.items() if member in members]
        return matching_entities(call.account, kind.model, below, text, among)

    def count(text: str, members: Set[str]) -> int:
        return matching(text, members).order_by().count()

    def read(text: str, members: Set[str], descending: bool, places: slice) -> list[Params]:
        found = matching(text, members)
        page = known_rows(call, kind.model, (found.reverse() if descending else found)[places])
        return [named(row.name, row.path) for row in page]

    windows = ListingWindows(kind.parameter, frozenset(columns), count, read)
    return Listing(find, shaped, windows=windows)


def _marker(start: int) -> str:
    return base64.urlsafe_b64encode(_PREFIX + str(start).encode()).decode()


def _start(marker: str | None) -> int:
    if marker is None:
        return 0
    try:
        raw = base64.urlsafe_b64decode(marker.encode())
    except ValueError:
        raw = b""
    start = raw.removeprefix(_PREFIX)
    if not raw.startswith(_PREFIX) or not start.isdigit() or len(start) > _MOST_DIGITS:
        raise validation_error("Invalid Marker.", "Marker")
    return int(start)


def paged(call: Call, params: Params, subject: Subject) -> Subject:
    """Prepare a read in pages: refuse a marker that no page returned."""
    _start(params.get("Marker"))
    return subject


def page_that_fits(
    params: Params,
    member: str,
    rows: Sequence[Any],
    shape: Callable[[Any], Any],
    too_much: type[AwsError],
) -> Result:
    """Return one page of rows, which ends before the row whose shape raises `too_much`.

    Raises that if not even the first row fits.
    """
    start, size = _start(params.get("Marker")), params.get("MaxItems", _PAGE)
    shaped: list[Any] = []
    for row in rows[start : start + size]:
        try:
            shaped.append(shape(row))
        except too_much:
            if not shaped:
                raise
            break
    end = start + len(shaped)
    more = {"Marker": _marker(end)} if end < len(rows) else {}
    return {member: shaped, "IsTruncated": bool(more), **more}


def page_of(params: Params, member: str, rows: Any, shape: Callable[[Any], Any]) -> Result:
    """Return one page of rows (a list or a query) under a member of AWS's result."""
    start, size = _start(params.get("Marker")), params.get("MaxItems", _PAGE)
    taken: Sequence[Any] = list(rows[start : start + size + 1])
    result: Result = {
        member: [shape(row) for row in taken[:size]],
        "IsTruncated": len(taken) > size,
    }
    if len(taken) > size:
        result["Marker"] = _marker(start + size)
    return result
