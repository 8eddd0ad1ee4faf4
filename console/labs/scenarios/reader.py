"""A scenario file read and checked against the published JSON Schema."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.exceptions import best_match

from console.labs.scenarios.errors import Fault, ScenarioError
from console.labs.scenarios.schema_sentences import sentence_of, unknown_keys
from console.labs.scenarios.validators import validator_of
from console.labs.scenarios.yaml_text import YamlText
from iam.models.organizations import ROOT, unit_target, units_above

Data = dict[str, Any]

FOLDER = Path(__file__).parent
DEMO = FOLDER / "demo.yaml"
SCHEMA = FOLDER / "schema.json"
_MOST_FAULTS = 20
_MOST_LOOKED_AT = 200


def _deepest(error: ValidationError) -> ValidationError:
    """Return the most specific error inside an anyOf."""
    return best_match([error]) or error


def _path_of(error: ValidationError) -> list[str | int]:
    """Return the path to what is wrong, down to the key nobody knows."""
    path = list(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        path += unknown_keys(error)[:1]
    return path


def schema_faults(
    validator: Draft202012Validator, source: YamlText, data: Any = None
) -> Iterator[Fault]:
    """Find what a schema refuses in the file, or in other data that stands at a part of it."""
    found = validator.iter_errors(source.data if data is None else data)
    errors = sorted(islice(found, _MOST_LOOKED_AT), key=lambda e: list(map(str, e.path)))
    for error in map(_deepest, errors[:_MOST_FAULTS]):
        yield source.fault(sentence_of(error), _path_of(error))


def _unknown_accounts(world: Data, source: YamlText) -> Iterator[Fault]:
    for kind, rows in world.items():
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if "account" in row and row["account"] not in world["accounts"]:
                path: list[str | int] = ["world", kind, index, "account"]
                message = f"There is no account `{row['account']}` under world.accounts."
                yield source.fault(message, path)


def _shared_ids(world: Data, source: YamlText) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, account in world["accounts"].items():
        fixed = account.get("id")
        if fixed and fixed in seen:
            path = ["world", "accounts", name, "id"]
            message = f"Another account of this file has the ID {fixed}."
            yield source.fault(message, path)
        seen.add(fixed)


def _organization_faults(world: Data, source: YamlText) -> Iterator[Fault]:
    managing = [name for name, one in world["accounts"].items() if one.get("management")]
    for name in managing[1:]:
        path: list[str | int] = ["world", "accounts", name, "management"]
        message = f"`{managing[0]}` is the management account already; an organization has one."
        yield source.fault(message, path)
    units = {one.get("organizational_unit", "") for one in world["accounts"].values()}
    known = {unit_target(above) for unit in units for above in units_above(unit)}
    known |= {ROOT, *(f"account:{name}" for name in world["accounts"])}
    for index, row in enumerate(world.get("control_policies", ())):
        path = ["world", "control_policies", index]
        if not managing:
            message = "No account is the organization's: give one of them `management: true`."
            yield source.fault(message, path)
        for place, target in enumerate(row["targets"]):
            if target not in known:
                at = [*path, "targets", place]
                message = f"There is no `{target}`: no account of this file is it or in it."
                yield source.fault(message, at)


def version_numbers(versions: Sequence[Data]) -> tuple[int, ...]:
    """Return the numbers of a policy's versions: without one, one more than the one before."""
    numbers: list[int] = []
    for version in versions:
        numbers.append(version.get("number", (numbers or [0])[-1] + 1))
    return tuple(numbers)


def _version_faults(world: Data, source: YamlText) -> Iterator[Fault]:
    for index, policy in enumerate(world.get("policies", ())):
        numbers = version_numbers(policy["versions"])
        for place, (before, number) in enumerate(pairwise(numbers), start=1):
            if number <= before:
                path: list[str | int] = ["world", "policies", index, "versions", place]
                yield source.fault(f"Version {number} comes after version {before}.", path)


def scenario_faults(data: Any, source: YamlText) -> list[Fault]:
    """Return what is wrong with a scenario's data, placed in the file that it was read from."""
    faults = list(schema_faults(validator_of(SCHEMA), source, data))
    for find in (_unknown_accounts, _shared_ids, _organization_faults, _version_faults):
        faults = faults or list(islice(find(data["world"], source), _MOST_FAULTS))
    return faults


def read_scenario(text: str) -> Data:
    """Return a scenario's data; raises ScenarioError with every fault, its path and line."""
    return deepcopy(_read(text))


# A class that begins a lab seeds one text many times; reading it costs as much as seeding it.
@lru_cache(maxsize=8)
def _read(text: str) -> Data:
    source = YamlText(text)
    faults = list(scenario_faults(source.data, source))
    if faults:
        raise ScenarioError(*faults)
    data: Data = source.data
    return data
