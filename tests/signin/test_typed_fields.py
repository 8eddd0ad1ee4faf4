"""*Nothing was done* shows what was typed under the labels of the page, not under field names."""

import pytest

from console.signin.typed_fields import typed_in

FIELDS = [
    ({"Tags-key": "team", "Tags-value": "red"}, [("Tag key", "team"), ("Tag value", "red")]),
    ({"key-1": "aws:SourceIp"}, [("Condition key 1", "aws:SourceIp")]),
    ({"value-1": "203.0.113.7"}, [("Value of condition key 1", "203.0.113.7")]),
    ({"selected": "ReadOnlyAccess"}, [("Selected", "ReadOnlyAccess")]),
    ({"roleName": "S3Role"}, [("Role name", "S3Role")]),
    ({"st-arn": "*", "acknowledge": "on", "password": "secret", "identity": "x"}, []),
]


@pytest.mark.parametrize(("sent", "shown"), FIELDS)
def test_what_was_typed_stands_under_a_label(rf, sent, shown):
    request = rf.post("/", sent)
    request.resolver_match = None
    assert typed_in(request) == shown
