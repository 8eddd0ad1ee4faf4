"""Names in a scenario: account IDs, replaced where taken, issuer, organization, unique IDs."""

import re
from collections.abc import Callable, Iterable, Mapping
from json import dumps
from typing import Any

from console.labs.scenarios.reader import Data
from iam.models import Directory, Sandbox
from iam.models.identifiers import new_account_id, new_role_id, new_user_id
from iam.models.organizations import organization_id_in, root_id, unit_id, units_above
from sts.built_in import name_of

# What a scenario writes for its sandbox's own issuer, without https://, unless an account is so.
ISSUER = "issuer"
# What it writes for the ID of its organization.
ORGANIZATION = "organization"
# What it writes for the ID of the organization's root, and of a unit: {ou:Workloads/Prod}.
ORGANIZATION_ROOT = "organization_root"
UNIT = "ou:"
# What it writes for unique IDs: {user_id:main/ann}.
UNIQUE_IDS = {
    "users": ("user_id:", new_user_id),
    "roles": ("role_id:", new_role_id),
}


def _dashed(account_id: str) -> str:
    return f"{account_id[:4]}-{account_id[4:8]}-{account_id[8:]}"


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """Return data with every string in it changed, the keys of mappings too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): everywhere(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [everywhere(inner, change) for inner in value]
    return value


def replacing_ids(replaced: Mapping[str, str]) -> Callable[[str], str]:
    """Return how a string changes when account IDs are replaced: whole numbers only."""
    forms = {**replaced, **{_dashed(old): _dashed(new) for old, new in replaced.items()}}
    if not forms:
        return lambda text: text
    pattern = re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, forms))})(?!\d)")
    return lambda text: pattern.sub(lambda found: forms[found[0]], text)


def filling_names(ids: Mapping[str, str]) -> Callable[[str], str]:
    """Return how a string changes when `{name}` becomes what it stands for; `${…}` stays."""
    pattern = re.compile(rf"(?<!\$)\{{({'|'.join(map(re.escape, ids))})\}}")
    return lambda text: pattern.sub(lambda found: ids[found[1]], text)


def _claimed(sandbox: Sandbox, wanted: str, avoid: set[str]) -> str:
    """Return the wanted ID, or a new one where another sandbox has it, entered as ours."""
    account_id = wanted
    while True:
        if account_id not in avoid:
            entry, _ = Directory.objects.get_or_create(
                key=account_id, defaults={"sandbox": sandbox}
            )
            if entry.sandbox_id == sandbox.pk:
                return account_id
        account_id = new_account_id()


def organization_names(organization_id: str, units: Iterable[str]) -> dict[str, str]:
    """Return what the names of an organization and of its units stand for."""
    below = {above for unit in units for above in units_above(unit)}
    return {
        ORGANIZATION: organization_id,
        ORGANIZATION_ROOT: root_id(organization_id),
        **{f"{UNIT}{unit}": unit_id(organization_id, unit) for unit in below},
    }


def _with_unique_ids(world: Data) -> Data:
    """Return a world in which every unique ID that a text names is known, and its owner has it."""
    text = dumps(world, ensure_ascii=False)
    known: dict[str, str] = {}
    owners = dict(world)
    for kind, (prefix, new_id) in UNIQUE_IDS.items():
        names = [f"{prefix}{row['account']}/{row['name']}" for row in world.get(kind, ())]
        used = {name: new_id() for name in names if f"{{{name}}}" in text}
        known |= used
        owners[kind] = [
            {**row, "unique_id": used[name]} if name in used else row
            for row, name in zip(world.get(kind, ()), names, strict=True)
        ]
    if not known:
        return world
    filled: Data = everywhere(owners, filling_names(known))
    return filled


def with_own_ids(data: Data, sandbox: Sandbox) -> Data:
    """Return the scenario with IDs that are the sandbox's alone, claimed in the directory."""
    accounts = data["world"]["accounts"]
    fixed = {name: account["id"] for name, account in accounts.items() if account.get("id")}
    ids: dict[str, str] = {}
    for name in accounts:
        others = {*fixed.values(), *ids.values()} - {fixed.get(name, "")}
        ids[name] = _claimed(sandbox, fixed.get(name) or new_account_id(), others)
    change = replacing_ids({fixed[name]: ids[name] for name in fixed if fixed[name] != ids[name]})
    units = {str(one.get("organizational_unit", "")) for one in accounts.values()}
    own = organization_names(organization_id_in(sandbox.pk), units)
    fill = filling_names({ISSUER: name_of(sandbox).host, **own, **ids})
    world = _with_unique_ids(everywhere(data["world"], lambda text: fill(change(text))))
    for name, account_id in ids.items():
        world["accounts"][name]["id"] = account_id
    return {**data, "world": world}
