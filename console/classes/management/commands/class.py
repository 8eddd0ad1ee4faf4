"""`manage.py class`: classes made to look at, and taken elsewhere."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from console.classes.archives import archive, bring_class_back
from console.classes.class_names import NoSuchClass, class_called
from console.classes.demo import LABS, make_demo_class
from console.classes.models import Class
from console.classes.retention import clear_class
from console.classes.transfer import (
    TransferRefused,
    document_of,
    exported_worlds,
    import_class,
    judge_worlds,
    read_class,
    write_class,
)
from console.labs.catalog import find_lab
from console.labs.site_users import ADMINISTRATOR


class Command(BaseCommand):
    """Work with classes."""

    help = "Make a class with made-up students, take classes elsewhere, archive them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        demo = verbs.add_parser("demo", help="a class whose students have worked on some labs")
        demo.add_argument("--students", type=int, default=30)
        demo.add_argument("--name", default="Demo class")
        demo.add_argument("--owner", default=ADMINISTRATOR, help="the login of its teacher")
        demo.add_argument("--labs", nargs="*", default=list(LABS), metavar="SLUG")
        demo.add_argument("--seed", type=int, default=1)

        export = verbs.add_parser("export", help="write a class into a file")
        export.add_argument("course_class", metavar="CLASS", help="its ID, or its name")
        export.add_argument("file", type=Path)
        export.add_argument(
            "--without-worlds", action="store_true", help="progress and points alone: a small file"
        )
        importing = verbs.add_parser("import", help="make a class of a file")
        importing.add_argument("file", type=Path)
        importing.add_argument("--owner", default=ADMINISTRATOR, help="the login of its teacher")
        importing.add_argument(
            "--match-logins",
            action="store_true",
            help="students and teachers are the site users of the same login, where there are",
        )
        over = verbs.add_parser("archive", help="end a class: it is read, and not changed")
        over.add_argument("course_class", metavar="CLASS", help="its ID, or its name")
        over.add_argument("--delete-worlds", action="store_true", help="results stay")
        over.add_argument("--undo", action="store_true", help="bring an archived class back")

    def handle(self, *_args: Any, **options: Any) -> None:
        getattr(self, f"_{options['verb']}")(**options)

    def _export(
        self, *, course_class: str, file: Path, without_worlds: bool, **_options: Any
    ) -> None:
        found = _class(course_class)
        if not without_worlds:
            judge_worlds(found)
        worlds = () if without_worlds else exported_worlds(found)
        try:
            with file.open("xb") as stream:
                sha256 = write_class(stream, document_of(found), worlds)
        except OSError as error:
            message = f"{file} cannot be written: {error.strerror or error}."
            raise CommandError(message) from error
        again = read_class(file)
        number = sum(1 for _ in again.read_worlds())
        if again.sha256 != sha256:
            message = f"{file} was not the same when it was read again."
            raise CommandError(message)
        self.stdout.write(f"{file}: {found} with {number} worlds, read again and compared: equal.")

    def _import(self, *, file: Path, owner: str, match_logins: bool, **_options: Any) -> None:
        teacher = _owner(owner)
        try:
            made = import_class(read_class(file), teacher, match_logins=match_logins)
        except TransferRefused as error:
            raise CommandError(str(error)) from error
        equal = ", ".join(f"{number} {name}" for name, number in made.compared.items() if number)
        self.stdout.write(
            f"{made.course_class}: /teach/{made.course_class.public_id}/\n"
            f"{made.new} new logins, without a password; {made.matched} who were here.\n"
            f"Read again and compared with the file, equal: {equal or 'nothing in it'}.\n"
            f"{made.worlds.made} worlds made anew, with other IDs and secrets."
        )
        for one in made.worlds.different:
            self.stderr.write(f"Not as it was: the world of {one}.")

    def _archive(
        self, *, course_class: str, delete_worlds: bool, undo: bool, **_options: Any
    ) -> None:
        found = _class(course_class)
        if undo:
            if found.archived_at is None:
                message = f"{found} is not archived."
                raise CommandError(message)
            bring_class_back(found, None)
            self.stdout.write(f"{found} is back.")
            return
        archive(found, None)
        if delete_worlds:
            self.stdout.write(f"Deleted: {clear_class(found)}. Results, points and remarks stay.")
        self.stdout.write(f"{found} is archived.")

    def _demo(self, *, students: int, owner: str, labs: list[str], **options: Any) -> None:
        teacher = _owner(owner)
        unknown = [slug for slug in labs if find_lab(slug) is None]
        if unknown or not 0 < students <= 2000:
            message = f"Unknown labs: {', '.join(unknown)}." if unknown else "1 to 2000 students."
            raise CommandError(message)

        def report(done: int) -> None:
            if done % 50 == 0:
                self.stderr.write(f"{done} of {students} students")

        made = make_demo_class(
            teacher,
            students,
            labs=labs,
            name=options["name"],
            seed=options["seed"],
            report=report,
        )
        self.stdout.write(f"{made.name}: /teach/{made.public_id}/")


def _class(name: str) -> Class:
    try:
        return class_called(name)
    except NoSuchClass as error:
        raise CommandError(str(error)) from error


def _owner(login: str) -> User:
    teacher = User.objects.filter(username=login).first()
    if teacher is None:
        message = f"No site user is called {login}. Run `manage.py first_run`, or name another."
        raise CommandError(message)
    return teacher
