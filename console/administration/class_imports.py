"""Classes made of files that administrators upload."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.utils import timezone

from console.administration.models import ClassImport
from console.classes.transfer import (
    ClassFile,
    ImportedClass,
    TransferRefused,
    import_rows,
    import_worlds,
    read_class,
)
from console.labs.models import Attempt

LARGEST = 15 * 1024 * 1024
"""The server takes little more in one request; the command reads larger files."""
_KEPT = timedelta(days=30)


@contextmanager
def _opened(content: bytes) -> Iterator[ClassFile]:
    """Read a file that is in memory; raises TransferRefused."""
    with TemporaryDirectory(prefix="rolecall-class-") as folder:
        path = Path(folder) / "The file"
        path.write_bytes(content)
        yield read_class(path)


def ask_for_import(content: bytes, owner: User, *, match_logins: bool) -> ClassImport:
    """Keep a file for the job that imports it; raises TransferRefused for one that is no class."""
    with _opened(content) as file:
        worlds = len(file.worlds)
    return ClassImport.objects.create(
        owner=owner, match_logins=match_logins, content=content, worlds=worlds
    )


def perform_import(found: ClassImport) -> None:
    """Make the class; one that was stopped goes on with the worlds that are left."""
    if found.content is None:
        return
    try:
        with _opened(bytes(found.content)) as file:
            if found.course_class is None:
                _make_rows(found, file)
            if found.course_class is not None:
                worlds = import_worlds(found.course_class, file.read_worlds())
                found.different = worlds.different
    except TransferRefused as error:
        found.fault = str(error)[: ClassImport._meta.get_field("fault").max_length]
    found.content, found.finished_at = None, timezone.now()
    found.save()


def _make_rows(found: ClassImport, file: ClassFile) -> None:
    def note(made: ImportedClass) -> None:
        found.course_class = made.course_class
        found.new_logins, found.matched_logins = made.new, made.matched
        found.save(update_fields=["course_class", "new_logins", "matched_logins"])

    import_rows(file, found.owner, match_logins=found.match_logins, then=note)


def worlds_made(found: ClassImport) -> int:
    """Return how many worlds of an import are there."""
    attempts = Attempt.objects.filter(assignment__course_class=found.course_class)
    return attempts.filter(world_gone_at=None).count() if found.course_class else 0


def forget_imports() -> None:
    """Forget old imports; their classes stay."""
    ClassImport.objects.filter(asked_at__lt=timezone.now() - _KEPT).delete()
