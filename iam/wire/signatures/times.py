"""The age of signatures: 15 minutes at most by the real clock; a presigned URL sets its own."""

from datetime import datetime, timedelta

from iam.wire.errors import AwsError
from iam.wire.signatures.claims import Claim
from iam.wire.signatures.refusals import denied, is_s3, wrong_scope
from iam.wire.times import basic, iso8601

SKEW = timedelta(minutes=15)


def refuse_time(claim: Claim, now: datetime) -> None:
    """Raise for a signature that is too old or from the future."""
    if claim.expires is not None:
        _refuse_presigned(claim, now, timedelta(seconds=claim.expires))
    elif is_s3(claim.service):
        if abs(now - claim.moment) > SKEW:
            raise too_skewed(claim.moment, now)
    elif claim.moment < now - SKEW:
        raise wrong_scope(
            f"Signature expired: {basic(claim.moment)} is now earlier than {basic(now - SKEW)} "
            f"({basic(now)} - 15 min.)"
        )
    elif claim.moment > now + SKEW:
        raise wrong_scope(
            f"Signature not yet current: {basic(claim.moment)} is still later than "
            f"{basic(now + SKEW)} ({basic(now)} + 15 min.)"
        )


def too_skewed(moment: datetime, now: datetime) -> AwsError:
    """Return S3's error for a clock that is too far off."""
    return AwsError(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        403,
        details={
            "RequestTime": basic(moment),
            "ServerTime": iso8601(now),
            "MaxAllowedSkewMilliseconds": str(int(SKEW.total_seconds() * 1000)),
        },
    )


def _refuse_presigned(claim: Claim, now: datetime, lifetime: timedelta) -> None:
    if claim.moment > now + SKEW:
        raise denied(
            "Request is not valid yet",
            **{"X-Amz-Date": claim.written, "ServerTime": iso8601(now)},
        )
    ends = claim.moment + lifetime
    if now > ends:
        raise denied(
            "Request has expired",
            **{
                "X-Amz-Expires": str(claim.expires),
                "Expires": iso8601(ends),
                "ServerTime": iso8601(now),
            },
        )
