"""The statements of a function's resource-based policy, as AddPermission writes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from console.services.awslambda.errors import INVALID_PRINCIPAL, InvalidPrincipal, invalid_value
from console.services.awslambda.models import LambdaFunction
from iam.arns import is_account_id, parse_arn, root_arn
from iam.catalogue.service_principals import Standing, standing_of
from iam.models import Document, Sandbox
from iam.queries.documents import MalformedPolicyDocument
from iam.queries.entities import entity_arns
from iam.queries.principals import bind, shown

Statement = dict[str, Any]
_CONDITIONS = {
    "SourceAccount": ("StringEquals", "AWS:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "SourceArn": ("ArnLike", "AWS:SourceArn"),
}
SCENARIO_KEYS = {
    "sid": "StatementId",
    "principal": "Principal",
    "action": "Action",
    "source_arn": "SourceArn",
    "source_account": "SourceAccount",
    "organization": "PrincipalOrgID",
}
"""What scenario files call the members of a request."""


def _principal(given: str) -> Any:
    """Return a principal as a policy has it; raises AwsError for what is none."""
    arn = parse_arn(given)
    if given == "*":
        return given
    if is_account_id(given):
        return {"AWS": root_arn(given)}
    if arn is not None and arn.service in {"iam", "sts"} and arn.is_of_account:
        return {"AWS": given}
    if "." in given and standing_of(given) is not Standing.WRONG:
        return {"Service": given}
    raise invalid_value(INVALID_PRINCIPAL, "Principal")


def statement_of(params: Mapping[str, Any], arn: str) -> Statement:
    """Return the statement of a request; raises AwsError for a principal that is none."""
    condition: dict[str, dict[str, str]] = {}
    for member, (operator, key) in _CONDITIONS.items():
        if params.get(member):
            condition.setdefault(operator, {})[key] = params[member]
    statement: Statement = {
        "Sid": params["StatementId"],
        "Effect": "Allow",
        "Principal": _principal(params["Principal"]),
        "Action": params["Action"],
        "Resource": arn,
    }
    return {**statement, "Condition": condition} if condition else statement


def request_of(statement: Mapping[str, Any]) -> dict[str, str]:
    """Return the members of the request that writes a statement."""
    principal = statement["Principal"]
    given = principal if isinstance(principal, str) else next(iter(principal.values()))
    condition = statement.get("Condition", {})
    return {
        "StatementId": statement["Sid"],
        "Action": statement["Action"],
        "Principal": given,
        **{
            member: condition[operator][key]
            for member, (operator, key) in _CONDITIONS.items()
            if key in condition.get(operator, {})
        },
    }


@dataclass(frozen=True)
class FunctionPolicy:
    """Statements, and the unique IDs that their principals' ARNs are bound to."""

    statements: list[Statement]
    bound: Mapping[str, str]

    @classmethod
    def of(cls, function: LambdaFunction) -> "FunctionPolicy":
        """Return a function's policy with its principals as they are called now."""
        if function.policy is None:
            return cls([], {})
        kept = function.policy_bound
        text = shown(function.sandbox, function.policy.text, kept)
        arns = entity_arns(function.sandbox, kept.values())
        bound = {arns[id_]: id_ for id_ in kept.values() if id_ in arns}
        return cls(json.loads(text)["Statement"], bound)

    @property
    def text(self) -> str:
        """Return the policy; empty without a statement."""
        return _text(self.statements) if self.statements else ""

    def find(self, sid: str) -> Statement | None:
        return next((one for one in self.statements if one["Sid"] == sid), None)

    def with_statement(self, sandbox: Sandbox, statement: Statement) -> "FunctionPolicy":
        """Return it with one more; raises AwsError for a principal that there is not."""
        try:
            bound = bind(sandbox, _text([statement]))
        except MalformedPolicyDocument as error:
            raise InvalidPrincipal(error.detail, error.unknown_account) from error
        return FunctionPolicy([*self.statements, statement], {**self.bound, **bound})

    def without(self, sid: str) -> "FunctionPolicy":
        left = [one for one in self.statements if one["Sid"] != sid]
        return FunctionPolicy(left, self.bound if left else {})


def _text(statements: list[Statement]) -> str:
    policy = {"Version": "2012-10-17", "Id": "default", "Statement": statements}
    return json.dumps(policy, separators=(",", ":"))


def revision_of(function: LambdaFunction) -> str:
    """Return the ID that a change of the function, or of its policy, makes anew."""
    policy: Document | None = function.policy
    changed = f"{function.changed_at.isoformat()} {policy.hash if policy else ''}"
    return str(uuid5(NAMESPACE_URL, f"{function.arn} {changed}"))
