"""The users of an account for tables: all by name, and whole only those that show."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from console.pages.calls import CallResult, ListingResult, call_listing
from console.pages.iam.entities.user_rows import UserRow, completed, named_row
from console.ui.row_sources import RowSource
from console.ui.tables import Complete

_MEMBERS = {"name": "UserName", "path": "Path"}


@dataclass(frozen=True)
class UserListing:
    """What `Table.view` takes; no rows where the call was refused.

    `source` is for a table of all users, `rows` for one that leaves some out.
    """

    found: ListingResult
    complete: Complete

    @property
    def refused(self) -> CallResult:
        return self.found.refused

    @property
    def source(self) -> RowSource | list[UserRow]:
        return self.found.source(_MEMBERS, named_row)

    @cached_property
    def rows(self) -> list[UserRow]:
        return list(map(named_row, self.found.listing.rows))


def list_users(request: HttpRequest) -> UserListing:
    found = call_listing(request, "iam:ListUsers")

    def complete(some: list[UserRow], columns: frozenset[str]) -> list[UserRow]:
        before = {row.name: row for row in some}
        users = found.listing.shaped([row.user for row in some])
        rows = [before[user["UserName"]] for user in users]
        return completed(request, rows, columns, user=users)

    return UserListing(found, complete)
