"""AddPermission, RemovePermission and GetPolicy: a function's resource-based policy."""

import json
from dataclasses import dataclass, replace

from console.services.awslambda.errors import (
    no_policy,
    no_such_statement,
    not_offered,
    policy_too_long,
    statement_exists,
    wrong_revision,
)
from console.services.awslambda.models import LambdaFunction
from console.services.awslambda.permissions import (
    FunctionPolicy,
    Statement,
    revision_of,
    statement_of,
)
from console.services.awslambda.resolvers import on_function
from iam.models import Document
from iam.perform import Call, Params, Resolution, Result, reads, returns_resource_policy, writes

_LONGEST = 20480
_NOT_OFFERED = {
    "Qualifier": "versions and aliases",
    "FunctionUrlAuthType": "function URLs",
    "InvokedViaFunctionUrl": "function URLs",
}


@dataclass(frozen=True)
class ChangedPolicy:
    """A function with the policy that it is to have, and the statement that is new in it."""

    function: LambdaFunction
    policy: FunctionPolicy
    statement: Statement | None = None

    def save(self) -> None:
        function, text = self.function, self.policy.text
        function.policy = Document.of(function.sandbox, text) if text else None
        function.policy_bound = dict(self.policy.bound)
        function.save(update_fields=["policy", "policy_bound"])


def on_permission(call: Call, params: Params) -> Resolution:
    """Resolve the function; policies may ask whom a new statement is for."""
    resolved = on_function(call, params)
    extra = next((what for name, what in _NOT_OFFERED.items() if params.get(name)), "")
    check = resolved.checks[0]
    if "Principal" in params:
        context = {**check.context, "lambda:Principal": params["Principal"]}
        check = replace(check, context=context)
    missing = resolved.missing or (not_offered(extra) if extra else None)
    return replace(resolved, checks=[check], missing=missing)


def _refuse_revision(params: Params, function: LambdaFunction) -> None:
    if params.get("RevisionId", revision_of(function)) != revision_of(function):
        raise wrong_revision()


def added(call: Call, params: Params, function: LambdaFunction) -> ChangedPolicy:
    """Prepare a new statement: its ID must be free, its principal must exist."""
    _refuse_revision(params, function)
    before = FunctionPolicy.of(function)
    if before.find(params["StatementId"]):
        raise statement_exists(params["StatementId"])
    statement = statement_of(params, function.arn)
    after = before.with_statement(function.sandbox, statement)
    if len(after.text) > _LONGEST:
        raise policy_too_long(len(after.text), _LONGEST)
    return ChangedPolicy(function, after, statement)


@writes(
    "lambda:AddPermission",
    on=on_permission,
    prepare=added,
    recorded_as="AddPermission20150331v2",
)
def add_permission(call: Call, params: Params, changed: ChangedPolicy) -> Result:
    """Let an account, a user, a role or an AWS service use a function."""
    changed.save()
    return {"Statement": json.dumps(changed.statement, separators=(",", ":"))}


def removed(call: Call, params: Params, function: LambdaFunction) -> ChangedPolicy:
    """Prepare to remove a statement that there is."""
    _refuse_revision(params, function)
    before = FunctionPolicy.of(function)
    if before.find(params["StatementId"]) is None:
        raise no_such_statement(params["StatementId"])
    return ChangedPolicy(function, before.without(params["StatementId"]))


@writes(
    "lambda:RemovePermission",
    on=on_permission,
    prepare=removed,
    recorded_as="RemovePermission20150331v2",
)
def remove_permission(call: Call, params: Params, changed: ChangedPolicy) -> None:
    """Remove a statement; a policy without one is none."""
    changed.save()


def shown_policy(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Return the policy with its present principals; raises AwsError for a function without one."""
    text = FunctionPolicy.of(function).text
    if not text:
        raise no_policy()
    return {"Policy": text, "RevisionId": revision_of(function)}


@reads(
    "lambda:GetPolicy", on=on_permission, prepare=shown_policy, recorded_as="GetPolicy20150331v2"
)
def get_policy(call: Call, params: Params, found: Result) -> Result:
    return found


@returns_resource_policy("lambda")
def read_of_policy(arn: str) -> tuple[str, Params]:
    return "lambda:GetPolicy", {"FunctionName": arn}
