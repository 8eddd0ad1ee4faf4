"""Functions in Lambda's output shapes."""

from typing import Any

from console.services.awslambda.models import LambdaFunction
from console.services.awslambda.permissions import revision_of


def configuration(function: LambdaFunction) -> dict[str, Any]:
    """Return what Lambda calls a function's configuration."""
    changed = function.changed_at
    shape: dict[str, Any] = {
        "FunctionName": function.name,
        "FunctionArn": function.arn,
        "Runtime": function.runtime,
        "Role": function.role_arn,
        "Handler": function.handler,
        "CodeSize": function.code_size,
        "Description": function.description,
        "Timeout": function.timeout,
        "MemorySize": function.memory,
        "LastModified": f"{changed:%Y-%m-%dT%H:%M:%S}.{changed.microsecond // 1000:03}+0000",
        "CodeSha256": function.code_hash,
        "Version": "$LATEST",
        "TracingConfig": {"Mode": "PassThrough"},
        "RevisionId": revision_of(function),
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "PackageType": "Zip",
        "Architectures": ["x86_64"],
        "EphemeralStorage": {"Size": 512},
    }
    if function.environment:
        shape["Environment"] = {"Variables": dict(function.environment)}
    return shape
