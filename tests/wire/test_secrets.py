"""What AWS's models mark as sensitive stands in no event."""

from typing import Any

import pytest
from botocore.model import Shape

from iam.perform import registry
from iam.trail import redacted
from iam.wire.secrets import sensitive_names
from iam.wire.shapes import is_modelled, operation_model

SECRET = "the-secret"


def _filled(shape: Shape | None, within: tuple[str, ...] = (), *, sensitive: bool = False) -> Any:
    """Return a value of a shape; each text of what is sensitive is the secret."""
    if shape is None or shape.name in within:
        return None
    kept, inside = sensitive or bool(shape.metadata.get("sensitive")), (*within, shape.name)
    match shape.type_name:
        case "structure":
            return {n: _filled(m, inside, sensitive=kept) for n, m in shape.members.items()}
        case "list":
            return [_filled(shape.member, inside, sensitive=kept)]
        case "map":
            return {"key": _filled(shape.value, inside, sensitive=kept)}
    return SECRET if kept else "shown"


@pytest.mark.parametrize("operation", sorted(filter(is_modelled, registry.operations)))
def test_no_sensitive_member_of_any_operation_is_in_its_event(operation: str) -> None:
    model, secrets = operation_model(operation), sensitive_names(operation)
    for shape in (model.input_shape, model.output_shape):
        filled = _filled(shape)
        assert SECRET not in str(redacted(filled, secrets))
        assert ("shown" in str(filled)) >= ("shown" in str(redacted(filled, secrets)))


def test_a_customers_key_of_s3_is_sensitive() -> None:
    assert "ssecustomerkey" in sensitive_names("s3:PutObject")
    assert sensitive_names("iam:GetRole") == frozenset()
    assert sensitive_names("signin:ConsoleLogin") == frozenset()
