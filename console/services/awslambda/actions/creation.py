"""lambda:CreateFunction."""

from base64 import b64encode
from hashlib import sha256

from console.services.awslambda.calls import packaged_calls
from console.services.awslambda.errors import (
    function_exists,
    invalid_value,
    no_such_function,
    not_offered,
    too_many_functions,
)
from console.services.awslambda.models import CALLS, LambdaFunction
from console.services.awslambda.resolvers import Context, named
from console.services.awslambda.roles import passing, refuse_foreign, refuse_unassumable
from console.services.awslambda.shapes import configuration
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, writes
from iam.wire.errors import AwsError

MOST_FUNCTIONS = 50
_LARGEST_ENVIRONMENT = 4096
_TAKEN = {
    "Architectures",
    "Code",
    "Description",
    "Environment",
    "FunctionName",
    "Handler",
    "MemorySize",
    "PackageType",
    "Publish",
    "Role",
    "Runtime",
    "Tags",
    "Timeout",
}


def code_of(package: bytes) -> dict[str, str | int]:
    """Return the columns of a function's code."""
    digest = b64encode(sha256(package).digest()).decode()
    return {"code_size": len(package), "code_hash": digest}


def environment_of(params: Params, package: bytes = b"") -> dict[str, str]:
    """Return the environment variables of a request; a package may bring what is called.

    Raises AwsError for what Lambda refuses.
    """
    given: dict[str, str] = dict(params.get("Environment", {}).get("Variables", {}))
    refused = (
        "Lambda was unable to configure your environment variables because the environment "
        "variables you have provided "
    )
    reserved = sorted(name for name in given if name.startswith("AWS_"))
    if reserved:
        what = (
            "contains reserved keys that are currently not supported for modification. "
            f"Reserved keys used in this request: {', '.join(reserved)}"
        )
        raise invalid_value(f"{refused}{what}", "Environment")
    packaged = packaged_calls(package) if package else ""
    if packaged:
        given.setdefault(CALLS, packaged)
    if sum(len(name) + len(value) for name, value in given.items()) > _LARGEST_ENVIRONMENT:
        raise invalid_value(f"{refused}exceeded the 4KB limit.", "Environment")
    return given


def _wrong(params: Params) -> AwsError | None:
    extra = sorted(set(params) - _TAKEN)
    if extra:
        return not_offered(f"the parameter {extra[0]}")
    if params.get("PackageType", "Zip") != "Zip" or "ZipFile" not in params["Code"]:
        return not_offered("code that is no ZIP file in the request")
    if params.get("Publish"):
        return not_offered("versions and aliases")
    if not params.get("Runtime") or not params.get("Handler"):
        message = (
            "Runtime and Handler are mandatory parameters for functions created with "
            "deployment packages."
        )
        return invalid_value(message, "Runtime", "Handler")
    return None


def on_new_function(call: Call, params: Params) -> Resolution:
    """Resolve a function that there is not yet, its tags, and the role that it passes."""
    one = named(call, params["FunctionName"])
    arn, elsewhere = one.arn, one.account_id != call.caller.account_id
    wrong = no_such_function(arn) if elsewhere and not one.wrong else one.wrong
    tags: Context = {f"aws:RequestTag/{k}": v for k, v in params.get("Tags", {}).items()}
    if tags:
        tags["aws:TagKeys"] = tuple(params["Tags"])
    checks = [PermissionCheck(call.operation, arn, context=tags)]
    if params.get("Tags"):
        checks.append(PermissionCheck("lambda:TagResource", arn, context=tags))
    checks += passing(params["Role"], arn)
    missing = wrong or _wrong(params) or refuse_foreign(call, params["Role"])
    return Resolution(checks=checks, missing=missing)


def new_function(call: Call, params: Params, _: None) -> LambdaFunction:
    """Prepare to create a function: its name must be free, its role assumed by Lambda."""
    name = named(call, params["FunctionName"]).name
    region, sandbox = call.caller.origin.region, call.caller.sandbox
    package: bytes = params["Code"]["ZipFile"]
    now = call.caller.now
    function = LambdaFunction(
        sandbox=sandbox,
        account=call.account,
        region=region,
        name=name,
        role_arn=params["Role"],
        runtime=params["Runtime"],
        handler=params["Handler"],
        description=params.get("Description", ""),
        timeout=params.get("Timeout", 3),
        memory=params.get("MemorySize", 128),
        environment=environment_of(params, package),
        tags=dict(params.get("Tags", {})),
        created_at=now,
        changed_at=now,
        **code_of(package),
    )
    refuse_unassumable(call, function)
    rows = LambdaFunction.in_sandbox(sandbox).filter(account=call.account)
    if rows.filter(region=region, name=name).exists():
        raise function_exists(name)
    if rows.count() >= MOST_FUNCTIONS:
        raise too_many_functions(MOST_FUNCTIONS)
    return function


@writes(
    "lambda:CreateFunction",
    on=on_new_function,
    prepare=new_function,
    recorded_as="CreateFunction20150331",
)
def create_function(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Create a function, which is active at once."""
    function.save(force_insert=True)
    return configuration(function)
