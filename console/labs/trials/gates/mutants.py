"""Wrong answers made from the solution: what a student in a hurry, or a careless one, would do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.labs.trials.gates.mechanisms import document_of
from console.labs.trials.start_world import Performance, Step
from console.labs.trials.steps import perform_step
from iam.arns import aws_policy_arn, root_arn
from iam.policy_documents import as_list, statements_in

_READS = {
    "iam:UpdateAssumeRolePolicy": (
        "iam:GetRole",
        ("RoleName",),
        ("Role", "AssumeRolePolicyDocument"),
    ),
    "iam:PutRolePolicy": ("iam:GetRolePolicy", ("RoleName", "PolicyName"), ("PolicyDocument",)),
    "iam:PutUserPolicy": ("iam:GetUserPolicy", ("UserName", "PolicyName"), ("PolicyDocument",)),
    "iam:PutGroupPolicy": ("iam:GetGroupPolicy", ("GroupName", "PolicyName"), ("PolicyDocument",)),
    "s3:PutBucketPolicy": ("s3:GetBucketPolicy", ("Bucket",), ("Policy",)),
}
"""How the document is read that an operation replaces: operation, parameters, where it stands."""
_TAKES_AWAY = {
    "iam:DeleteGroupPolicy", "iam:DeleteRolePolicy", "iam:DeleteUserPolicy",
    "iam:DetachGroupPolicy", "iam:DetachRolePolicy", "iam:DetachUserPolicy",
    "iam:RemoveUserFromGroup",
}  # fmt: skip
_NO_IF_EXISTS = ("Null", "IfExists")
_ADMINISTRATOR = aws_policy_arn("AdministratorAccess")
_SECOND = "rolecall-second-role"

Document = dict[str, Any]


@dataclass(frozen=True)
class Mutant:
    """A wrong answer by its name: the steps that take the place of the solution's from one on."""

    name: str
    steps: tuple[Step, ...]


def _with_document(step: Step, name: str, document: Document) -> Step:
    ((operation, params),) = step["call"].items()
    return {**step, "call": {operation: {**params, name: document}}}


def _with_statement(document: Document, place: int, statement: Document) -> Document:
    statements = list(as_list(document["Statement"]))
    statements[place] = statement
    return {**document, "Statement": statements}


def _condition_variants(operator: str, key: str, values: Any) -> Iterator[tuple[str, Document]]:
    """Yield other conditions on a key; one that means the same for every request is left out."""
    if "Not" not in operator and not operator.endswith(_NO_IF_EXISTS):
        yield f"{operator}IfExists", {f"{operator}IfExists": {key: values}}
        if ":" not in operator:
            yield f"ForAllValues:{operator}", {f"ForAllValues:{operator}": {key: values}}
    if operator != "Null":
        yield "Null false", {"Null": {key: "false"}}
        yield "Null true", {"Null": {key: "true"}}


def _merged(first: Document, second: Document) -> Document:
    return {name: {**first.get(name, {}), **second.get(name, {})} for name in {**first, **second}}


def _conditions(document: Document) -> Iterator[tuple[str, Document]]:
    for place, statement in enumerate(as_list(document["Statement"])):
        condition = statement.get("Condition", {})
        for operator, tests in condition.items():
            for key, values in tests.items():
                rest = {
                    name: {
                        one: value for one, value in kept.items() if (name, one) != (operator, key)
                    }
                    for name, kept in condition.items()
                }
                rest = {name: kept for name, kept in rest.items() if kept}
                for variant, changed in _condition_variants(operator, key, values):
                    other = {**statement, "Condition": _merged(rest, changed)}
                    name = f"statement {place + 1}: {key} with {variant}"
                    yield name, _with_statement(document, place, other)


def _wider(document: Document) -> Iterator[tuple[str, Document]]:
    for place, statement in enumerate(as_list(document["Statement"])):
        if statement.get("Effect") == "Allow" and statement.get("Resource", "*") not in (
            "*",
            ["*"],
        ):
            wide = {**statement, "Resource": "*"}
            yield f"statement {place + 1}: Resource *", _with_statement(document, place, wide)


def _read(performance: Performance, step: Step, operation: str, params: Document) -> Any:
    """Return what the root user of the account that a step works in reads; None if refused."""
    trial = performance.trial
    asks = step.get("as", trial.lab.student.starts)
    account = asks.partition("/")[0] if isinstance(asks, str) else ""
    before = len(trial.refused)
    call = {"call": {operation: params}, "as": {"root": account}, "save": "mutant_reads"}
    if account:
        perform_step(trial, call, "")
    refused = len(trial.refused) > before
    del trial.refused[before:]
    return None if refused else trial.saved.pop("mutant_reads", None)


def _old_text(performance: Performance, step: Step) -> str:
    ((operation, params),) = step["call"].items()
    if operation == "iam:CreatePolicyVersion":
        arn = {"PolicyArn": params["PolicyArn"]}
        policy = _read(performance, step, "iam:GetPolicy", arn)
        version = {"VersionId": policy["Policy"]["DefaultVersionId"]} if policy else {}
        found = _read(performance, step, "iam:GetPolicyVersion", {**arn, **version})
        return str(found["PolicyVersion"]["Document"]) if found else ""
    if operation not in _READS:
        return ""
    read, names, path = _READS[operation]
    found = _read(performance, step, read, {name: params[name] for name in names})
    for name in path:
        found = found and found.get(name)
    return str(found or "")


def _beside_the_old(performance: Performance, step: Step, document: Document) -> Iterator[Document]:
    text = _old_text(performance, step)
    old = list(statements_in(text)) if text else []
    new = list(as_list(document["Statement"]))
    if old and old != new:
        apart = [{key: value for key, value in one.items() if key != "Sid"} for one in old]
        yield {**document, "Statement": [*new, *apart]}


def mutants_of_step(
    performance: Performance, number: int, steps: Sequence[Step]
) -> Iterator[Mutant]:
    """Yield wrong answers that differ in one step, before which the world is as it is now."""
    step, rest = steps[0], steps[1:]
    if _TAKES_AWAY & set(step.get("call", {})):
        yield Mutant(f"step {number} left out", tuple(rest))
    found = document_of(step)
    if found is None:
        return
    parameter, document = found
    changed: list[tuple[str, Document]] = [
        (f"step {number}: old statements kept", one)
        for one in _beside_the_old(performance, step, document)
    ]
    for make in (_conditions, _wider):
        changed += [(f"step {number}, {name}", one) for name, one in make(document)]
    for name, other in changed:
        yield Mutant(name, (_with_document(step, parameter, other), *rest))


def mutants_of_world(performance: Performance) -> Iterator[Mutant]:
    """Yield wrong answers that add to the solution, which has been performed."""
    trial = performance.trial
    case = trial.case()
    new = [role for role in case.world.roles if role.unique_id not in trial.start.unique_ids]
    attached: list[Step] = [
        {
            "as": {"root": role.account.account_id},
            "call": {"iam:AttachRolePolicy": {"RoleName": role.name, "PolicyArn": _ADMINISTRATOR}},
        }
        for role in new
    ]
    if attached:
        yield Mutant("AdministratorAccess on every new role", tuple(attached))
    account = str(trial.lab.student.starts).partition("/")[0]
    if account in trial.values:
        yield Mutant("a second role left open", _second_role(trial.values[account]))


def _second_role(account_id: str) -> tuple[Step, ...]:
    root = {"root": account_id}
    trust: Mapping[str, Any] = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": root_arn(account_id)},
                "Action": "sts:AssumeRole",
            },
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
        ],
    }
    create = {"RoleName": _SECOND, "AssumeRolePolicyDocument": trust}
    attach = {"RoleName": _SECOND, "PolicyArn": _ADMINISTRATOR}
    return (
        {"as": root, "call": {"iam:CreateRole": create}},
        {"as": root, "call": {"iam:AttachRolePolicy": attach}},
    )
