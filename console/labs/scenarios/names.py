"""Names in a scenario that stand for nothing: what AWS would refuse, and what looks like a slip."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from console.labs.scenarios.account_ids import (
    ISSUER,
    ORGANIZATION,
    ORGANIZATION_ROOT,
    UNIQUE_IDS,
    UNIT,
)
from console.labs.scenarios.errors import Fault
from console.labs.scenarios.reader import Data
from console.labs.scenarios.yaml_text import YamlText
from iam.models.organizations import units_above

Path = list[str | int]
_BRACES = re.compile(r"(?<!\$)\{([a-z][a-z0-9_-]*(?::[^{}]+)?)\}")
_DOCUMENTS = {"document", "trust", "policy", "inline", "managed", "boundary", "role", "provider"}


def _names(world: Data, kind: str) -> set[tuple[str, str]]:
    return {(row["account"], row["name"]) for row in world.get(kind, ()) if "name" in row}


def _known(world: Data) -> set[str]:
    units = {str(one.get("organizational_unit", "")) for one in world["accounts"].values()}
    return {
        *world["accounts"],
        *(ISSUER, ORGANIZATION, ORGANIZATION_ROOT),
        *(f"{UNIT}{above}" for unit in units for above in units_above(unit)),
        *(
            f"{prefix}{account}/{name}"
            for kind, (prefix, _) in UNIQUE_IDS.items()
            for account, name in _names(world, kind)
        ),
    }


def _texts(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, str):
        yield value, path
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key, [*path, key]
            yield from _texts(inner, [*path, key])
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, [*path, place])


def _documents(world: Data) -> Iterator[tuple[str, Path]]:
    """Yield the texts in which AWS looks for IDs, with their places."""
    for kind, rows in world.items():
        for place, row in enumerate(rows if isinstance(rows, list) else ()):
            for part in _DOCUMENTS & row.keys():
                yield from _texts(row[part], ["world", kind, place, part])
            for number, version in enumerate(row.get("versions", ())):
                path: Path = ["world", kind, place, "versions", number, "document"]
                yield from _texts(version["document"], path)


def unknown_names(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find names in braces that a policy uses and that stand for nothing in this file."""
    known = _known(data["world"])
    for text, path in _documents(data["world"]):
        for found in _BRACES.finditer(text):
            if found[1] not in known:
                yield source.fault(f"`{{{found[1]}}}` stands for nothing in this file.", path)


def _listed(world: Data, kind: str, part: str) -> Iterator[tuple[str, str, Path]]:
    """Yield the account, a name and its place for each name under a part of rows."""
    for place, row in enumerate(world.get(kind, ())):
        names = row.get(part, ())
        path: Path = ["world", kind, place, part]
        if isinstance(names, str):
            yield row["account"], names, path
            continue
        for number, name in enumerate(names):
            yield row["account"], name, [*path, number]


_REFERENCES = (
    ("users", "groups", "groups", "group"),
    ("groups", "members", "users", "user"),
    ("instance_profiles", "role", "roles", "role"),
    ("instances", "profile", "instance_profiles", "instance profile"),
)


def missing_parts(data: Data, source: YamlText) -> Iterator[Fault]:
    """Find groups, members, roles and profiles that are named and are not in their account."""
    world = data["world"]
    for kind, part, others, word in _REFERENCES:
        there = _names(world, others)
        for account, name, path in _listed(world, kind, part):
            if (account, name) not in there:
                yield source.fault(f"There is no {word} `{name}` in the account `{account}`.", path)
