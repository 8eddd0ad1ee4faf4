"""Cases as data: YAML files in folders by rule, spelt out into plain requests and documents."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"
ACCOUNT = "111122223333"
OTHER = "444455556666"
TARGET = f"arn:aws:iam::{ACCOUNT}:role/Target"

TABLES = {"trust": "request", "grants": "request", "condition": "request"}
_SHARED = ("kind", "facts", "resource_type")

Case = Mapping[str, Any]


def cases(shape: str) -> Iterator[tuple[str, Case]]:
    """All cases of a shape, each with a readable id; a condition row is a request too."""
    for path, content in _files():
        assert content["rule"], f"{path} cites no rule"
        if TABLES.get(content["shape"], content["shape"]) == shape:
            for number, case in enumerate(_spelt_out(content), 1):
                yield f"{path.parent.name}/{path.stem}:{number} {case['name']}", case


@cache
def _files() -> tuple[tuple[Path, Case], ...]:
    paths = sorted(CASES.glob("*/*.yaml"))
    return tuple((path, yaml.load(path.read_bytes(), yaml.CSafeLoader)) for path in paths)


def document(*statements: Case, version: str = "2012-10-17") -> dict[str, Any]:
    usual = {"Effect": "Allow", "Resource": "*"}
    return {"Version": version, "Statement": [_filled(usual, body) for body in statements]}


def text_of(case: Case) -> str:
    """The document of a grammar or findings case."""
    if "text" in case:
        return str(case["text"])
    return json.dumps({"Version": "2012-10-17", "Statement": [case["statement"]]})


def _spelt_out(content: Case) -> Iterator[Case]:
    match content["shape"]:
        case "trust":
            yield from (_trust(row, content["account"]) for row in content["rows"])
        case "grants":
            yield from (_granted(row, content["account"]) for row in content["rows"])
        case "condition":
            yield from (_condition(row, content["key"]) for row in content["rows"])
        case "request":
            defaults = content.get("defaults", {})
            yield from (_request({**defaults, **case}) for case in content["cases"])
        case _:
            shared = {name: content[name] for name in _SHARED if name in content}
            yield from ({**shared, **case} for case in content["cases"])


def _filled(usual: Case, body: Case) -> dict[str, Any]:
    left_out = {"Action": "*"} if "NotAction" not in body else {}
    skipped = {"Resource"} if "NotResource" in body else set()
    return {**{k: v for k, v in usual.items() if k not in skipped}, **left_out, **body}


def _request(case: Case) -> Case:
    line = dict(case)
    version = line.pop("version", "2012-10-17")
    for name, target in (("identity", "identityPolicies"), ("session", "sessionPolicies")):
        if name in line:
            bodies = line.pop(name)
            bodies = bodies if isinstance(bodies, list) else [bodies]
            line[target] = [document(*bodies, version=version)]
    if "sessions" in line:
        line["sessionPolicies"] = [document(body) for body in line.pop("sessions")]
    if "boundary" in line:
        line["permissionsBoundary"] = document(line.pop("boundary"))
    for name, target in (("scps", "serviceControlPolicies"), ("rcps", "resourceControlPolicies")):
        if name in line:
            line[target] = [[document(body) for body in level] for level in line.pop(name)]
    return _with_grants(line)


def _with_grants(line: dict[str, Any]) -> Case:
    grants = line.pop("grants", [line.pop("grant")] if "grant" in line else [])
    effect = line.pop("grantEffect", "Allow")
    condition = line.pop("grantCondition", {})
    bodies = [{"Effect": effect, "Principal": who, "Condition": condition} for who in grants]
    if "denyAllBut" in line:
        bodies.append({"Effect": "Deny", "NotPrincipal": line.pop("denyAllBut")})
    if bodies and "resourcePolicy" not in line:
        line["resourcePolicy"] = document(*bodies)
    return line


def _condition(row: list[Any], key: str) -> Case:
    operator, values, found, holds = row
    return {
        "name": f"{operator} {values} against {found}",
        "principal": f"arn:aws:iam::{ACCOUNT}:user/u",
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/k",
        "context": {} if found is None else {key: found},
        "identityPolicies": [document({"Condition": {operator: {key: values}}})],
        "decision": "allowed" if holds else "implicitDeny",
    }


def _trust(row: Case, account: str) -> Case:
    caller = row.get("caller", "user")
    own = ACCOUNT if account == "same" else OTHER
    line: dict[str, Any] = {
        "name": ", ".join(f"{key} {value}" for key, value in row.items()),
        "principal": _callers(own)[caller],
        "action": "sts:AssumeRole",
        "resource": TARGET,
        "identityPolicies": _limits(row["identity"]),
        "resourcePolicy": {"Version": "2012-10-17", "Statement": _trusts(own)[row["trust"]]},
        "decision": row["decision"],
        "layer": row["layer"],
    }
    if "boundary" in row:
        line["permissionsBoundary"] = _limits(row["boundary"])[0]
    if "session" in row:
        line["sessionPolicies"] = _limits(row["session"])
    return line


def _granted(row: Case, account: str) -> Case:
    """One row of a table of grants: a bucket's policy, and what the caller has besides."""
    own = ACCOUNT if account == "same" else OTHER
    caller = row["caller"]
    line: dict[str, Any] = {
        "name": ", ".join(f"{key} {value}" for key, value in row.items()),
        "principal": _callers(own)[caller],
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::b/k",
        "resourceAccount": ACCOUNT,
        "context": {"aws:FederatedProvider": f"arn:aws:iam::{own}:saml-provider/Corp"}
        if caller == "saml-session"
        else {},
        "resourcePolicy": document({"Principal": _grantees(own)[row["grant"]]}),
        "identityPolicies": _bucket_limits(row.get("identity", "none")),
        "decision": row["decision"],
        "layer": row["layer"],
    }
    for name, target in (("boundary", "permissionsBoundary"), ("session", "sessionPolicies")):
        if name in row:
            documents = _bucket_limits(row[name])
            line[target] = documents if name == "session" else documents[0]
    return line


def _bucket_limits(what: str) -> list[dict[str, Any]]:
    bodies: dict[str, Case] = {
        "allow": {"Action": "s3:*"},
        "deny": {"Effect": "Deny", "Action": "s3:*"},
        "silent": {"Action": "ec2:*"},
    }
    return [] if what == "none" else [document(bodies[what])]


def _grantees(own: str) -> dict[str, Any]:
    iam, sts = f"arn:aws:iam::{own}:", f"arn:aws:sts::{own}:"
    return {
        "root": {"AWS": f"{iam}root"},
        "account-id": {"AWS": own},
        "user": {"AWS": f"{iam}user/u"},
        "role": {"AWS": f"{iam}role/R"},
        "session": {"AWS": f"{sts}assumed-role/R/s"},
        "federated-user": {"AWS": f"{sts}federated-user/f"},
        "everyone": "*",
        "aws-everyone": {"AWS": "*"},
        "provider": {"Federated": f"{iam}saml-provider/Corp"},
        "service": {"Service": "logs.amazonaws.com"},
        "owner": {"AWS": ACCOUNT},
    }


def _callers(account: str) -> dict[str, str]:
    return {
        "user": f"arn:aws:iam::{account}:user/u",
        "role-session": f"arn:aws:sts::{account}:assumed-role/R/s",
        "itself": f"arn:aws:sts::{account}:assumed-role/Target/s",
        "saml-session": f"arn:aws:sts::{account}:assumed-role/R/s",
        "federated-user": f"arn:aws:sts::{account}:federated-user/f",
        "root": f"arn:aws:iam::{account}:root",
        "logs": "logs.amazonaws.com",
        "ec2": "ec2.amazonaws.com",
        "anonymous": "anonymous",
    }


def _limits(what: str) -> list[dict[str, Any]]:
    bodies: dict[str, Case] = {
        "allow": {"Action": "sts:AssumeRole"},
        "deny": {"Effect": "Deny", "Action": "sts:AssumeRole"},
        "silent": {"Action": "s3:*"},
        "other-role": {"Action": "sts:AssumeRole", "Resource": f"arn:aws:iam::{ACCOUNT}:role/X"},
    }
    return [] if what == "none" else [document(bodies[what])]


def _trusts(own: str) -> dict[str, list[dict[str, Any]]]:
    iam, sts = f"arn:aws:iam::{own}:", f"arn:aws:sts::{own}:"

    def one(principal: Any, effect: str = "Allow") -> dict[str, Any]:
        return {"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole"}

    root, user, other = ({"AWS": f"{iam}{name}"} for name in ("root", "user/u", "user/v"))
    return {
        "root": [one(root)],
        "account-id": [one({"AWS": own})],
        "user": [one(user)],
        "other-user": [one(other)],
        "two-users": [one({"AWS": [other["AWS"], user["AWS"]]})],
        "user-in-other-case": [one({"AWS": f"{iam}user/U"})],
        "role": [one({"AWS": f"{iam}role/R"})],
        "target-role": [one({"AWS": f"{iam}role/Target"})],
        "session": [one({"AWS": f"{sts}assumed-role/R/s"})],
        "other-session": [one({"AWS": f"{sts}assumed-role/R/t"})],
        "everyone": [one("*")],
        "aws-everyone": [one({"AWS": "*"})],
        "other-root": [one({"AWS": "arn:aws:iam::999999999999:root"})],
        "target-root": [one({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})],
        "service": [one({"Service": "ec2.amazonaws.com"})],
        "none": [],
        "deny-user": [one(user, "Deny")],
        "deny-other-user": [one(other, "Deny")],
        "root-but-user": [one(root), one(user, "Deny")],
        "root-but-other-user": [one(root), one(other, "Deny")],
    }
