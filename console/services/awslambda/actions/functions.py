"""Listing, showing and deleting functions."""

from console.services.awslambda.errors import invalid_value
from console.services.awslambda.models import LambdaFunction
from console.services.awslambda.resolvers import functions_of, on_all_functions, on_function
from console.services.awslambda.shapes import configuration
from iam.perform import Call, Params, Result, reads, writes

_PAGE = 50


def asked_functions(call: Call, params: Params, _: None) -> Result:
    """Return one page of the functions; raises AwsError for a marker of none."""
    rows = functions_of(call)
    marker = params.get("Marker", "")
    names = [row.name for row in rows]
    if marker and marker not in names:
        raise invalid_value("The marker is not valid.", "Marker")
    start = names.index(marker) if marker else 0
    end = start + min(params.get("MaxItems", _PAGE), _PAGE)
    page: Result = {"Functions": [configuration(row) for row in rows[start:end]]}
    if end < len(rows):
        page["NextMarker"] = names[end]
    return page


@reads(
    "lambda:ListFunctions",
    on=on_all_functions,
    prepare=asked_functions,
    recorded_as="ListFunctions20150331",
)
def list_functions(call: Call, params: Params, found: Result) -> Result:
    """Return the Region's functions, by name."""
    return found


@reads("lambda:GetFunction", on=on_function, recorded_as="GetFunction20150331v2")
def get_function(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Return a function; its package cannot be fetched, since nothing of it is kept."""
    shape: Result = {"Configuration": configuration(function), "Code": {"RepositoryType": "S3"}}
    return {**shape, "Tags": dict(function.tags)} if function.tags else shape


@reads(
    "lambda:GetFunctionConfiguration",
    on=on_function,
    recorded_as="GetFunctionConfiguration20150331v2",
)
def get_function_configuration(call: Call, params: Params, function: LambdaFunction) -> Result:
    return configuration(function)


@writes("lambda:DeleteFunction", on=on_function, recorded_as="DeleteFunction20150331")
def delete_function(call: Call, params: Params, function: LambdaFunction) -> Result:
    """Delete a function; sessions of its role go on until they end."""
    function.delete()
    return {"StatusCode": 204}
