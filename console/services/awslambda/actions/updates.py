"""Changing a function: its configuration with its role, and its code."""

from dataclasses import replace

from console.services.awslambda.actions.creation import code_of, environment_of
from console.services.awslambda.calls import packaged_calls
from console.services.awslambda.errors import not_offered
from console.services.awslambda.models import CALLS, LambdaFunction
from console.services.awslambda.resolvers import on_function
from console.services.awslambda.roles import passing, refuse_foreign, refuse_unassumable
from console.services.awslambda.shapes import configuration
from iam.perform import Call, Params, Resolution, Result, writes

_COLUMNS = {
    "Description": "description",
    "Handler": "handler",
    "MemorySize": "memory",
    "Role": "role_arn",
    "Runtime": "runtime",
    "Timeout": "timeout",
}


def on_configuration(call: Call, params: Params) -> Resolution:
    """Resolve a function to change, and the role that is passed to it if any."""
    resolved = on_function(call, params)
    extra = sorted(set(params) - {"FunctionName", "Environment", *_COLUMNS})
    wrong = not_offered(f"the parameter {extra[0]}") if extra else None
    role = params.get("Role", "")
    checks = [*resolved.checks, *passing(role, resolved.checks[0].resource)]
    missing = resolved.missing or wrong or (refuse_foreign(call, role) if role else None)
    return replace(resolved, checks=checks, missing=missing)


def changed(call: Call, params: Params, function: LambdaFunction) -> LambdaFunction:
    """Prepare to change a function: Lambda must be able to assume a new role."""
    for parameter, column in _COLUMNS.items():
        if parameter in params:
            setattr(function, column, params[parameter])
    if "Environment" in params:
        function.environment = environment_of(params)
    if "Role" in params:
        refuse_unassumable(call, function)
    return function


@writes(
    "lambda:UpdateFunctionConfiguration",
    on=on_configuration,
    prepare=changed,
    recorded_as="UpdateFunctionConfiguration20150331v2",
)
def update_function_configuration(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Change what a request names, and leave the rest."""
    function.changed_at = call.caller.now
    function.save()
    return configuration(function)


def recoded(call: Call, params: Params, function: LambdaFunction) -> LambdaFunction:
    """Prepare to change a function's code, which may bring what it calls."""
    if "ZipFile" not in params:
        raise not_offered("code that is no ZIP file in the request")
    packaged = packaged_calls(params["ZipFile"])
    for column, value in code_of(params["ZipFile"]).items():
        setattr(function, column, value)
    if packaged:
        function.environment = {**function.environment, CALLS: packaged}
    return function


@writes(
    "lambda:UpdateFunctionCode",
    on=on_function,
    prepare=recoded,
    recorded_as="UpdateFunctionCode20150331v2",
)
def update_function_code(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Change a function's code, unless it is only tried."""
    if not params.get("DryRun"):
        function.changed_at = call.caller.now
        function.save()
    return configuration(function)
