"""A backup's file, read with care: anybody may have made it."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.backups.manifest import BackupRefused, Manifest, manifest_of
from console.backups.values import RowsHash
from console.zip_files import OpenZip, ZipRefused, open_zip

MANIFEST = "manifest.json"
KEY = "secret-key"
_LARGEST_MANIFEST = 1024 * 1024
_LARGEST_KEY = 4096
LONGEST_LINE = 64 * 1024 * 1024
_TIGHTEST = 400
"""As many times as large may what is packed be: rows repeat themselves, but not so much."""
_MOST_TABLES = 1000


def name_of(table: str) -> str:
    """Return the name of a table's entry."""
    return f"tables/{table}.jsonl"


@dataclass(frozen=True)
class Backup:
    """A backup that is open: what it says of itself, the site's key, and its rows."""

    manifest: Manifest
    key: str
    _archive: OpenZip

    def lines(self, table: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield a table's lines with their values, as many bytes as the manifest names."""
        expected = self.manifest.tables[table]
        left = expected.bytes
        with self._archive.stream(name_of(table)) as stream:
            while raw := stream.readline(min(left, LONGEST_LINE) + 1):
                left -= len(raw)
                if left < 0 or not raw.endswith(b"\n"):
                    raise BackupRefused(f"{table} is not as the manifest describes it.")
                line = raw[:-1].decode()
                values = json.loads(line)
                if not isinstance(values, list) or len(values) != len(expected.columns):
                    raise BackupRefused(f"{table} has a row with other columns.")
                yield line, values


@contextmanager
def open_backup(file: Path) -> Iterator[Backup]:
    """Open a backup whose entries are those of its manifest, and none besides.

    Raises BackupRefused, also while its rows are read, for whatever else it is.
    """
    try:
        with open_zip(file, most=_MOST_TABLES) as archive:
            yield _opened(archive, file)
    except ZipRefused as error:
        raise BackupRefused(f"{file} is no backup of Rolecall. {error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BackupRefused(f"{file} has a row that cannot be read.") from error


def _opened(archive: OpenZip, file: Path) -> Backup:
    manifest = manifest_of(archive.read(MANIFEST, _LARGEST_MANIFEST).decode())
    strange = set(archive.names) ^ {MANIFEST, KEY, *map(name_of, manifest.tables)}
    if strange:
        raise BackupRefused(f"{min(strange)} is missing, or does not belong there.")
    size = sum(one.bytes for one in manifest.tables.values())
    if size > max(_LARGEST_MANIFEST, file.stat().st_size * _TIGHTEST):
        raise BackupRefused(f"{file} claims to be far larger unpacked than a backup is.")
    if size > shutil.disk_usage(file.parent).free:
        raise BackupRefused(f"{file} has more in it than there is room for on the disk.")
    return Backup(manifest, archive.read(KEY, _LARGEST_KEY).decode().strip(), archive)


def checked(backup: Backup, note: Callable[[str], None] = lambda _: None) -> int:
    """Compare each table's rows with the manifest; return how many rows there are."""
    for table, expected in backup.manifest.tables.items():
        found = RowsHash()
        for line, values in backup.lines(table):
            found.add(line, values)
        if (found.rows, found.bytes, found.sha256) != (
            expected.rows,
            expected.bytes,
            expected.sha256,
        ):
            raise BackupRefused(f"{table} is not as the manifest describes it.")
        note(table)
    return backup.manifest.rows
