"""Several violations that AWS tells in one sentence, told apart for the fields of a form."""

import re
from collections.abc import Iterable, Mapping

from django import forms

from iam.wire.errors import AwsError

_JOINED = re.compile(r"([0-9]+) validation errors? detected: (.*)", re.DOTALL)
_PLACE = r"Value(?: null| '.*?')? at '([^']*)' failed to satisfy constraint: "
_BETWEEN = re.compile(rf"; (?={_PLACE})", re.DOTALL)
_BEFORE = re.compile(_PLACE, re.DOTALL)
_FRIENDLY = re.compile(r"(?<=[.]) (?=The specified value for [A-Za-z.]+ is invalid[.])")


def faults_of(error: AwsError, known: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the parameters at fault, each with its own sentence; empty if not told apart.

    `known` are parameters that a sentence may be about though the error does not name them.
    """
    members = (*error.members, *known)
    found = [(_parameter(place, members), part) for place, part in _violations(error.message)]
    if found:
        return found if all(name for name, _ in found) else []
    friendly = _FRIENDLY.split(error.message)
    same = len(friendly) == len(error.members)
    return list(zip(error.members, friendly, strict=True)) if same else []


def _violations(message: str) -> list[tuple[str, str]]:
    """Return where each violation is, and the sentence AWS would answer to it alone."""
    joined = _JOINED.fullmatch(message)
    if joined is None:
        return []
    # The pattern's own group is between the parts: every second one is a place.
    parts = _BETWEEN.split(joined[2])[::2]
    places = [_BEFORE.match(part) for part in parts]
    if len(parts) != int(joined[1]):
        return []
    return [
        (place[1] if place else "", f"1 validation error detected: {part}")
        for place, part in zip(places, parts, strict=True)
    ]


def _parameter(place: str, members: tuple[str, ...]) -> str:
    """Return the parameter that a place is in, such as Tags for tags.1.member.key."""
    first = place.partition(".")[0]
    return next((name for name in members if name[:1].lower() + name[1:] == first), "")


def refuse_at_fields(form: forms.Form, error: AwsError, fields: Mapping[str, str]) -> bool:
    """Add each violation to the field that `fields` gives its parameter; tell if all have one.

    What cannot be told apart is added as a whole to the first field there is for it.
    """
    found = [(fields.get(name, ""), sentence) for name, sentence in faults_of(error, fields)]
    if not found:
        named = [(fields[name], error.message) for name in error.members if name in fields]
        found = named[:1]
    for field, sentence in found:
        if field:
            form.add_error(field, sentence)
    return bool(found) and all(field for field, _ in found)
