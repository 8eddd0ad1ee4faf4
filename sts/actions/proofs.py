"""What identity providers vouch for, turned into requests for a session and AWS's errors."""

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
    """Read a proof; raises AwsError for one that is refused or has expired."""
    try:
        return verify()
    except ProofExpired as error:
        raise AwsError("ExpiredTokenException", str(error), members=_PROOFS) from error
    except ProofRefused as error:
        raise invalid_identity(str(error)) from error


def checked_session_name(name: str, message: str) -> str:
    """Return a session's or a source identity's name; raises AwsError for what may not be one."""
    if not _SESSION_NAME.fullmatch(name):
        raise invalid_identity(message)
    return name


def checked_source_identity(name: str) -> str:
    """Return the source identity that a provider sets; raises AwsError for what may not be one."""
    if name and (not _SESSION_NAME.fullmatch(name) or name.lower().startswith("aws:")):
        message = 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'
        raise invalid_identity(message)
    return name


def tag_params(tags: Mapping[str, str], transitive: Sequence[str]) -> dict[str, Any]:
    """Return session tags as AssumeRole's parameters have them."""
    if len(tags) > _MOST_TAGS or any(
        not key or len(key) > _TAG_KEY or len(value) > _TAG_VALUE for key, value in tags.items()
    ):
        raise invalid_identity("The principal tags of the identity provider are too many or long")
    asked: dict[str, Any] = {"Tags": tag_list(tags)} if tags else {}
    return {**asked, "TransitiveTagKeys": list(transitive)} if transitive else asked


@words_denials("sts")
def denied(caller: Caller, answer: Authorization) -> AwsError | None:
    """Name only the action to a caller that only a provider knows, as AWS does."""
    if caller.kind not in {CallerKind.SAML, CallerKind.WEB_IDENTITY}:
        return None
    message = f"Not authorized to perform {answer.check.action}"
    return AwsError("AccessDenied", message, 403)
