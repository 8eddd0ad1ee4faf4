"""`manage.py lab`: labs listed, checked and tried, and what a class did in them checked again."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from console.classes.class_names import NoSuchClass, class_called
from console.classes.models import Assignment
from console.classes.rechecks import recheck_assignment
from console.labs.attempts import Recheck, RecheckOutcome
from console.labs.files import LabError, LabFile, read_lab
from console.labs.files.archives import ArchiveRefused, lab_files, unpack, write_archive
from console.labs.files.new_lab import NoNewLab, write_new_lab
from console.labs.lab_versions import publish
from console.labs.library import LIBRARY, slugs
from console.labs.trials import (
    AnswerFileError,
    is_vouched_for,
    long_faults,
    report_of,
    short_faults,
    temporary_database,
    try_answers,
    write_report,
)


class Command(BaseCommand):
    """Work with the labs of the library."""

    help = "List labs, write, check and try them, take one elsewhere, check a class's work again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command line."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="the labs by track")
        lint = verbs.add_parser("lint", help="check one lab, or all: files and gates")
        lint.add_argument("slug", nargs="?")
        lint.add_argument("--long", action="store_true", help="all gates: mutation, time, seeds")
        new = verbs.add_parser("new", help="write the folder of a new lab, with what is to do")
        new.add_argument("slug")
        export = verbs.add_parser("export", help="write a lab into a zip file")
        export.add_argument("slug")
        export.add_argument("file", type=Path)
        importing = verbs.add_parser("import", help="add the lab of a zip file to the library")
        importing.add_argument("file", type=Path)
        publish = verbs.add_parser("publish", help="keep a lab that passes every gate as a version")
        publish.add_argument("slug")
        trying = verbs.add_parser("try", help="judge the answers of a JSON file")
        trying.add_argument("slug")
        trying.add_argument("answers")
        trying.add_argument("--json", action="store_true", help="print JSON, as it always does")
        trying.add_argument("--var", action="append", default=[], metavar="NAME=VALUE")

        again = verbs.add_parser("recheck", help="judge what a class did anew, and compare")
        again.add_argument("course_class", metavar="CLASS", help="its ID, or its name")
        again.add_argument("--lab", action="append", metavar="SLUG", help="only this lab")
        again.add_argument("--apply", action="store_true", help="store what is different")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the verb."""
        getattr(self, f"_{options['verb']}")(options)

    def _list(self, options: dict[str, Any]) -> None:
        for slug in slugs():
            lab = _read(slug)
            self.stdout.write(
                f"{lab.track:12} {lab.level}  {lab.minutes:3} min  {slug}: {lab.title}"
            )

    def _lint(self, options: dict[str, Any]) -> None:
        faults = 0
        with temporary_database():
            for slug in [_known(options["slug"])] if options["slug"] else slugs():
                found = _faults(slug, long=options["long"])
                self.stdout.write("\n".join([f"{slug}: {len(found)} faults", *found]))
                faults += len(found)
        if faults:
            sys.exit(1)

    def _new(self, options: dict[str, Any]) -> None:
        try:
            folder = write_new_lab(LIBRARY, options["slug"])
        except NoNewLab as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: `manage.py lab lint {folder.name}` shows what is to do.")

    def _export(self, options: dict[str, Any]) -> None:
        slug = _known(options["slug"])
        try:
            write_archive(options["file"], slug, lab_files(LIBRARY / slug))
        except OSError as error:
            raise CommandError(str(error)) from error

    def _import(self, options: dict[str, Any]) -> None:
        try:
            folder = unpack(options["file"], LIBRARY)
        except (OSError, ArchiveRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: `manage.py lab lint --long {folder.name}` checks it.")

    def _publish(self, options: dict[str, Any]) -> None:
        lab = _read(options["slug"])
        with temporary_database():
            faults = [] if is_vouched_for(lab, LIBRARY / lab.slug) else long_faults(lab)
        if faults:
            self.stdout.write("\n".join([f"{lab.slug}: {len(faults)} faults", *faults]))
            sys.exit(1)
        version = publish(lab, report_of(lab, faults))
        self.stdout.write(f"{lab.slug}: version {version.number}, {version.hash[:12]}")

    def _recheck(self, options: dict[str, Any]) -> None:
        """Prove what is stored, or show and apply what a corrected lab changes."""
        try:
            course_class = class_called(options["course_class"])
        except NoSuchClass as error:
            raise CommandError(str(error)) from error
        assignments = Assignment.objects.filter(course_class=course_class)
        assignments = assignments.select_related("version", "course_class")
        if options["lab"]:
            assignments = assignments.filter(lab__in=options["lab"])
        if not assignments:
            message = f"{course_class} has no such assignment."
            raise CommandError(message)
        proved = True
        for assignment in assignments:
            report = recheck_assignment(assignment, apply=options["apply"], note=self._show)
            self.stdout.write(str(report))
            proved = proved and (report.is_proved or options["apply"])
        if not options["apply"]:
            self.stdout.write("Nothing was stored: --apply stores what is different.")
        if not proved:
            sys.exit(1)

    def _show(self, found: Recheck) -> None:
        if found.outcome is not RecheckOutcome.EQUAL:
            who = found.attempt.owner.get_username()
            lines = [f"  {who}: {found.outcome}", *(f"    {change}" for change in found.changes)]
            self.stdout.write("\n".join(lines))

    def _try(self, options: dict[str, Any]) -> None:
        try:
            lab = _read(options["slug"])
            answers = json.loads(Path(options["answers"]).read_text(encoding="utf-8"))
            fixed = dict(_variable(one) for one in options["var"])
            with temporary_database():
                shown = try_answers(lab, answers, fixed)
        except (OSError, ValueError, CommandError) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(json.dumps(shown, indent=1, ensure_ascii=False))


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        message = f"--var takes NAME=VALUE, not {text}"
        raise AnswerFileError(message)
    return name, value


def _faults(slug: str, *, long: bool) -> list[str]:
    """Return what is wrong with a lab; the long gates leave their report in its folder."""
    folder = LIBRARY / slug
    try:
        lab = read_lab(folder)
    except LabError as error:
        return list(map(str, error.faults))
    if not long:
        return short_faults(lab)
    found = long_faults(lab)
    write_report(lab, folder, found)
    return found


def _known(slug: str) -> str:
    if slug not in slugs():
        message = f"There is no lab {slug}. There are: {', '.join(slugs())}"
        raise CommandError(message)
    return slug


def _read(slug: str) -> LabFile:
    try:
        return read_lab(LIBRARY / _known(slug))
    except LabError as error:
        message = f"{slug}:\n{error}"
        raise CommandError(message) from error
