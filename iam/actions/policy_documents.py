"""Documents of customer managed policies: their grammar, version and size."""

import json

from iam.actions.refusals import over_quota
from iam.engine import Kind, size_without_whitespace
from iam.models import Document
from iam.perform import Call
from iam.queries import MalformedPolicyDocument, checked_document, place_of

_LARGEST = 6144
_VERSION = "2012-10-17"


def stored_managed(call: Call, text: str) -> Document:
    """Return a managed policy's document as stored; it must be of the newer language version."""
    policy = checked_document(text, Kind.IDENTITY)
    if policy.version != _VERSION:
        written = json.loads(text).get("Version")
        line, column = place_of(text, json.dumps(written)) if written else (1, 1)
        message = "Policy document must be version 2012-10-17 or greater."
        raise MalformedPolicyDocument(message, line=line, column=column)
    if size_without_whitespace(text) > _LARGEST:
        raise over_quota("PolicySize", _LARGEST)
    return Document.of(call.caller.sandbox, text)
