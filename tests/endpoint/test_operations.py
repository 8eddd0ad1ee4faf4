"""The table of operations is what the code does; what is left out is refused clearly."""

import re
from typing import Any

import pytest
from botocore import xform_name
from botocore.model import Shape

from console.endpoint.operations import REFUSED, SERVICES, operations_table, state_of
from console.management.commands.operations import TABLE
from iam.wire.shapes import MODELS, operation_service
from tests.endpoint.clients import Clients, Keys, refusal

# Requests whose input streams, or that boto3 sends elsewhere or makes other calls for.
_OTHERWISE = {"s3:CreateSession", "s3:WriteGetObjectResponse", "s3:ListDirectoryBuckets"}
_ANY = {"list": [], "map": {}, "boolean": True, "blob": b"", "timestamp": 0, "float": 0.5}
_EVERY_NTH = {"ec2": 20}


def test_the_table_in_the_docs_is_the_one_that_the_code_gives() -> None:
    written = TABLE.read_text(encoding="utf-8")
    assert written == operations_table(), "run: manage.py operations"


def _least(shape: Shape | None) -> Any:
    """Return a value of a shape with what it requires and no more."""
    if shape is None or shape.type_name == "structure":
        members = shape.members if shape else {}
        required = shape.required_members if shape else ()
        return {name: _least(members[name]) for name in required}
    if shape.type_name == "string":
        return (getattr(shape, "enum", None) or ["x" * max(3, shape.metadata.get("min", 3))])[0]
    return _ANY.get(shape.type_name, 1)


@pytest.mark.parametrize("service", SERVICES)
def test_unsupported_parts_are_refused_over_the_wire(
    clients: Clients, admin: Keys, service: str
) -> None:
    client = clients(MODELS.get(service, service), admin, parameter_validation=False)
    model = operation_service(service)
    names = [name for name in model.operation_names if state_of(f"{service}:{name}") == REFUSED]
    for name in names[:: _EVERY_NTH.get(service, 1)]:
        operation = f"{service}:{name}"
        found = model.operation_model(name)
        if operation in _OTHERWISE or found.auth_type == "none":  # unsigned: no caller, no answer
            continue
        call = getattr(client, xform_name(name))
        code, message, status = refusal(call, **_least(found.input_shape))
        assert message.startswith(f"Rolecall does not offer {operation}"), message
        assert 400 <= status <= 501
        assert re.search("NotImplemented|Unsupported", code), operation
