"""A policy document as AWS reads it when it is saved."""

from iam.engine import CompiledPolicy, PolicyError, PolicyType, validate_policy
from iam.wire.errors import AwsError


class MalformedPolicyDocument(AwsError):
    """A document that AWS refuses; line and column count from 1 and are 0 where unknown."""

    def __init__(
        self, message: str, member: str, *, line: int = 0, column: int = 0, detail: str = ""
    ) -> None:
        super().__init__("MalformedPolicyDocument", message, 400, (member,))
        self.line = line
        self.column = column
        self.detail = detail
        self.unknown_account = ""


def checked_document(
    text: str, policy_type: PolicyType, member: str = "PolicyDocument"
) -> CompiledPolicy:
    """Return the parsed document of a member, or raise AWS's refusal with its place in the text."""
    try:
        return validate_policy(text, policy_type)
    except PolicyError as error:
        raise MalformedPolicyDocument(
            error.message, member, line=error.line, column=error.column, detail=error.detail
        ) from error


def place_of(text: str, part: str) -> tuple[int, int]:
    """Return the line and column where a part of a text begins; zeros if it is not in it."""
    offset = text.find(part)
    if offset < 0:
        return 0, 0
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
