"""The names of trails in requests: a name, or an ARN."""

import re
from dataclasses import dataclass

from iam.arns import Arn, is_account_id, parse_arn, trail_arn
from iam.callers import Caller
from iam.wire.errors import AwsError

_REGION = re.compile(r"[a-z0-9-]{1,32}")
_LENGTH = "Specified name length: {} characters."
# The patterns that a name must match, in this order, and CloudTrail's sentences.
_RULES = (
    (r".+", "Trail name cannot be blank!"),
    (r".{3,}", f"Trail name too short. Minimum allowed length: 3 characters. {_LENGTH}"),
    (r".{0,128}", f"Trail name too long. Maximum allowed length: 128 characters. {_LENGTH}"),
    (r"[A-Za-z0-9].*", "Trail name must starts with a letter or number."),
    (r".*[A-Za-z0-9]", "Trail name must ends with a letter or number."),
    (
        r"[A-Za-z0-9._-]*",
        "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, "
        "periods (.), hyphens (-), and underscores (_).",
    ),
    (
        r"(?!.*[._-]{2}).*",
        "Trail name must not have adjacent periods, underscores, or hyphens.",
    ),
    (r"(?![0-9]+(\.[0-9]+){3}$).*", "Trail name must not be in IP address format."),
)


def refuse_name(name: str) -> None:
    """Raise InvalidTrailNameException for a name that no trail can have."""
    for pattern, message in _RULES:
        if not re.fullmatch(pattern, name, re.DOTALL):
            raise AwsError(
                "InvalidTrailNameException",
                message.format(len(name)),
                members=("Name", "TrailName"),
            )


@dataclass(frozen=True)
class TrailName:
    """The name of a trail in a request, with the region of the caller or the ARN."""

    name: str
    region: str
    account_id: str
    by_arn: bool

    @property
    def arn(self) -> str:
        return trail_arn(self.region, self.account_id, self.name)


def _is_of_trail(arn: Arn) -> bool:
    kind = (arn.partition, arn.service, arn.type)
    if kind != ("aws", "cloudtrail", "trail") or not is_account_id(arn.account):
        return False
    return bool(arn.id) and _REGION.fullmatch(arn.region) is not None


def arn_of(text: str) -> TrailName:
    """Return the trail's name in an ARN; raises CloudTrailARNInvalidException."""
    arn = parse_arn(text)
    if arn is None or not _is_of_trail(arn):
        raise AwsError(
            "CloudTrailARNInvalidException",
            "The ARN is not valid; the format of a trail ARN is "
            "arn:aws:cloudtrail:us-east-2:123456789012:trail/MyTrail",
        )
    refuse_name(arn.id)
    return TrailName(arn.id, arn.region, arn.account, by_arn=True)


def named(caller: Caller, text: str) -> TrailName:
    """Return the trail's name for a caller's name or ARN."""
    if text.startswith("arn:"):
        return arn_of(text)
    refuse_name(text)
    return TrailName(text, caller.origin.region, caller.account_id, by_arn=False)
