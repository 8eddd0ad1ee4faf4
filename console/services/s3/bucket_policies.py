"""S3's rules for bucket policies, beyond the grammar of resource policies."""

from typing import Any

from console.services.s3.errors import malformed_policy
from console.services.s3.models import Bucket
from console.services.s3.names import owner_of
from iam import catalogue
from iam.engine import (
    PolicyError,
    PolicyType,
    as_list,
    pattern_matches,
    statements_in,
    validate_policy,
)
from iam.models import Account, Sandbox
from iam.queries.documents import MalformedPolicyDocument
from iam.queries.principals import as_saved, bind, canonical_users, with_root_users

_MAX_BYTES = 20 * 1024
_INVALID_PRINCIPAL = "Invalid principal in policy"
_ACTION_ON_NOTHING = "Action does not apply to any resource(s) in statement"


def _texts(value: Any) -> list[str]:
    return [str(one) for one in as_list(value)]


def _actions_like(pattern: str) -> list[catalogue.Action]:
    service = catalogue.service("s3")
    actions = service.actions if service else ()
    wanted = pattern.lower().removeprefix("s3:")
    return [one for one in actions if pattern_matches(wanted, one.name.lower())]


def _refuse_action(pattern: str) -> None:
    if pattern != "*" and not (pattern.lower().startswith("s3:") and _actions_like(pattern)):
        raise malformed_policy("Policy has invalid action")


def _kinds(pattern: str, bucket: Bucket) -> set[str]:
    """Return S3's resource types that a resource in this bucket's policy can mean."""
    kinds = set()
    if pattern_matches(pattern, bucket.arn):
        kinds.add("bucket")
    if pattern.startswith(f"{bucket.arn}/") or pattern_matches(pattern, f"{bucket.arn}/"):
        kinds.add("object")
    return kinds


def _refuse_pairs(statement: dict[str, Any], bucket: Bucket) -> None:
    """Raise if an action can never apply to any of the statement's resources."""
    if "Action" not in statement or "Resource" not in statement:
        return
    kinds: set[str] = set()
    for resource in _texts(statement["Resource"]):
        kinds |= _kinds(resource, bucket)
    for pattern in _texts(statement["Action"]):
        types = {kind for action in _actions_like(pattern) for kind in action.resource_types}
        if pattern != "*" and types and not types & kinds:
            raise malformed_policy(_ACTION_ON_NOTHING)


def _refuse_statement(statement: dict[str, Any], bucket: Bucket) -> None:
    for element in ("Action", "NotAction"):
        for pattern in _texts(statement.get(element, [])):
            _refuse_action(pattern)
    for element in ("Resource", "NotResource"):
        for pattern in _texts(statement.get(element, [])):
            if not _kinds(pattern, bucket):
                raise malformed_policy("Policy has invalid resource")
    _refuse_pairs(statement, bucket)


def _bind(sandbox: Sandbox, text: str) -> dict[str, str]:
    try:
        return dict(bind(sandbox, text))
    except MalformedPolicyDocument as error:
        refused = malformed_policy(_INVALID_PRINCIPAL)
        refused.detail, refused.unknown_account = error.detail, error.unknown_account
        raise refused from error


def _with_root_users(sandbox: Sandbox, text: str) -> str:
    """Return the text with the accounts of its canonical users; raises for one of no account."""
    users = canonical_users(text)
    if not users:
        return text
    known = Account.in_sandbox(sandbox).values_list("account_id", flat=True)
    accounts = {owner_of(one)["ID"]: one for one in (*known, *sandbox.outside_accounts)}
    if not accounts.keys() >= set(users):
        raise malformed_policy(_INVALID_PRINCIPAL)
    return with_root_users(text, accounts)


def checked_policy(bucket: Bucket, text: str) -> tuple[str, dict[str, str]]:
    """Return the policy as S3 saves it, and its principals' unique IDs.

    Raises MalformedPolicy as S3 does.
    """
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_BYTES:
        raise malformed_policy("Policy exceeds the maximum allowed document size.")
    if not text.lstrip().startswith("{"):
        raise malformed_policy("Policies must be valid JSON and the first byte must be '{'")
    try:
        validate_policy(text, PolicyType.RESOURCE)
    except PolicyError as error:
        of_principal = error.issue in {"INVALID_PRINCIPAL", "INVALID_FEDERATED_PRINCIPAL"}
        message = _INVALID_PRINCIPAL if of_principal else error.message
        raise malformed_policy(message) from error
    for statement in statements_in(text):
        _refuse_statement(statement, bucket)
    bound = _bind(bucket.sandbox, text)
    return as_saved(_with_root_users(bucket.sandbox, text)), bound
