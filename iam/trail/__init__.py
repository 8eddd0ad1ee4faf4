"""The record of calls, as in CloudTrail; see README.md."""

from iam.trail.deliveries import PERIOD, deliver_due, delivers, next_due
from iam.trail.event_names import operation_of
from iam.trail.identity import time_spelled, user_identity
from iam.trail.records import SIGN_IN, EventFields, end_visit, record_later, record_now
from iam.trail.redaction import lower_camel, redacted

__all__ = [
    "PERIOD",
    "SIGN_IN",
    "EventFields",
    "deliver_due",
    "delivers",
    "end_visit",
    "lower_camel",
    "next_due",
    "operation_of",
    "record_later",
    "record_now",
    "redacted",
    "time_spelled",
    "user_identity",
]
