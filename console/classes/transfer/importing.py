"""A class imported: everything in it is new, nothing that is there is changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import InvalidOperation
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Field, Model
from django.utils import timezone

from console.classes.audit import Deed, note_action
from console.classes.models import Class, Enrollment
from console.classes.staff import new_class
from console.classes.transfer.archive import ClassFile, TransferRefused
from console.classes.transfer.document import (
    AUTHORS,
    PARTS,
    Document,
    columns_of,
    document_of,
    without_authors,
)
from console.classes.transfer.worlds import ImportedWorlds, import_worlds
from console.labs.attempts import terms_of
from console.labs.attempts.storage import stored_results, untouched
from console.labs.files import LabError, lab_of_files
from console.labs.lab_versions import version_of_lab
from console.labs.models import Attempt, LabVersion, SiteUser
from iam.models import Sandbox

_MOST_LOGINS = 1000


@dataclass
class ImportedClass:
    """A class that was imported: people who are new or were here, what is equal, its worlds."""

    course_class: Class
    new: int = 0
    matched: int = 0
    compared: dict[str, int] = field(default_factory=dict)
    worlds: ImportedWorlds = field(default_factory=ImportedWorlds)


@dataclass
class _Import:
    document: Document
    match_logins: bool
    people: dict[int, User] = field(default_factory=dict)
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)
    versions: dict[str, LabVersion] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    new: int = 0

    def read_labs(self) -> None:
        for digest, one in self.document["labs"].items():
            lab = lab_of_files(one["slug"], one["files"])
            if lab.hash != digest:
                raise TransferRefused(f"The files of the lab {one['slug']} are not its own.")
            self.versions[digest] = version_of_lab(lab)

    def read_people(self) -> None:
        """Let students be new site users; who is here already, only if logins are to match."""
        logins = [one["login"] for one in self.document["people"]]
        known = User.objects.filter(username__in=logins).select_related("guest")
        self.taken = {one.get_username() for one in known}
        here = {
            one.get_username(): one
            for one in known
            if self.match_logins and one.is_active and not hasattr(one, "guest")
        }
        students = {one["user"] for one in self.document["students"]}
        students |= {one["owner"] for one in self.document["attempts"]}
        for place, one in enumerate(self.document["people"]):
            if one["login"] in here:
                self.people[place] = here[one["login"]]
            elif place in students:
                self.people[place] = self._new_person(one["login"], one["name"])

    def _new_person(self, login: str, name: str) -> User:
        user = User(username=login if login not in self.taken else self._free_login(login))
        user.set_unusable_password()
        user.clean_fields(exclude=["password"])
        user.save()
        SiteUser.objects.create(user=user, display_name=name[:80])
        self.taken.add(user.get_username())
        self.new += 1
        return user

    def _free_login(self, login: str) -> str:
        names = (f"{login[:140]}-{number}" for number in range(2, _MOST_LOGINS))
        free = (one for one in names if one not in self.taken)
        return next(one for one in free if not User.objects.filter(username=one).exists())

    def value(self, column: "Field[Any, Any]", value: Any) -> Any:
        """Return a value as the field has it, and for a place what stands there."""
        related = column.related_model
        if value is None:
            return None
        if not isinstance(related, type):
            return column.clean(value, None) if column.choices else column.to_python(value)
        if related is User:
            person = self.people.get(value)
            if person is None and column.name not in AUTHORS:
                raise TransferRefused("Somebody in the class is nobody in its list of people.")
            return person
        if related is LabVersion:
            return self.versions[value]
        rows = self.rows[related]
        if not isinstance(value, int) or not 0 <= value < len(rows):
            raise TransferRefused("A row of the class refers to one that is not in it.")
        return rows[value]

    def add(self, name: str, course_class: Class) -> None:
        """Insert the rows of a part with the times that they had."""
        model = PARTS[name].model
        columns = columns_of(model)
        given: list[Mapping[str, Any]] = [
            {one.name: self.value(one, row[one.name]) for one in columns}
            for row in self.document[name]
        ]
        made = [self._row(model, values, course_class) for values in given]
        sandboxes = [row.sandbox for row in made if isinstance(row, Attempt)]
        Sandbox.objects.bulk_create(sandboxes, batch_size=200)
        model._base_manager.bulk_create(made, batch_size=200)
        stamped = [one.name for one in columns if getattr(one, "auto_now_add", False)]
        stamped += [one.name for one in columns if getattr(one, "auto_now", False)]
        for row, values in zip(made, given, strict=True):
            for column in stamped:
                setattr(row, column, values[column])
        if stamped:
            model._base_manager.bulk_update(made, stamped, batch_size=200)
        self.rows[model] = made

    def _row(self, model: type[Model], values: Mapping[str, Any], course_class: Class) -> Model:
        row = model(**values)
        if any(one.name == "course_class" for one in model._meta.concrete_fields):
            row.course_class = course_class  # type: ignore[attr-defined]
        if isinstance(row, Attempt):
            row.sandbox = Sandbox(name=row.lab, owner=row.owner, lab=row.lab, suspended=True)
            row.world_gone_at = timezone.now()
        return row


def import_class(file: ClassFile, owner: User, *, match_logins: bool = False) -> ImportedClass:
    """Make a class of a file, owned by somebody here; raises TransferRefused and made nothing then.

    Worlds come last, one by one: they are made anew.
    """
    made = import_rows(file, owner, match_logins=match_logins)
    made.worlds = import_worlds(made.course_class, file.read_worlds())
    return made


def import_rows(file: ClassFile, owner: User, *, match_logins: bool = False) -> ImportedClass:
    """Make a class of a file, without its worlds; raises TransferRefused and made nothing then.

    Students are new site users unless `match_logins`; logins that are taken get a number. Nobody
    gets a password or may teach by it. Afterwards the class is read and compared with the file.
    """
    for _ in file.read_worlds():
        pass  # all are as the manifest describes them, or nothing is imported
    work = _Import(file.document, match_logins)
    try:
        _read_work(file.document)
        with transaction.atomic():
            made = _imported(work, owner)
    except TransferRefused:
        raise
    except LabError as error:
        raise TransferRefused(f"A lab in the file cannot be read: {error}") from error
    except (
        DatabaseError,
        InvalidOperation,
        ValidationError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        StopIteration,
    ) as error:
        raise TransferRefused(f"Nothing was imported. A row was refused: {error}") from error
    return made


def _imported(work: _Import, owner: User) -> ImportedClass:
    about = work.document["class"]
    work.read_labs()
    work.read_people()
    made = new_class(owner, str(about["name"])[:80], about["time_zone"])
    made.keep_until = date.fromisoformat(about["keep_until"]) if about["keep_until"] else None
    made.made_at = datetime.fromisoformat(about["made_at"])
    made.join_open = False
    made.full_clean()
    made.save()
    for name in PARTS:
        work.add(name, made)
    compared = _compared(work.document, document_of(made))
    matched = len(work.people) - work.new
    note_action(made, owner, Deed.IMPORTED_THE_CLASS, f"{len(work.rows[Enrollment])} students.")
    return ImportedClass(made, work.new, matched, compared)


def _read_work(document: Document) -> None:
    """Read what pages read of the work; raises what they would where it is not as it should be."""
    for row in document["attempts"]:
        columns = "terms", "results", "start", "parts", "states"
        attempt = Attempt(**{name: row[name] for name in columns})
        terms_of(attempt)
        stored_results(attempt)
        untouched(attempt, "", ())
        for levels in attempt.parts.values():
            sum(points for points, _ in levels)
            [datetime.fromisoformat(at) for _, at in levels]


def _compared(expected: Document, found: Document) -> dict[str, int]:
    """Return how many rows of each part are equal; raises TransferRefused where any is not.

    Who did something is no part of it: that person may not be known here.
    """
    for name in ("class", "labs"):
        if expected[name] != found[name]:
            raise TransferRefused(f"Nothing was imported: {name} was not the same after it.")
    compared = {}
    for name in PARTS:
        if without_authors(expected[name]) != without_authors(found[name]):
            raise TransferRefused(f"Nothing was imported: {name} were not the same after it.")
        compared[name] = len(expected[name])
    return compared
