"""A class imported: everything in it is new, nothing that is there is changed.

It is made in short transactions, so that nobody waits long for the database, as a class that is
arriving: nobody sees it before all of it is there.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from decimal import InvalidOperation
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Field, Model
from django.utils import timezone

from console.classes.audit import Deed, note_action
from console.classes.models import Class, Enrollment, Teaching, TeachingRole
from console.classes.transfer.archive import ClassFile, TransferRefused
from console.classes.transfer.arrivals import arriving_class, batches, remove_arrival
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
from console.labs.files import LabError, LabFile, lab_of_files
from console.labs.lab_versions import version_of_lab
from console.labs.models import Attempt, LabVersion, SiteUser
from iam.models import Sandbox

_MOST_LOGINS = 1000
_NOBODY = "Somebody in the class is nobody in its list of people."


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
    course_class: Class
    people: dict[int, User] = field(default_factory=dict)
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)
    versions: dict[str, LabVersion] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    new: int = 0

    def read_people(self) -> None:
        """Let students be new site users; who is here already, only if logins are to match."""
        people = self.document["people"]
        students = {one["user"] for one in self.document["students"]}
        students |= {one["owner"] for one in self.document["attempts"]}
        if not students <= set(range(len(people))):
            raise TransferRefused(_NOBODY)
        logins = [one["login"] for one in people]
        known = User.objects.filter(username__in=logins).select_related("guest")
        self.taken = {one.get_username() for one in known}
        here = {
            one.get_username(): one
            for one in known
            if self.match_logins and one.is_active and not hasattr(one, "guest")
        }
        for place, one in enumerate(people):
            if one["login"] in here:
                self.people[place] = here[one["login"]]
        missing = sorted(one for one in students if one not in self.people)
        for places in batches(missing):
            self._add_people(places)

    def _add_people(self, places: Sequence[int]) -> None:
        found = {place: self.document["people"][place] for place in places}
        users = {place: self._new_person(one["login"]) for place, one in found.items()}
        profiles = [
            SiteUser(user=user, display_name=found[place]["name"][:80])
            for place, user in users.items()
        ]
        with transaction.atomic():
            User.objects.bulk_create(users.values())
            SiteUser.objects.bulk_create(profiles)
            made = [one.pk for one in users.values()]
            self.course_class.arrival = [*(self.course_class.arrival or ()), *made]
            self.course_class.save(update_fields=["arrival"])
        self.people |= users
        self.new += len(users)

    def _new_person(self, login: str) -> User:
        user = User(username=login if login not in self.taken else self._free_login(login))
        user.set_unusable_password()
        user.clean_fields(exclude=["password"])
        self.taken.add(user.get_username())
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
                raise TransferRefused(_NOBODY)
            return person
        if related is LabVersion:
            return self.versions[value]
        rows = self.rows[related]
        if not isinstance(value, int) or not 0 <= value < len(rows):
            raise TransferRefused("A row of the class refers to one that is not in it.")
        return rows[value]

    def add(self, name: str) -> None:
        """Insert the rows of a part with the times that they had."""
        model = PARTS[name].model
        columns = columns_of(model)
        stamped = [one.name for one in columns if getattr(one, "auto_now_add", False)]
        stamped += [one.name for one in columns if getattr(one, "auto_now", False)]
        self.rows[model] = []
        for rows in batches(self.document[name]):
            given: list[Mapping[str, Any]] = [
                {one.name: self.value(one, row[one.name]) for one in columns} for row in rows
            ]
            made = [self._row(model, values) for values in given]
            with transaction.atomic():
                Sandbox.objects.bulk_create(
                    [row.sandbox for row in made if isinstance(row, Attempt)]
                )
                model._base_manager.bulk_create(made)
                for row, values in zip(made, given, strict=True):
                    for column in stamped:
                        setattr(row, column, values[column])
                if stamped:
                    model._base_manager.bulk_update(made, stamped)
            self.rows[model] += made

    def _row(self, model: type[Model], values: Mapping[str, Any]) -> Model:
        row = model(**values)
        if any(one.name == "course_class" for one in model._meta.concrete_fields):
            row.course_class = self.course_class  # type: ignore[attr-defined]
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


def import_rows(
    file: ClassFile,
    owner: User,
    *,
    match_logins: bool = False,
    then: Callable[[ImportedClass], None] = lambda _: None,
) -> ImportedClass:
    """Make a class of a file, without its worlds; raises TransferRefused and made nothing then.

    Students are new site users unless `match_logins`; logins that are taken get a number. Nobody
    gets a password or may teach by it. Afterwards the class is read and compared with the file;
    `then` is called in the transaction in which it begins to be seen.
    """
    for _ in file.read_worlds():
        pass  # all are as the manifest describes them, or nothing is imported
    try:
        _read_work(file.document)
        with ExitStack() as if_it_fails:
            course_class = arriving_class(file.document["class"])
            if_it_fails.callback(remove_arrival, course_class)
            made = _imported(_Import(file.document, match_logins, course_class))
            _show(made, owner, then)
            if_it_fails.pop_all()
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


def _imported(work: _Import) -> ImportedClass:
    labs = _labs_of(work.document)
    work.versions = {lab.hash: version_of_lab(lab) for lab in labs}
    work.read_people()
    for name in PARTS:
        work.add(name)
    compared = _compared(work.document, document_of(work.course_class))
    matched = len(work.people) - work.new
    return ImportedClass(work.course_class, work.new, matched, compared)


def _labs_of(document: Document) -> list[LabFile]:
    labs = []
    for digest, one in document["labs"].items():
        lab = lab_of_files(one["slug"], one["files"])
        if lab.hash != digest:
            raise TransferRefused(f"The files of the lab {one['slug']} are not its own.")
        labs.append(lab)
    return labs


def _show(made: ImportedClass, owner: User, then: Callable[[ImportedClass], None]) -> None:
    """Let a class be seen that has arrived."""
    course_class = made.course_class
    course_class.arrival = course_class.archived_at = None
    students = Enrollment.objects.filter(course_class=course_class).count()
    with transaction.atomic():
        course_class.save()
        Teaching.objects.create(course_class=course_class, user=owner, role=TeachingRole.OWNER)
        note_action(course_class, owner, Deed.IMPORTED_THE_CLASS, f"{students} students.")
        then(made)


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
