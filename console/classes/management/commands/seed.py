"""`manage.py seed`: a scenario loaded into a new sandbox, or worlds for a whole class."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from console.classes.assignments import add_assignments
from console.classes.audit import Deed, note_action
from console.classes.class_names import NoSuchClass, class_called
from console.classes.models import Assignment, Class
from console.classes.seeding.beforehand import ask_beforehand, make_worlds, students_without_world
from console.classes.seeding.due import is_due
from console.classes.seeding.worlds import TooManySeedings, make_next, new_seeding
from console.labs.catalog import find_lab, lab_title
from console.labs.scenarios import (
    ScenarioError,
    SeededSandbox,
    people_handout,
    read_scenario,
    seed_scenario,
)
from console.labs.scenarios.keys import handed_out_devices, handed_out_keys
from console.labs.scenarios.shelf import any_scenario
from console.labs.site_users import DEMO_STUDENT, site_student
from console.labs.terminal_text import credentials_text, people_text, provider_path

_AT_ONCE = 50


class Command(BaseCommand):
    """Load a scenario into a new sandbox and print what one signs in with, or seed a class."""

    help = (
        "Load a scenario (YAML) into a new sandbox; print its accounts and credentials. "
        "With --class: give each student, or each team, a world from a scenario or of a lab."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        parser.add_argument("file", nargs="?", help="the scenario file")
        parser.add_argument("--owner", default=DEMO_STUDENT, help="site user (%(default)s)")
        parser.add_argument("--name", help="name of the sandbox, or of the class's worlds")
        parser.add_argument("--public", action="store_true", help="anybody may sign in")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--class", dest="course_class", metavar="CLASS", help="ID or name")
        parser.add_argument("--scenario", help="a file, or the ID of a scenario of this site")
        parser.add_argument("--lab", metavar="SLUG", help="assigned to the class if it is not yet")
        parser.add_argument("--per", choices=("student", "team"), default="student")
        parser.add_argument(
            "--at-opening",
            nargs="?",
            const="",
            metavar="LAB",
            help="when the assignment of this lab opens; without LAB, of the lab that is seeded",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Seed, print."""
        if options["course_class"]:
            self._class(**options)
            return
        if not options["file"]:
            message = "Name a scenario file, or a class with --class."
            raise CommandError(message)
        try:
            seeded = seed_scenario(
                _file_text(options["file"]),
                site_student(options["owner"]),
                name=options["name"],
                public=options["public"],
                trusted=True,
            )
        except ScenarioError as error:
            message = f"{options['file']} cannot be seeded:\n{error}"
            raise CommandError(message) from error
        self.stdout.write(_json(seeded) if options["json"] else _text(seeded))

    def _class(self, *, course_class: str, **options: Any) -> None:
        if (options["lab"] is None) == (options["scenario"] is None):
            message = "Name a scenario with --scenario, or a lab with --lab."
            raise CommandError(message)
        try:
            found = class_called(course_class)
        except NoSuchClass as error:
            raise CommandError(error) from None
        seed = self._of_lab if options["lab"] else self._of_scenario
        seed(found, **options)

    def _of_lab(
        self, course_class: Class, *, lab: str, at_opening: str | None, **_: object
    ) -> None:
        assignment = course_class.assignments.filter(lab=lab).first()
        if assignment is None:
            file = find_lab(lab)
            if file is None:
                raise CommandError(f"There is no lab {lab}.")
            (assignment,) = add_assignments(course_class, [file])
            self.stdout.write(f"{file.title} is assigned now, without dates.")
        ask_beforehand(assignment)
        note_action(
            course_class, None, Deed.SEEDED_WORLDS, f"{lab_title(lab)}, from the command line."
        )
        if at_opening is not None:
            self.stdout.write("The worlds are made within a day before the assignment opens.")
            return
        made = 0
        while fresh := make_worlds(assignment, _AT_ONCE):
            made += fresh
            self.stderr.write(f"{made} made, {len(students_without_world(assignment))} to go")
        self.stdout.write(f"{made} worlds made; they wait until their students press Start.")

    def _of_scenario(
        self,
        course_class: Class,
        *,
        scenario: str,
        per: str,
        at_opening: str | None,
        name: str | None,
        **_: object,
    ) -> None:
        awaited = None if at_opening is None else _awaited(course_class, at_opening)
        known = any_scenario(scenario)
        text = known.text if known else _file_text(scenario)
        try:
            title = name or (known.name if known else str(read_scenario(text).get("title", "")))
            seeding = new_seeding(
                course_class,
                None,
                title or "Scenario",
                text,
                per_team=per == "team",
                at_opening=awaited,
            )
        except (ScenarioError, TooManySeedings) as error:
            raise CommandError(error) from None
        note_action(
            course_class, None, Deed.SEEDED_WORLDS, f"{seeding.name}, from the command line."
        )
        if not is_due(seeding):
            self.stdout.write("The worlds are made when the assignment opens.")
            return
        while left := make_next(seeding, _AT_ONCE):
            self.stderr.write(f"{seeding.worlds.count()} made, {left} to go")
        seeding.refresh_from_db()
        if seeding.fault:
            seeding.delete()
            raise CommandError(f"{scenario} cannot be seeded:\n{seeding.fault}")
        self.stdout.write(f"{seeding.worlds.count()} worlds made: /teach/{course_class.public_id}/")


def _awaited(course_class: Class, lab: str) -> Assignment:
    """Return the assignment whose opening a scenario's worlds wait for."""
    assignments = list(course_class.assignments.filter(lab=lab) if lab else ())
    if not assignments:
        known = ", ".join(course_class.assignments.values_list("lab", flat=True)) or "none"
        message = f"Name the lab whose assignment opens: --at-opening LAB. Assigned are: {known}."
        raise CommandError(message)
    return assignments[0]


def _file_text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"Cannot read {file}: {error}"
        raise CommandError(message) from error


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


def _login_of(owner: User) -> str:
    name = owner.get_username()
    if owner.has_usable_password():
        return f"Owner: {name}, who logs in at /login with their own password."
    return (
        f"Owner: {name}, who has no password yet. "
        f"`python manage.py changepassword {name}` sets one; then {name} logs in at /login."
    )


def _text(seeded: SeededSandbox) -> str:
    heading = (
        f"Sandbox {seeded.sandbox.pk}: {seeded.sandbox.name}\n{_login_of(seeded.sandbox.owner)}"
    )
    keys = handed_out_keys(seeded.sandbox)
    devices = handed_out_devices(seeded.sandbox)
    people = people_text(seeded.sandbox)
    return "\n".join([heading, credentials_text(seeded.accounts, keys, devices), *people])
