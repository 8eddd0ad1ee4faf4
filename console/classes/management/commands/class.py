"""`manage.py class`: classes made to look at, and taken elsewhere."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from console.classes.archives import archive, bring_class_back
from console.classes.class_names import NoSuchClass, class_called
from console.classes.demo import LABS, make_demo_class
from console.classes.models import Class
from console.classes.retention import clear_class
from console.labs.catalog import find_lab
from console.labs.site_users import ADMINISTRATOR


class Command(BaseCommand):
    """Work with classes."""

    help = "Make a class with made-up students, to look at and to measure; archive a class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        demo = verbs.add_parser("demo", help="a class whose students have worked on some labs")
        demo.add_argument("--students", type=int, default=30)
        demo.add_argument("--name", default="Demo class")
        demo.add_argument("--owner", default=ADMINISTRATOR, help="the login of its teacher")
        demo.add_argument("--labs", nargs="*", default=list(LABS), metavar="SLUG")
        demo.add_argument("--seed", type=int, default=1)

        over = verbs.add_parser("archive", help="end a class: it is read, and not changed")
        over.add_argument("course_class", metavar="CLASS", help="its ID, or its name")
        over.add_argument("--delete-worlds", action="store_true", help="results stay")
        over.add_argument("--undo", action="store_true", help="bring an archived class back")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked for."""
        getattr(self, f"_{options['verb']}")(**options)

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
        teacher = User.objects.filter(username=owner).first()
        if teacher is None:
            message = f"No site user is called {owner}. Run `manage.py first_run`, or name another."
            raise CommandError(message)
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
