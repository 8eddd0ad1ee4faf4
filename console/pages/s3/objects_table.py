"""A bucket's objects and folders as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.template.defaultfilters import filesizeformat

from console.pages.s3.frame import page_url
from console.ui.tables import Column, Empty, RefusedRows, Table


@dataclass(slots=True, eq=False)
class ObjectRow:
    """An object as it was listed, or a folder, which is a prefix that several keys share."""

    # Few of many rows show: what a row says of its object is made when it is asked for.
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
        Column("type", "Type"),
        Column("modified", "Last modified", kind="time", searchable=False),
        Column("size_text", "Size", sort_key=lambda row: row.size, searchable=False),
        Column("storage_class", "Storage class", searchable=False),
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


def rows_of(bucket: str, prefix: str, listed: Mapping[str, Any]) -> list[ObjectRow]:
    """Return the rows of one listing: folders first; the folder's own marker is left out."""
    folders = [
        ObjectRow(bucket, one["Prefix"], prefix, one) for one in listed.get("CommonPrefixes", ())
    ]
    objects = [
        ObjectRow(bucket, one["Key"], prefix, one)
        for one in listed.get("Contents", ())
        if one["Key"] != prefix
    ]
    return [*folders, *objects]
