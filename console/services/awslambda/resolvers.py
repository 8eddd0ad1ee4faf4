"""Resolvers of Lambda's operations."""

import re
from dataclasses import dataclass, replace

from console.services.awslambda.errors import no_such_function, not_offered
from console.services.awslambda.models import LambdaFunction
from iam.arns import is_account_id, lambda_arn, parse_arn
from iam.authorization import ContextValue
from iam.perform import Call, Params, PermissionCheck, Resolution, ResourcePolicy
from iam.wire.errors import AwsError

Context = dict[str, ContextValue]
_NAMED = re.compile(r"(?:function:)?(?P<name>[\w-]+)(?::(?P<qualifier>\$LATEST|[\w-]+))?", re.ASCII)


@dataclass(frozen=True)
class NamedFunction:
    """What a FunctionName means, and what is wrong with it."""

    name: str
    account_id: str
    region: str
    wrong: AwsError | None = None

    @property
    def arn(self) -> str:
        return lambda_arn(self.region, self.account_id, self.name)


def named(call: Call, given: str) -> NamedFunction:
    """Return what a FunctionName means: a name alone is one of the caller's account and Region."""
    own, region = call.caller.account_id, call.caller.origin.region
    there, account, rest = _place(given)
    found = _NAMED.fullmatch(rest)
    if found is None:
        return NamedFunction(given, own, region, no_such_function(given))
    one = NamedFunction(found["name"], account or own, there or region)
    if found["qualifier"] not in {None, "$LATEST"}:
        return replace(one, wrong=not_offered("versions and aliases"))
    return one if one.region == region else replace(one, wrong=no_such_function(one.arn))


def _place(given: str) -> tuple[str, str, str]:
    """Return Region, account and the rest of a name that may begin with them, as an ARN does."""
    arn = parse_arn(given)
    if arn and arn.service == "lambda":
        return arn.region, arn.account, arn.resource
    account, _, rest = given.partition(":")
    return ("", account, rest) if is_account_id(account) else ("", "", given)


def functions_of(call: Call) -> list[LambdaFunction]:
    """Return the account's functions in the caller's Region, by name."""
    rows = LambdaFunction.in_sandbox(call.caller.sandbox).select_related("account")
    return list(rows.filter(account=call.account, region=call.caller.origin.region))


def of_function(function: LambdaFunction) -> Context:
    """Return the condition keys of a function."""
    return {f"aws:ResourceTag/{key}": value for key, value in function.tags.items()}


def policy_of(function: LambdaFunction) -> ResourcePolicy | None:
    """Return a function's resource-based policy for a decision."""
    if function.policy is None:
        return None
    text, bound = function.policy.text, function.policy_bound
    return ResourcePolicy(text, "resource-based policy", arn=function.arn, bound=bound)


def on_function(call: Call, params: Params) -> Resolution:
    """Resolve a function that there is; one of another account is named by its ARN."""
    one, sandbox = named(call, params["FunctionName"]), call.caller.sandbox
    rows = LambdaFunction.in_sandbox(sandbox).select_related("account", "policy")
    rows = rows.filter(account__account_id=one.account_id, region=one.region, name=one.name)
    found = None if one.wrong else rows.first()
    own = one.account_id == call.caller.account_id
    if found is not None:
        found.sandbox = found.account.sandbox = sandbox
        if own:
            found.account = call.account
    action = "lambda:InvokeFunction" if call.operation == "lambda:Invoke" else call.operation
    check = PermissionCheck(
        action,
        one.arn,
        "" if own else one.account_id,
        policy_of(found) if found else None,
        of_function(found) if found else {},
    )
    return Resolution(
        checks=[check],
        subject=found,
        missing=one.wrong or (None if found else no_such_function(one.arn)),
        resources=({"ResourceType": "AWS::Lambda::Function", "ResourceName": one.arn},),
        also_in=() if own else (one.account_id,),
    )


def on_all_functions(call: Call, params: Params) -> Resolution:
    """Resolve a list: Lambda checks lists without a resource."""
    return Resolution(checks=(PermissionCheck(call.operation, "*"),))
