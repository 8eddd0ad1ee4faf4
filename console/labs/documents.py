"""Parameters of calls as lab files write them: documents as objects."""

import json
from collections.abc import Mapping
from typing import Any

from iam.wire.shapes import is_modelled, operation_model


def with_texts(operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters with documents as text where the operation takes text."""
    if not is_modelled(operation):
        return dict(params)
    shape = operation_model(operation).input_shape
    members = shape.members if shape is not None else {}
    return {
        name: json.dumps(value)
        if isinstance(value, dict | list)
        and getattr(members.get(name), "type_name", "") == "string"
        else value
        for name, value in params.items()
    }
