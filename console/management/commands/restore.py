"""`manage.py restore`: a site as it was when it was backed up."""

import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from console.backups import BackupRefused, open_backup, restore
from console.queue.only_worker import WorkerRuns, the_only_worker


class Command(BaseCommand):
    """Check a backup, put it in place of what this site has, and compare.

    A database without tables, as a new computer has it, gets them first.
    """

    help = "Restore a backup into this site, which must be empty and stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="delete everything that this site has"
        )

    def handle(self, *_args: Any, file: Path, replace: bool, **options: Any) -> None:
        """Restore the rows, and then the secret key that they belong to."""
        loud = int(options["verbosity"]) > 1
        if not connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        try:
            with the_only_worker(), open_backup(file) as backup:
                rows = restore(
                    backup, replace=replace, note=self.stdout.write if loud else lambda _: None
                )
                changed = put_key(backup.key, settings.HOME / "secret-key")
        except WorkerRuns:
            message = "The site runs. Stop it first: it would go on with the old key and rows."
            raise CommandError(message) from None
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{file}: {rows} rows are restored. Each table was read and compared: equal."
        )
        if changed:
            self.stdout.write("The secret key is the backup's; the old one is beside it.")


def put_key(key: str, path: Path) -> bool:
    """Let the site have another secret key; return whether it is another. The old one is kept."""
    if path.exists() and path.read_text(encoding="ascii").strip() == key:
        return False
    with NamedTemporaryFile("w", encoding="ascii", dir=path.parent, delete=False) as draft:
        draft.write(key)
        draft.flush()
        os.fsync(draft.fileno())
    if path.exists():
        path.replace(path.with_name("secret-key.before-restore"))
    Path(draft.name).replace(path)
    return True
