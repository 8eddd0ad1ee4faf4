"""The duration, policies and tags that a request asks for its session."""

from datetime import timedelta
from typing import Any

from iam.callers import Caller, CallerKind
from iam.engine import PolicyError, PolicyType, validate_policy
from iam.perform import Params
from iam.wire import sentences
from iam.wire.errors import AwsError
from iam.wire.tags import tags_of

CHAINED_LIMIT = 3600
MOST_CHARACTERS = 2048
MOST_POLICY_ARNS = 10


def _refuse_longer(member: str, length: int, most: int) -> None:
    """Refuse a value over a maximum length that is not in the model, in the model's words."""
    if length > most:
        raise AwsError("ValidationError", violations=[sentences.too_long(member, most)])


def asked_tags(params: Params) -> dict[str, str]:
    return tags_of(params.get("Tags", []))


def inherited_tags(caller: Caller) -> dict[str, str]:
    """Return the transitive tags of the calling session: the next session of the chain has them."""
    kept = caller.transitive_tag_keys
    return {key: value for key, value in caller.session_tags.items() if key in kept}


def session_tags(caller: Caller, params: Params) -> dict[str, Any]:
    """Return a new session's tags, and those that the next session of the chain inherits.

    Raises AwsError for duplicate keys, for keys that an earlier session has fixed, and for those
    that begin with aws: (IAM user guide: restricted prefixes apply to session tags).
    """
    asked, wanted = asked_tags(params), params.get("TransitiveTagKeys", [])
    keys = [tag["Key"].lower() for tag in params.get("Tags", [])]
    inherited = inherited_tags(caller)
    if len(set(keys)) < len(keys):
        message = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
        raise AwsError("InvalidParameterValue", message, members=("Tags",))
    if any(key.startswith("aws:") for key in keys):
        message = "System tags cannot be added/updated by requester"
        raise AwsError("InvalidParameterValue", message, members=("Tags",))
    if {key.lower() for key in inherited} & set(keys):
        message = (
            "One of the specified transitive tag keys can't be set because it conflicts with a "
            "transitive tag key from the calling session."
        )
        raise AwsError("InvalidParameterValue", message, members=("Tags",))
    if not {key.lower() for key in wanted} <= set(keys):
        message = "The specified transitive tag key must be included in the requested tags."
        raise AwsError("InvalidParameterValue", message, members=("TransitiveTagKeys",))
    transitive = [key for key in asked if key.lower() in {one.lower() for one in wanted}]
    return {"tags": {**asked, **inherited}, "transitive": (*inherited, *transitive)}


def session_policies(params: Params) -> dict[str, Any]:
    """Return a new session's policies; raises AwsError for one that AWS refuses."""
    policy = params.get("Policy", "")
    arns = tuple(one["arn"] for one in params.get("PolicyArns", []) if "arn" in one)
    _refuse_longer("PolicyArns", len(arns), MOST_POLICY_ARNS)
    _refuse_longer("Policy", len(policy) + sum(map(len, arns)), MOST_CHARACTERS)
    if policy:
        try:
            validate_policy(policy, PolicyType.SESSION)
        except PolicyError as error:
            raise AwsError("MalformedPolicyDocument", error.message, members=("Policy",)) from error
    return {"policies": (policy,) if policy else (), "policy_arns": arns}


def session_lifetime(caller: Caller, params: Params, longest_seconds: int) -> timedelta:
    """Return the duration of a role session; a console's switch, which asks for none, lasts
    as long as the role's maximum and the sign-in allow.
    """
    longest = timedelta(seconds=longest_seconds)
    if caller.console_sign_in and "DurationSeconds" not in params:
        return min(longest, caller.expires_at - caller.now) if caller.expires_at else longest
    asked = timedelta(seconds=params.get("DurationSeconds", CHAINED_LIMIT))
    if caller.kind is CallerKind.SERVICE:  # the role's maximum does not bind AWS's services
        return asked
    message = ""
    if caller.role is not None and asked > timedelta(seconds=CHAINED_LIMIT):
        message = (
            "The requested DurationSeconds exceeds the 1 hour session limit "
            "for roles assumed by role chaining."
        )
    elif asked > longest:
        message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    if message:
        raise AwsError("ValidationError", message, members=("DurationSeconds",))
    return asked
