"""`manage.py backup`: the whole site in a file, while it goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.backups import BackupRefused, back_up, checked, open_backup
from console.backups.manifest import version_faults


class Command(BaseCommand):
    """Write every row and the secret key into one file, read it again and compare."""

    help = "Back the site up into a new file, or check one that there is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only check a backup: write none")

    def handle(self, *_args: Any, file: Path, check: bool, **options: Any) -> None:
        loud = int(options["verbosity"]) > 1
        try:
            if check:
                self._check(file)
                return
            manifest = back_up(file, self.stdout.write if loud else lambda _: None)
        except FileExistsError:
            message = f"There is {file} already: a backup replaces no file."
            raise CommandError(message) from None
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"{file} cannot be written: {error.strerror or error}."
            raise CommandError(message) from error
        self.stdout.write(
            f"{file}: {len(manifest.tables)} tables, {manifest.rows} rows, "
            f"{file.stat().st_size / 1e6:.1f} MB. Read again and compared: equal.\n"
            "It holds the site's secret key: keep it where only you can read it."
        )

    def _check(self, file: Path) -> None:
        with open_backup(file) as backup:
            rows = checked(backup)
            made_at, tables = backup.manifest.made_at[:19], len(backup.manifest.tables)
            self.stdout.write(
                f"{file}: made {made_at} (UTC), {tables} tables, {rows} rows, all as its manifest "
                "describes them."
            )
            for fault in version_faults(backup.manifest):
                self.stdout.write(f"This site cannot restore it: {fault}.")
