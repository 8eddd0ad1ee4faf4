"""A bucket's objects and folders as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.template.defaultfilters import filesizeformat

from console.pages.calls import ListingResult
from console.pages.s3.frame import page_url
from console.ui.columns import row_value
from console.ui.tables import Column, Complete, Empty, RefusedRows, Table, matches


@dataclass(slots=True, eq=False)
class ObjectRow:
    """An object as it was listed, or a folder, which is a prefix that several keys share."""

    bucket: Final[str]
    key: Final[str]
    prefix: Final[str]
    listed: Final[Mapping[str, Any]]

    @property
    def name(self) -> str:
        return self.key[len(self.prefix) :]

    @property
    def is_folder(self) -> bool:
        return "Key" not in self.listed

    @property
    def type(self) -> str:
        return "Folder" if self.is_folder else _extension(self.key)

    @property
    def modified(self) -> datetime | None:
        return self.listed.get("LastModified")

    @property
    def size(self) -> int | None:
        return self.listed.get("Size")

    @property
    def storage_class(self) -> str:
        return str(self.listed.get("StorageClass", "")).capitalize()

    @property
    def url(self) -> str:
        """Return the row's link: the folder, or the object's page."""
        if self.is_folder:
            return page_url("bucket", self.bucket, prefix=self.key)
        return page_url("object", self.bucket, key=self.key)

    @property
    def size_text(self) -> str:
        return "" if self.size is None else str(filesizeformat(self.size))


OBJECTS = Table(
    id="objects",
    title="Objects",
    description="Objects are the fundamental entities stored in Amazon S3.",
    info="s3-objects",
    search="",
    selection="checkbox",
    selection_name="key",
    row_key="key",
    columns=[
        Column("name", "Name", link=lambda row: row.url),
        # What else it can be is an ending, which the name has.
        Column("type", "Type", late=True, findable=lambda query: matches("Folder", query)),
        Column("modified", "Last modified", kind="time", searchable=False, late=True),
        Column("size_text", "Size", sort_key=lambda row: row.size, searchable=False, late=True),
        Column("storage_class", "Storage class", searchable=False, late=True),
    ],
    empty=Empty("No objects", "You don't have any objects in this bucket."),
    refused=RefusedRows(
        "Insufficient permissions to list objects",
        "The objects could not be listed",
        "After you or your AWS administrator has updated your permissions to allow the "
        "s3:ListBucket action, refresh the page.",
    ),
)


def _extension(name: str) -> str:
    head, dot, extension = name.rpartition(".")
    return extension if head and dot and extension.isalnum() else ""


def named_rows(prefix: str, found: ListingResult) -> list[dict[str, Any]]:
    """Return the rows of a listing by name: folders first; the folder's own marker is left out."""
    start = len(prefix)
    return [
        {"key": key, "name": key[start:], "listed": row}
        for row in found.listing.rows
        if (key := row.get("Key") or row["Prefix"]) != prefix
    ]


def completing(bucket: str, prefix: str, found: ListingResult) -> Complete:
    """Return what makes whole rows of those that show."""
    listing = found.listing

    def complete(some: list[Any], _columns: frozenset[str]) -> list[Any]:
        keys = [row_value(row, "key") for row in some]
        shaped = {
            one.get("Key") or one["Prefix"]: one
            for one in listing.shaped([row_value(row, "listed") for row in some])
        }
        return [ObjectRow(bucket, key, prefix, shaped[key]) for key in keys if key in shaped]

    return complete
