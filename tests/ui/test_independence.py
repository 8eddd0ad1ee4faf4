"""The UI kit knows nothing of what its pages show; import-linter checks its imports alone."""

import re
from itertools import chain
from pathlib import Path

from tests.test_project import ROOT

SERVICES = "iam sts s3 ec2 cloudtrail aws amazon"
THINGS = "role roles sandbox identity identities account accounts arn policy policies user users"
FOREIGN = re.compile(rf"(?<![a-z])({'|'.join((SERVICES + ' ' + THINGS).split())})(?![a-z])", re.I)
NEXT_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?=[A-Z][a-z])")
ARIA_ROLE = re.compile(r"\brole=")


def kit() -> list[Path]:
    rooms = (("templates/ui", "*.html"), ("console/ui", "*.py"), ("console/templatetags", "ui*.py"))
    return sorted(chain.from_iterable((ROOT / room).rglob(names) for room, names in rooms))


def foreign_words(text: str) -> set[str]:
    """Return the words of IAM in a source text, which may be a part of a name in it."""
    words = NEXT_WORD.sub(" ", ARIA_ROLE.sub("", text))
    return {word.lower() for word in FOREIGN.findall(words)}


def test_no_part_of_the_kit_names_a_service_or_a_thing_of_iam():
    named = {str(path.relative_to(ROOT)): foreign_words(path.read_text()) for path in kit()}
    assert len(named) > 50
    assert {name: words for name, words in named.items() if words} == {}


def test_a_word_of_iam_is_found_within_a_name():
    assert foreign_words("S3Form account_number IAMForm") == {"s3", "account", "iam"}
    assert foreign_words('<p role="alert">controlled</p>') == set()
