"""A backup made: every row as at one moment, while the site goes on."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from console.backups.archive import KEY, MANIFEST, checked, name_of, open_backup
from console.backups.manifest import Manifest, TableManifest, applied_migrations
from console.backups.values import RowsHash, all_models, columns_of, lines_of


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all reads see the database as at one moment; nobody waits, and nobody is kept waiting.

    In SQLite that is a transaction that only reads: Django's own ones take the write lock.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def key_hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def back_up(file: Path, note: Callable[[str], None] = lambda _: None) -> Manifest:
    """Write the site into a new file, read it again and compare; return what is in it.

    The file can be read by its owner alone: it holds the site's secret key. It has its name once
    it is whole. Raises FileExistsError.
    """
    if file.exists():
        raise FileExistsError(file)
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-") as draft:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
            manifest = _write(archive, note)
        draft.flush()
        os.fsync(draft.fileno())
        with open_backup(Path(draft.name)) as backup:
            checked(backup)
        os.link(draft.name, file)
    return manifest


def _write(archive: zipfile.ZipFile, note: Callable[[str], None]) -> Manifest:
    migrations, tables = applied_migrations(), {}
    made_at = timezone.now().isoformat()
    for label, model in all_models().items():
        written = RowsHash()
        with archive.open(name_of(label), "w", force_zip64=True) as stream:
            for line in lines_of(model):
                stream.write(f"{line}\n".encode())
                written.add(line, json.loads(line))
        tables[label] = TableManifest(
            columns_of(model), written.rows, written.bytes, written.sha256
        )
        note(label)
    key = settings.SECRET_KEY
    manifest = Manifest(made_at, connection.vendor, migrations, key_hash(key), tables)
    archive.writestr(KEY, key)
    archive.writestr(MANIFEST, manifest.packed())
    return manifest
