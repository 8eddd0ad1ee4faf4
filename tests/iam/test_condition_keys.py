"""Each condition key of a served action is derived, or listed among those that no request has."""

import re
from functools import cache
from pathlib import Path

import pytest

from iam import catalogue
from iam.perform.registry import registry

ROOT = Path(__file__).parents[2]
LIST = ROOT / "iam/authorization/CONDITION_KEYS.md"
LISTED = re.findall(r"^\| `([^`]+)` \|", LIST.read_text(encoding="utf-8"), re.MULTILINE)
_OF_A_TOKEN = re.compile(r"[a-z.-]+\.[a-z]+:(?:aud|sub|oaud|amr)")
"""Keys of identity providers, whose addresses they begin with (`sts/actions/token_claims.py`)."""
_NO_CODE_OF_REQUESTS = {"engine", "catalogue", "migrations", "federation"}


@cache
def code() -> str:
    """All that makes requests' contexts, in lower case."""
    files = [
        path for top in ("iam", "sts", "console/services") for path in (ROOT / top).rglob("*.py")
    ]
    return "\n".join(
        path.read_text(encoding="utf-8").lower()
        for path in files
        if not _NO_CODE_OF_REQUESTS & set(path.parts)
    )


@cache
def served_actions() -> frozenset[str]:
    """The operations, and the actions that the code of requests names besides."""
    named = re.findall(r'"((?:iam|sts|s3|cloudtrail|ec2|lambda|organizations):[a-z0-9]+)"', code())
    return frozenset({*(name.lower() for name in registry.operations), *named})


@cache
def keys() -> dict[str, str]:
    """The condition keys of served actions and their resources, with an action of each."""
    found: dict[str, str] = {}
    for name in sorted(served_actions()):
        action, service = catalogue.action(name), catalogue.service(name.partition(":")[0])
        if action is None or service is None:
            continue
        kinds = filter(None, map(service.resource_type, action.resource_types))
        for key in (
            *action.condition_keys,
            *(one for kind in kinds for one in kind.condition_keys),
        ):
            found.setdefault(key, name)
    return found


def is_derived(key: str) -> bool:
    start = re.split(r"[<$]", key)[0].rstrip("/").lower()
    return f'"{start}' in code() or _OF_A_TOKEN.fullmatch(key) is not None


def covers(line: str, key: str) -> bool:
    return key.startswith(line[:-1]) if line.endswith("*") else key == line


def test_there_are_keys_to_look_at() -> None:
    assert len(keys()) > 150
    assert {"s3:x-amz-server-side-encryption", "sts:ExternalId"} <= keys().keys()


def test_every_key_of_a_served_action_is_derived_or_listed() -> None:
    neither = {
        key: action
        for key, action in keys().items()
        if not is_derived(key) and not any(covers(line, key) for line in LISTED)
    }
    assert neither == {}


@pytest.mark.parametrize("line", LISTED)
def test_a_line_of_the_list_is_needed(line: str) -> None:
    assert any(covers(line, key) and not is_derived(key) for key in keys())
