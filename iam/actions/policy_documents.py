"""Documents of customer managed policies: their grammar and size."""

from iam.actions.refusals import over_quota
from iam.engine import PolicyType, size_without_whitespace
from iam.models import Document
from iam.perform import Call
from iam.queries import checked_document

_LARGEST = 6144


def stored_managed(call: Call, text: str) -> Document:
    """Return a managed policy's document as stored."""
    checked_document(text, PolicyType.IDENTITY)
    if size_without_whitespace(text) > _LARGEST:
        raise over_quota("PolicySize", _LARGEST)
    return Document.of(call.caller.sandbox, text)
