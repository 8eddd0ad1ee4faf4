"""The proofs of identity providers, turned into requests for a session or AWS's errors."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from iam.authorization import Authorization
from iam.callers import Caller, CallerKind
from iam.federation import ProofExpired, ProofRefused
from iam.perform import words_denials
from iam.wire.errors import AwsError
from iam.wire.tags import tag_list

Proof = TypeVar("Proof")

_SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_PROOFS = ("SAMLAssertion", "WebIdentityToken")  # an operation takes one of them
_TAG_KEY, _TAG_VALUE, _MOST_TAGS = 128, 256, 50


def invalid_identity(message: str) -> AwsError:
    return AwsError("InvalidIdentityToken", message, members=_PROOFS)


def checked(verify: Callable[[], Proof]) -> Proof:
    """Call a function that reads a proof; raises AwsError if it is refused or expired."""
    try:
        return verify()
    except ProofExpired as error:
        raise AwsError("ExpiredTokenException", str(error), members=_PROOFS) from error
    except ProofRefused as error:
        raise invalid_identity(str(error)) from error


def checked_session_name(name: str, message: str) -> str:
    """Return the name of a session; raises AwsError if it is not valid."""
    if not _SESSION_NAME.fullmatch(name):
        raise invalid_identity(message)
    return name


def checked_source_identity(name: str) -> str:
    """Return the source identity of a provider's proof; raises AwsError if it is not valid."""
    if name and (not _SESSION_NAME.fullmatch(name) or name.lower().startswith("aws:")):
        message = 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'
        raise invalid_identity(message)
    return name


def tag_params(tags: Mapping[str, str], transitive: Sequence[str]) -> dict[str, Any]:
    """Return session tags as parameters of AssumeRole."""
    if len(tags) > _MOST_TAGS or any(
        not key or len(key) > _TAG_KEY or len(value) > _TAG_VALUE for key, value in tags.items()
    ):
        raise invalid_identity("The principal tags of the identity provider are too many or long")
    asked: dict[str, Any] = {"Tags": tag_list(tags)} if tags else {}
    return {**asked, "TransitiveTagKeys": list(transitive)} if transitive else asked


@words_denials("sts")
def denied(caller: Caller, answer: Authorization) -> AwsError | None:
    """Return the denial for a federated caller, which names only the action, as AWS does."""
    if caller.kind not in {CallerKind.SAML, CallerKind.WEB_IDENTITY}:
        return None
    message = f"Not authorized to perform {answer.check.action}"
    return AwsError("AccessDenied", message, 403)
