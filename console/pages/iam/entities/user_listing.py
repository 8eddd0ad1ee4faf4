"""The users of an account for tables: all by name, and whole only those that show."""

from dataclasses import dataclass

from django.http import HttpRequest

from console.pages.calls import CallResult, call_listing
from console.pages.iam.entities.user_rows import UserRow, completed, named_row
from console.ui.tables import Complete


@dataclass(frozen=True)
class UserListing:
    """What `Table.view` takes; no rows where the call was refused."""

    rows: list[UserRow]
    refused: CallResult
    complete: Complete


def list_users(request: HttpRequest) -> UserListing:
    found = call_listing(request, "iam:ListUsers")

    def complete(some: list[UserRow], columns: frozenset[str]) -> list[UserRow]:
        before = {row.name: row for row in some}
        users = found.listing.shaped([row.user for row in some])
        rows = [before[user["UserName"]] for user in users]
        return completed(request, rows, columns, user=users)

    return UserListing(list(map(named_row, found.listing.rows)), found.refused, complete)
