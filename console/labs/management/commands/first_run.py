"""`manage.py first_run`: what a fresh site needs, made once; addresses and sign-ins, printed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from console.labs.scenarios import DEMO, handout, seed_scenario
from console.labs.site_users import (
    ADMINISTRATOR,
    DEMO_STUDENT,
    administrator_file,
    first_administrator,
    site_student,
)
from console.labs.terminal_text import credentials_text
from iam.models import Sandbox


def demo_sandbox() -> Sandbox:
    """Return the demo, seeded if there is none; of two that ask at once one waits."""
    with transaction.atomic():
        student = site_student(DEMO_STUDENT)
        type(student)._default_manager.select_for_update().get(pk=student.pk)
        found = Sandbox.objects.filter(owner=student, public=True).order_by("pk").first()
        if found is not None:
            return found
        return seed_scenario(DEMO.read_text(encoding="utf-8"), student, public=True).sandbox


class Command(BaseCommand):
    """Make the demo and the site's administrator if missing; print how to sign in."""

    help = "Seed the demo and make the site's administrator, once; print how to sign in."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare, print."""
        sandbox = demo_sandbox()
        with transaction.atomic():
            password = first_administrator()
        host, port = settings.LISTEN_HOST, settings.LISTEN_PORT
        site = f"http://{'localhost' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104
        self.stdout.write(
            f"Rolecall is not AWS: nothing here reaches a real account.\n\n"
            f"  Start             {site}/\n"
            f"  Console sign-in   {site}/signin\n"
            f"  Site login        {site}/login   (labs and teachers)\n"
            f"  Administration    {site}/admin/\n\n"
            f"The demo, {sandbox.name} (a world that everybody shares):\n"
            f"{credentials_text(handout(sandbox))}\n"
        )
        if password:
            self.stdout.write(f"The site's administrator: {ADMINISTRATOR}  {password}")
        if administrator_file().exists():
            self.stdout.write(f"The administrator's first password is in {administrator_file()}\n")
