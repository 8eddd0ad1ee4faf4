"""`manage.py class`: classes made to look at, and taken elsewhere."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from console.classes.demo import LABS, make_demo_class
from console.labs.catalog import find_lab
from console.labs.site_users import ADMINISTRATOR


class Command(BaseCommand):
    """Work with classes."""

    help = "Make a class with made-up students, to look at and to measure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        demo = verbs.add_parser("demo", help="a class whose students have worked on some labs")
        demo.add_argument("--students", type=int, default=30)
        demo.add_argument("--name", default="Demo class")
        demo.add_argument("--owner", default=ADMINISTRATOR, help="the login of its teacher")
        demo.add_argument("--labs", nargs="*", default=list(LABS), metavar="SLUG")
        demo.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked for."""
        getattr(self, f"_{options['verb']}")(**options)

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
