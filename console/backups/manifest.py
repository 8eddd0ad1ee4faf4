"""What a backup says of itself: its version, and how many rows of which hash each table has."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1


class BackupRefused(ValueError):
    """A file that is no backup, or none that this site can take; the message says why."""


@dataclass(frozen=True)
class TableManifest:
    """A table: its columns, and of its rows the number, the size as text and the hash."""

    columns: tuple[str, ...]
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup has; `migrations` name the version of its tables, `key` hashes the site's."""

    made_at: str
    database: str
    migrations: tuple[str, ...]
    key: str
    tables: dict[str, TableManifest]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables.values())

    def packed(self) -> str:
        return json.dumps(asdict(self), indent=1)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError
    return tuple(value)


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def manifest_of(text: str) -> Manifest:
    """Return a manifest as it was packed; raises BackupRefused."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            message = "This backup is in another format: restore it by the version that made it."
            raise BackupRefused(message)
        tables = {
            _text(name): TableManifest(
                _texts(one["columns"]),
                _number(one["rows"]),
                _number(one["bytes"]),
                _text(one["sha256"]),
            )
            for name, one in data["tables"].items()
        }
        return Manifest(
            _text(data["made_at"]),
            _text(data["database"]),
            _texts(data["migrations"]),
            _text(data["key"]),
            tables,
        )
    except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError) as error:
        message = "The backup's manifest cannot be read."
        raise BackupRefused(message) from error


def applied_migrations() -> tuple[str, ...]:
    """Return the migrations of this site's database, which are the version of its tables."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def version_faults(manifest: Manifest) -> Iterator[str]:
    """Yield why this site cannot take a backup, where it is of another version."""
    here, there = set(applied_migrations()), set(manifest.migrations)
    if there - here:
        yield f"it was made by a newer version of Rolecall ({min(there - here)})"
    elif here - there:
        yield f"it was made by an older version of Rolecall (before {min(here - there)})"
