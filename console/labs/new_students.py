"""New logins for students: the name, the password, and what is wrong with them in a sentence."""

import secrets
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from console.labs.site_users import STUDENTS, set_display_name

LONGEST_NAME = 64
_GUESTS_PREFIX = "guest-"
_CHARACTERS = "Use letters, digits and . _ - + @, without spaces."
TAKEN = "Somebody has this name already. Choose another one."
_DIGITS = "23456789"
_WORDS = Path(__file__).with_name("password_words.txt").read_text(encoding="utf-8").split()


def suggest_password() -> str:
    """Return a password that is easy to read and to type: three words and two digits."""
    return password_from(secrets.token_bytes(32))


def password_from(key: bytes) -> str:
    """Return the password that a secret key gives, of the same form."""
    left, parts = int.from_bytes(key), []
    for among in (_WORDS, _WORDS, _WORDS, _DIGITS, _DIGITS):
        left, number = divmod(left, len(among))
        parts.append(among[number])
    return "-".join([*parts[:3], "".join(parts[3:])])


def checked_name(typed: str) -> str:
    """Return a login name as it is stored; raises ValidationError if nobody new can have it."""
    name = User.normalize_username(typed.strip())
    if not name:
        raise ValidationError({"name": "Enter a name."})
    if len(name) > LONGEST_NAME:
        raise ValidationError({"name": f"A name has up to {LONGEST_NAME} characters."})
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError:
        raise ValidationError({"name": _CHARACTERS}) from None
    if name.lower().startswith(_GUESTS_PREFIX) or User.objects.filter(username__iexact=name):
        raise ValidationError({"name": TAKEN})
    return name


def make_student(name: str, password: str | None, display_name: str = "") -> tuple[User, str]:
    """Make a student's login; return it with its password, made up if none is given.

    Raises ValidationError with sentences under `name` and `password`.
    """
    user = User(username=checked_name(name))
    if password is None:
        password = suggest_password()
    else:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ValidationError({"password": error.messages}) from error
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
            user.groups.add(Group.objects.get_or_create(name=STUDENTS)[0])
            if display_name.strip():
                set_display_name(user, display_name)
    except IntegrityError:  # somebody else took it in the meantime
        raise ValidationError({"name": TAKEN}) from None
    return user, password
