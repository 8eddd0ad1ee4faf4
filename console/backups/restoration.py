"""A backup restored: checked before anything is written, compared after it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from console.backups.archive import Backup, checked
from console.backups.making import key_hash
from console.backups.manifest import BackupRefused, version_faults
from console.backups.values import all_models, columns_of, fields_of, hash_of, row_of

_AT_ONCE = 500


def is_empty() -> bool:
    """Return whether nobody has a login on this site yet, and there is no sandbox."""
    models = all_models()
    return not any(models[one]._base_manager.exists() for one in ("auth.User", "iam.Sandbox"))


def _refuse_others(backup: Backup) -> None:
    """Raise BackupRefused for a backup of another version, or one whose key is not its own."""
    faults = list(version_faults(backup.manifest))
    if not faults:
        here = {label: columns_of(model) for label, model in all_models().items()}
        there = {label: one.columns for label, one in backup.manifest.tables.items()}
        faults = [f"{label} differs" for label in sorted(here) if here[label] != there.get(label)]
        faults += [f"{label} is unknown here" for label in sorted(there.keys() - here.keys())]
    if key_hash(backup.key) != backup.manifest.key:
        faults.append("its secret key is not the one that the manifest describes")
    if faults:
        raise BackupRefused(f"This site cannot take the backup: {faults[0]}.")


def restore(
    backup: Backup, *, replace: bool = False, note: Callable[[str], None] = lambda _: None
) -> int:
    """Put the rows of a backup in place of this site's; return how many.

    Nothing is written unless all of the backup is as its manifest describes it. Afterwards each
    table is read and compared with that, and if any differs, the site is as it was.
    """
    _refuse_others(backup)
    if not replace and not is_empty():
        message = "This site is not empty. With --replace everything in it is deleted first."
        raise BackupRefused(message)
    checked(backup)
    models = all_models()
    try:
        with transaction.atomic():
            for model in models.values():
                rows = model._base_manager.all()
                rows._raw_delete(rows.db)
            for label, model in models.items():
                _insert(model, (values for _, values in backup.lines(label)))
            _number_on(models.values())
            connection.check_constraints()
            _compare(backup, models, note)
        ContentType.objects.clear_cache()
    except (DatabaseError, ValidationError, ValueError, TypeError, OverflowError) as error:
        if isinstance(error, BackupRefused):
            raise
        raise BackupRefused(f"Nothing was changed. A row was refused: {error}") from error
    return backup.manifest.rows


def _insert(model: type[Model], rows: Iterator[list[Any]]) -> None:
    """Insert rows with their keys and times, as they were."""
    fields, quote = fields_of(model), connection.ops.quote_name
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        while batch := list(islice(rows, _AT_ONCE)):
            cursor.executemany(
                sql,
                [
                    [
                        field.get_db_prep_save(value, connection)
                        for field, value in zip(fields, row_of(fields, values), strict=True)
                    ]
                    for values in batch
                ],
            )


def _number_on(models: Iterable[type[Model]]) -> None:
    """Let the keys of new rows go on after those that there are."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(sql)


def _compare(backup: Backup, models: dict[str, type[Model]], note: Callable[[str], None]) -> None:
    for label, model in models.items():
        expected, found = backup.manifest.tables[label], hash_of(model)
        if (found.rows, found.sha256) != (expected.rows, expected.sha256):
            raise BackupRefused(f"Nothing was changed. {label} was not the same after it.")
        note(f"{label}: {found.rows} rows, {found.sha256[:12]}")
