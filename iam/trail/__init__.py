"""What was done, as CloudTrail records it; see README.md."""

from iam.trail.identity import iso_time, user_identity
from iam.trail.recording import SIGN_IN, Happened, end_visit, record_later, record_now
from iam.trail.redaction import redacted

__all__ = [
    "SIGN_IN",
    "Happened",
    "end_visit",
    "iso_time",
    "record_later",
    "record_now",
    "redacted",
    "user_identity",
]
