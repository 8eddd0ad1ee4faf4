"""The people of a sandbox's identity provider, and the roles that their groups are offered."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from regex import IGNORECASE
from regex import compile as compiled

from iam.arns import account_of, parse_iam_arn
from iam.models import Sandbox
from iam.models.hashers import TOY
from sts.built_in.models import Person, RoleOffer

_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_GROUP = re.compile(r"[^\x00-\x1f,]{1,64}")
# STS's pattern of session tags, without characters that XML cannot hold.
_TAG_KEY = compiled(r"(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}", flags=IGNORECASE)
_TAG_VALUE = compiled(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}")
_ROLE_ID = re.compile(r"[\w+=,.@/-]{1,512}", re.ASCII)
_PROVIDER_NAME = re.compile(r"[\w._-]{1,128}", re.ASCII)
_SHORTEST, _LONGEST = 900, 43200
_MOST_PEOPLE, _MOST_OFFERS, _MOST_TAGS = 200, 200, 10


class PersonError(ValueError):
    """An entry is refused; `field` names the form field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _raise_stamp(sandbox: Sandbox) -> None:
    """Have what is kept under the stamp read anew, as every write of an operation does."""
    Sandbox.objects.filter(pk=sandbox.pk).update(stamp=F("stamp") + 1)


def people_of(sandbox: Sandbox) -> list[Person]:
    return list(Person.in_sandbox(sandbox))


def person_of(sandbox: Sandbox, name: str) -> Person | None:
    found: Person | None = Person.in_sandbox(sandbox).filter(name=name.replace("\0", "?")).first()
    return found


def person_by_password(sandbox: Sandbox, name: str, password: str) -> Person | None:
    """Return the person with this name and password; None if they are wrong."""
    person = person_of(sandbox, name.strip())
    if person is None:
        make_password(password, hasher=TOY)
        return None
    return person if check_password(password, person.password) else None


def groups_of(sandbox: Sandbox) -> list[str]:
    """Return the names of all groups with people or offered roles."""
    people = Person.in_sandbox(sandbox).values_list("groups", flat=True)
    offered = RoleOffer.in_sandbox(sandbox).values_list("group", flat=True)
    return sorted({group for groups in people for group in groups} | set(offered))


def _checked_email(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise PersonError("email", "Enter a valid email address.") from error
    if not email.isprintable():
        raise PersonError("email", "Enter a valid email address.")
    return email


def _checked_tags(tags: Mapping[str, str]) -> dict[str, str]:
    if len(tags) > _MOST_TAGS:
        raise PersonError("tags", f"A person has {_MOST_TAGS} attributes at most.")
    for key, value in tags.items():
        if not _TAG_KEY.fullmatch(key):
            message = "A key has 1 to 128 letters, digits, spaces and _.:/=+-@; not aws: in front."
            raise PersonError("tags", message)
        if not _TAG_VALUE.fullmatch(value):
            raise PersonError(
                "tags", "A value has 256 letters, digits, spaces and _.:/=+-@ at most."
            )
    return dict(tags)


@dataclass(frozen=True)
class Entry:
    """The entered data of a person; `tags` become session tags."""

    name: str
    email: str
    full_name: str = ""
    groups: Sequence[str] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    password: str = ""


def _added(sandbox: Sandbox, name: str, fields: Mapping[str, Any]) -> Person:
    try:
        with transaction.atomic():
            made: Person = Person.add(sandbox, name=name, **fields)
    except IntegrityError as error:  # another request added them meanwhile
        raise PersonError("name", f"There is a person called {name} already.") from error
    return made


def _with_password(password: str) -> dict[str, Any]:
    return {"password": make_password(password, hasher=TOY), "from_start": False}


def save_person(sandbox: Sandbox, entry: Entry) -> Person:
    """Add a person, or change the one of this name; raises PersonError.

    A new person needs a password; an empty one leaves a password unchanged.
    """
    name, groups, password = entry.name, entry.groups, entry.password
    if not _NAME.fullmatch(name):
        message = "A name has 2 to 64 characters: letters, digits and _+=,.@-"
        raise PersonError("name", message)
    unusable = [group for group in groups if not _GROUP.fullmatch(group)]
    if unusable:
        raise PersonError("groups", "A group's name has 1 to 64 characters and no comma.")
    present = person_of(sandbox, name)
    if present is None and not password:
        raise PersonError("password", "Enter a password.")
    if present is None and Person.in_sandbox(sandbox).count() >= _MOST_PEOPLE:
        raise PersonError("name", f"There are {_MOST_PEOPLE} people already.")
    fields: dict[str, Any] = {
        "email": _checked_email(entry.email),
        "full_name": entry.full_name.replace("\0", ""),
        "groups": list(dict.fromkeys(groups)),
        "tags": _checked_tags(entry.tags),
    }
    if password:
        fields |= _with_password(password)
    if present is None:
        present = _added(sandbox, name, fields)
    else:
        for column, value in fields.items():
            setattr(present, column, value)
        present.save()
    _raise_stamp(sandbox)
    return present


def set_password(sandbox: Sandbox, name: str, password: str) -> None:
    rows = Person.in_sandbox(sandbox).filter(name=name)
    rows.update(**_with_password(password))


def delete_person(sandbox: Sandbox, name: str) -> None:
    Person.in_sandbox(sandbox).filter(name=name.replace("\0", "?")).delete()
    _raise_stamp(sandbox)


def offers_of(sandbox: Sandbox) -> list[RoleOffer]:
    return list(RoleOffer.in_sandbox(sandbox))


def is_role_arn(text: str) -> bool:
    arn = parse_iam_arn(text, "role")
    return arn is not None and _ROLE_ID.fullmatch(arn.id) is not None


def _is_provider_arn(text: str) -> bool:
    arn = parse_iam_arn(text, "saml-provider")
    return arn is not None and _PROVIDER_NAME.fullmatch(arn.id) is not None


def add_offer(
    sandbox: Sandbox, group: str, role_arn: str, provider_arn: str, seconds: int = 3600
) -> None:
    """Offer a role to a group; raises PersonError."""
    if not _GROUP.fullmatch(group):
        raise PersonError("group", "A group's name has 1 to 64 characters and no comma.")
    if not is_role_arn(role_arn):
        raise PersonError(
            "role_arn", "Enter the ARN of a role, such as arn:aws:iam::123456789012:role/R"
        )
    if not _is_provider_arn(provider_arn):
        message = "Enter the ARN of a SAML provider: arn:aws:iam::123456789012:saml-provider/NAME"
        raise PersonError("provider_arn", message)
    if account_of(role_arn) != account_of(provider_arn):
        raise PersonError("provider_arn", "Role and provider have to be in the same account.")
    if not _SHORTEST <= seconds <= _LONGEST:
        raise PersonError("seconds", f"A session lasts {_SHORTEST} to {_LONGEST} seconds.")
    rows = RoleOffer.in_sandbox(sandbox)
    if rows.count() >= _MOST_OFFERS:
        raise PersonError("group", f"There are {_MOST_OFFERS} offers already.")
    same = rows.filter(group=group, role_arn=role_arn, provider_arn=provider_arn)
    names = {"group": group, "role_arn": role_arn, "provider_arn": provider_arn}
    if not same.update(seconds=seconds):
        with suppress(IntegrityError), transaction.atomic():  # another request created it meanwhile
            RoleOffer.add(sandbox, seconds=seconds, **names)
    _raise_stamp(sandbox)


def remove_offer(sandbox: Sandbox, pk: int) -> None:
    RoleOffer.in_sandbox(sandbox).filter(pk=pk).delete()
    _raise_stamp(sandbox)


def roles_for(person: Person) -> list[RoleOffer]:
    """Return the roles that are offered to a person, each once."""
    offers = RoleOffer.in_sandbox(person.sandbox).filter(group__in=person.groups)
    once = {(one.role_arn, one.provider_arn): one for one in offers}
    return list(once.values())
