"""`manage.py seed FILE`: a scenario loaded into a new sandbox."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.labs.scenarios import ScenarioError, SeededSandbox, people_handout, seed_scenario
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.labs.site_users import DEMO_STUDENT, site_student
from console.labs.terminal_text import credentials_text, people_text, provider_path


class Command(BaseCommand):
    """Load a scenario file into a new sandbox and print what one signs in with."""

    help = "Load a scenario (YAML) into a new sandbox; print its accounts and credentials."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", help="the scenario file")
        parser.add_argument("--owner", default=DEMO_STUDENT, help="site user (%(default)s)")
        parser.add_argument("--name", help="name of the sandbox")
        parser.add_argument("--public", action="store_true", help="anybody may sign in")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed, print."""
        try:
            text = Path(options["file"]).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = f"Cannot read {options['file']}: {error}"
            raise CommandError(message) from error
        try:
            seeded = seed_scenario(
                text,
                site_student(options["owner"]),
                name=options["name"],
                public=options["public"],
                trusted=True,
            )
        except ScenarioError as error:
            message = f"{options['file']} cannot be seeded:\n{error}"
            raise CommandError(message) from error
        self.stdout.write(_json(seeded) if options["json"] else _text(seeded))


def _json(seeded: SeededSandbox) -> str:
    keys = handed_out_keys(seeded.sandbox)
    devices = handed_out_devices(seeded.sandbox)
    accounts = []
    for account in seeded.accounts:
        shown = asdict(account)
        for user in shown["users"]:
            user.pop("start")
        shown["access_keys"] = [asdict(key) for key in keys.get(account.account_id, ())]
        shown["mfa_devices"] = [asdict(one) for one in devices.get(account.account_id, ())]
        accounts.append(shown)
    sandbox = {"id": seeded.sandbox.pk, "name": seeded.sandbox.name}
    owner = seeded.sandbox.owner.get_username()
    shown_as_json = {"sandbox": sandbox, "owner": owner, "accounts": accounts}
    people = [asdict(one) for one in people_handout(seeded.sandbox)]
    if people:
        shown_as_json["identity_provider"] = {
            "path": provider_path(seeded.sandbox),
            "people": people,
        }
    return json.dumps(shown_as_json, indent=2)


def _text(seeded: SeededSandbox) -> str:
    heading = f"Sandbox {seeded.sandbox.pk}: {seeded.sandbox.name}"
    keys = handed_out_keys(seeded.sandbox)
    devices = handed_out_devices(seeded.sandbox)
    people = people_text(seeded.sandbox)
    return "\n".join([heading, credentials_text(seeded.accounts, keys, devices), *people])
