"""How a page makes a call: it gets the output, or the error in its place."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Self

from django.http import HttpRequest
from django.urls import reverse

from console.labs.rules import Tool, rules_of
from console.signin.console import console_of
from console.ui.row_sources import RowSource
from iam.callers import Caller
from iam.perform import (
    AccessDenied,
    Listing,
    perform,
    perform_each,
    perform_listing,
    rehearse,
)
from iam.wire.errors import AwsError

PAGE_SIZE = 1000


@dataclass(frozen=True)
class CallResult:
    """The output of a call, or the error in its place.

    `explained` is whether *Why?* is there to say more about it.
    """

    output: dict[str, Any] = field(default_factory=dict)
    error: AwsError | None = None
    explained: bool = True

    def rows(self, key: str) -> list[Any]:
        found: list[Any] = self.output.get(key, [])
        return found

    def or_raise(self) -> Self:
        """Raise the error if there is one. For calls that build on each other."""
        if self.error is not None:
            raise self.error
        return self

    def without(self, *codes: str) -> "CallResult":
        """Replace an error of these codes by an empty result: they mean that nothing is set."""
        return CallResult() if self.code in codes else self

    @property
    def code(self) -> str:
        return self.error.code if self.error else ""

    @property
    def message(self) -> str:
        return self.error.message if self.error else ""

    @property
    def detail(self) -> str:
        """What the console adds to AWS's sentence about a document."""
        return str(getattr(self.error, "detail", ""))

    @property
    def unknown_account(self) -> str:
        """The account that a document names and the sandbox does not know."""
        return str(getattr(self.error, "unknown_account", ""))

    @property
    def denied(self) -> bool:
        """Whether policies refused the call; other errors are not denials."""
        return isinstance(self.error, AccessDenied)

    @property
    def why_url(self) -> str:
        """Return the page that explains a denial; empty for any other error, or without *Why?*."""
        if not self.explained:
            return ""
        event_id = self.error.event_id if isinstance(self.error, AccessDenied) else None
        return reverse("why", args=[event_id]) if event_id else ""


def refusal_of(caller: Caller, error: AwsError) -> CallResult:
    """Return an error as a call's result, with *Why?* where the lab has it."""
    explained = rules_of(caller.sandbox, caller.visit).allows(Tool.WHY)
    return CallResult(error=error, explained=bool(explained))


def call(request: HttpRequest, operation: str, /, **params: Any) -> CallResult:
    return call_as(console_of(request).caller, operation, **params)


def may_call(request: HttpRequest, operation: str, /, **params: Any) -> bool:
    """Return whether a call would be allowed: it is not made, so that a denial leaves no event."""
    return may_call_as(console_of(request).caller, operation, **params)


def may_call_as(caller: Caller, operation: str, /, **params: Any) -> bool:
    return rehearse(caller, operation, params).allowed


def call_as(caller: Caller, operation: str, /, **params: Any) -> CallResult:
    """Perform an operation as another caller, such as one with stored credentials."""
    try:
        return CallResult(perform(caller, operation, params))
    except AwsError as error:
        return refusal_of(caller, error)


def call_all(
    request: HttpRequest, operation: str, key: str, page_size: int = PAGE_SIZE, /, **params: Any
) -> CallResult:
    """Perform a list operation of IAM page by page and return the whole list `key`.

    A page size of 0 leaves MaxItems out, which a few operations do not take.
    """
    page: dict[str, Any] = {"MaxItems": page_size} if page_size else {}
    rows: list[Any] = []
    while True:
        result = call(request, operation, **params, **page)
        if result.error is not None:
            return result
        rows += result.rows(key)
        if not result.output.get("IsTruncated"):
            return CallResult({**result.output, key: rows})
        page["Marker"] = result.output["Marker"]


@dataclass(frozen=True)
class ListingResult:
    """A listing, without rows where the call was refused, and the refusal."""

    listing: Listing
    refused: CallResult

    def source(
        self, members: Mapping[str, str], row: Callable[[Mapping[str, Any]], Any] = lambda row: row
    ) -> RowSource | list[Any]:
        """Return what a table asks for its rows; `members` are those that its columns show.

        `row` makes the table's own row of a row of the listing.
        """
        listing, windows = self.listing, self.listing.windows

        def load() -> list[Any]:
            return list(map(row, listing.rows))

        if windows is None:
            return load()
        count, read = windows.count, windows.read

        def among(columns: Set[str]) -> frozenset[str]:
            return frozenset(member for column, member in members.items() if column in columns)

        return RowSource(
            load,
            next(column for column, member in members.items() if member == windows.order),
            {column for column, member in members.items() if member in windows.searched},
            lambda text, columns: count(text, among(columns)),
            lambda text, columns, *how: list(map(row, read(text, among(columns), *how))),
        )


def call_listing(request: HttpRequest, operation: str, /, **params: Any) -> ListingResult:
    """Perform a list operation whose rows are shaped only as far as the page shows them."""
    caller = console_of(request).caller
    try:
        return ListingResult(perform_listing(caller, operation, params), CallResult())
    except AwsError as error:
        return ListingResult(Listing(), refusal_of(caller, error))


def call_each(
    request: HttpRequest, operation: str, requests: Sequence[Mapping[str, Any]]
) -> list[CallResult]:
    """Perform a read once for each row of a table: few queries, one event for all of them."""
    caller = console_of(request).caller
    results = perform_each(caller, operation, requests)
    return [
        refusal_of(caller, result) if isinstance(result, AwsError) else CallResult(result)
        for result in results
    ]
