"""Resolvers of Lambda's operations."""

import re

from console.services.awslambda.errors import no_such_function, not_offered
from console.services.awslambda.models import LambdaFunction
from iam.arns import is_account_id, lambda_arn, parse_arn
from iam.authorization import ContextValue
from iam.perform import Call, Params, PermissionCheck, Resolution
from iam.wire.errors import AwsError

Context = dict[str, ContextValue]
_NAMED = re.compile(r"(?:function:)?(?P<name>[\w-]+)(?::(?P<qualifier>\$LATEST|[\w-]+))?", re.ASCII)


def function_resource(arn: str) -> dict[str, str]:
    return {"type": "AWS::Lambda::Function", "ARN": arn}


def named(call: Call, given: str) -> tuple[str, str, AwsError | None]:
    """Return the name and the ARN that a FunctionName means, and what is wrong with it."""
    own, region = call.caller.account_id, call.caller.origin.region
    there, account, rest = _place(given)
    found = _NAMED.fullmatch(rest)
    if found is None:
        return given, lambda_arn(region, own, given), no_such_function(given)
    name = found["name"]
    arn = lambda_arn(there or region, account or own, name)
    if found["qualifier"] not in {None, "$LATEST"}:
        return name, arn, not_offered("versions and aliases")
    elsewhere = arn != lambda_arn(region, own, name)
    return name, arn, no_such_function(arn) if elsewhere else None


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


def on_function(call: Call, params: Params) -> Resolution:
    """Resolve a function that there is."""
    name, arn, wrong = named(call, params["FunctionName"])
    rows = LambdaFunction.in_sandbox(call.caller.sandbox).select_related("account")
    region = call.caller.origin.region
    found = rows.filter(account=call.account, region=region, name=name).first()
    found = None if wrong else found
    if found is not None:
        found.sandbox, found.account = call.caller.sandbox, call.account
    context = of_function(found) if found else {}
    action = "lambda:InvokeFunction" if call.operation == "lambda:Invoke" else call.operation
    return Resolution(
        checks=[PermissionCheck(action, arn, context=context)],
        subject=found,
        missing=wrong or (None if found else no_such_function(arn)),
    )


def on_all_functions(call: Call, params: Params) -> Resolution:
    """Resolve a list: Lambda checks lists without a resource."""
    return Resolution(checks=(PermissionCheck(call.operation, "*"),))
