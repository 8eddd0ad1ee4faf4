"""A scenario file read and checked against the published JSON Schema."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.yaml_text import YamlText
from iam.models.organizations import ROOT, unit_target, units_above

Data = dict[str, Any]

FOLDER = Path(__file__).parent
DEMO = FOLDER / "demo.yaml"
SCHEMA = FOLDER / "schema.json"
_MOST_FAULTS = 20
_OF_AN_ACCOUNT = (
    "policies",
    "groups",
    "users",
    "roles",
    "buckets",
    "saml_providers",
    "oidc_providers",
)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def path_text(path: Sequence[str | int]) -> str:
    """Return a path as people write it: `world.users[0].name`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".")


def _deepest(error: ValidationError) -> ValidationError:
    """Return the error inside an anyOf that says most."""
    return best_match([error]) or error


def _path_of(error: ValidationError) -> list[str | int]:
    """Return the path to what is wrong, down to the key nobody knows."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        path += [key for key in error.instance if key not in known][:1]
    return path


def _message_of(error: ValidationError) -> str:
    if error.validator == "type" and isinstance(error.instance, int):
        return f"{error.message}: write it in quotes"
    if len(error.message) > 300 and error.validator:
        return f"does not satisfy the schema's `{error.validator}`"
    return error.message


def _schema_faults(source: YamlText) -> Iterator[Fault]:
    errors = sorted(_validator().iter_errors(source.data), key=lambda e: list(map(str, e.path)))
    for error in map(_deepest, errors[:_MOST_FAULTS]):
        path = _path_of(error)
        yield Fault(_message_of(error), path_text(path), source.line(path))


def _unknown_accounts(source: YamlText) -> Iterator[Fault]:
    world = source.data["world"]
    for kind in _OF_AN_ACCOUNT:
        for index, row in enumerate(world.get(kind, ())):
            if row["account"] not in world["accounts"]:
                path: list[str | int] = ["world", kind, index, "account"]
                message = f"There is no account `{row['account']}` under world.accounts."
                yield Fault(message, path_text(path), source.line(path))


def _shared_ids(source: YamlText) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, account in source.data["world"]["accounts"].items():
        fixed = account.get("id")
        if fixed and fixed in seen:
            path = ["world", "accounts", name, "id"]
            message = f"Another account of this file has the ID {fixed}."
            yield Fault(message, path_text(path), source.line(path))
        seen.add(fixed)


def _organization_faults(source: YamlText) -> Iterator[Fault]:
    world = source.data["world"]
    managing = [name for name, one in world["accounts"].items() if one.get("management")]
    for name in managing[1:]:
        path: list[str | int] = ["world", "accounts", name, "management"]
        message = f"`{managing[0]}` is the management account already; an organization has one."
        yield Fault(message, path_text(path), source.line(path))
    units = {one.get("organizational_unit", "") for one in world["accounts"].values()}
    known = {unit_target(above) for unit in units for above in units_above(unit)}
    known |= {ROOT, *(f"account:{name}" for name in world["accounts"])}
    for index, row in enumerate(world.get("control_policies", ())):
        path = ["world", "control_policies", index]
        if not managing:
            message = "No account is the organization's: give one of them `management: true`."
            yield Fault(message, path_text(path), source.line(path))
        for place, target in enumerate(row["targets"]):
            if target not in known:
                at = [*path, "targets", place]
                message = f"There is no `{target}`: no account of this file is it or in it."
                yield Fault(message, path_text(at), source.line(at))


def read_scenario(text: str) -> Data:
    """Return a scenario's data; raises ScenarioError with every fault, its path and line."""
    return deepcopy(_read(text))


# A class that begins a lab seeds one text many times; reading it costs as much as seeding it.
@lru_cache(maxsize=8)
def _read(text: str) -> Data:
    source = YamlText(text)
    for check in (_schema_faults, _unknown_accounts, _shared_ids, _organization_faults):
        faults = list(check(source))
        if faults:
            raise ScenarioError(*faults)
    data: Data = source.data
    return data
