"""The use cases of AWS services for which the console's wizard writes a role's trust policy."""

from dataclasses import dataclass
from functools import lru_cache

from iam.arns import aws_policy_arn
from iam.catalogue.editions import read_json


@dataclass(frozen=True)
class RoleUseCase:
    """A use case of a service: whom its role trusts, its description, policies that it needs."""

    service: str
    name: str
    principal: str
    description: str
    policies: tuple[str, ...]
    actions: tuple[str, ...]


def _use_case(
    service: str,
    name: str,
    principal: str,
    description: str,
    policies: list[str],
    actions: tuple[str, ...] = ("sts:AssumeRole",),
) -> RoleUseCase:
    paths = (policy.rpartition("/") for policy in policies)
    arns = tuple(aws_policy_arn(name, f"/{path}{slash}") for path, slash, name in paths)
    return RoleUseCase(
        service, name, f"{principal}.amazonaws.com", description, arns, tuple(actions)
    )


@lru_cache(maxsize=1)
def role_use_cases() -> dict[str, tuple[RoleUseCase, ...]]:
    """Return the use cases by service, those that are chosen most often first."""
    data = read_json("role_use_cases.json")
    found: dict[str, list[RoleUseCase]] = {service: [] for service in data["common"]}
    for row in data["use_cases"]:
        found.setdefault(row[0], []).append(_use_case(*row))
    return {service: tuple(rows) for service, rows in found.items()}


@lru_cache(maxsize=1)
def common_services() -> tuple[str, ...]:
    """Return the services that stand first in the list."""
    return tuple(read_json("role_use_cases.json")["common"])


def use_case_named(name: str) -> RoleUseCase:
    """Return a use case by its name, which no two services share; raises LookupError."""
    rows = (row for rows in role_use_cases().values() for row in rows if row.name == name)
    found = next(rows, None)
    if found is None:
        raise LookupError(name)
    return found
