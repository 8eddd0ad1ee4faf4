"""Names in a scenario: account IDs, replaced where taken, its issuer, its organization."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from console.labs.scenarios.reader import Data
from iam.models import Directory, Sandbox
from iam.models.identifiers import new_account_id
from iam.models.organizations import organization_id_in
from sts.built_in import name_of

# What a scenario writes for its sandbox's own issuer, without https://, unless an account is so.
ISSUER = "issuer"
# What it writes for the ID of its organization.
ORGANIZATION = "organization"


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


def with_own_ids(data: Data, sandbox: Sandbox) -> Data:
    """Return the scenario with IDs that are the sandbox's alone, claimed in the directory."""
    accounts = data["world"]["accounts"]
    fixed = {name: account["id"] for name, account in accounts.items() if account.get("id")}
    ids: dict[str, str] = {}
    for name in accounts:
        others = {*fixed.values(), *ids.values()} - {fixed.get(name, "")}
        ids[name] = _claimed(sandbox, fixed.get(name) or new_account_id(), others)
    change = replacing_ids({fixed[name]: ids[name] for name in fixed if fixed[name] != ids[name]})
    own = {ISSUER: name_of(sandbox).host, ORGANIZATION: organization_id_in(sandbox.pk)}
    fill = filling_names({**own, **ids})
    world = everywhere(data["world"], lambda text: fill(change(text)))
    for name, account_id in ids.items():
        world["accounts"][name]["id"] = account_id
    return {**data, "world": world}
