"""Functions as rows of tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from console.pages.awslambda.forms import RUNTIMES
from console.pages.calls import CallResult, call
from iam.arns import name_in


def listed_functions(request: HttpRequest) -> CallResult:
    """Return all functions of the Region."""
    rows: list[Any] = []
    marker: dict[str, str] = {}
    while True:
        result = call(request, "lambda:ListFunctions", **marker)
        if result.error is not None:
            return result
        rows += result.rows("Functions")
        if "NextMarker" not in result.output:
            return CallResult({"Functions": rows})
        marker = {"Marker": result.output["NextMarker"]}


def row_of(function: Mapping[str, Any]) -> dict[str, Any]:
    """Return a function with its runtime in words, its role's name and when it was changed."""
    runtime = function["Runtime"]
    return {
        **function,
        "runtime": dict(RUNTIMES).get(runtime, runtime),
        "role": name_in(function["Role"]),
        "changed": datetime.fromisoformat(function["LastModified"]),
    }
