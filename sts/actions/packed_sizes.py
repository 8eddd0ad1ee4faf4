"""PackedPolicySize: the share of a session's space that its policies and tags take, in percent.

AWS publishes neither the space nor the format. The formula fits what was measured there:
- nine tags T1 to T9 of 250 times `a` take 498 % (configure-aws-credentials 1898): tags are not
  compressed, each has some bytes of its own;
- what is inherited counts, and shares add up: 74 % and 37 % are 112 % (containers-roadmap 2413);
- a policy of 366 characters and one ARN take 36 % (AWS CLI's example of get-federation-token):
  policies are compressed.
"""

import json
import zlib
from collections.abc import Mapping
from typing import Any

from iam.perform import Result
from iam.wire.errors import AwsError

_SPACE = 470
_EACH = 8
"""The bytes that a tag takes besides its key and value, and those that a policy's ARN takes."""


def packed_size(carried: Mapping[str, Any]) -> Result:
    """Return PackedPolicySize for a session with these policies and tags, inherited ones included.

    Empty without any; raises AwsError if they are too large.
    """
    tags: Mapping[str, str] = carried.get("tags") or {}
    policies, arns = carried.get("policies", ()), carried.get("policy_arns", ())
    if not (tags or policies or arns):
        return {}
    of_tags = sum(len(key.encode()) + len(value.encode()) + _EACH for key, value in tags.items())
    of_policies = sum(map(_compressed, policies)) + _EACH * len(arns)
    percent = _percent(of_tags + of_policies)
    if _percent(of_tags) > 100:
        sentence = f"Packed size of session tags consumes {_percent(of_tags)}% of allotted space."
        raise AwsError("PackedPolicyTooLarge", sentence, members=("Tags",))
    if percent > 100:
        sentence = (
            f"Packed policy consumes {percent}% of allotted space, please use smaller policy."
        )
        raise AwsError("PackedPolicyTooLarge", sentence, members=("Policy", "PolicyArns"))
    return {"PackedPolicySize": percent}


def _compressed(policy: str) -> int:
    compact = json.dumps(json.loads(policy), separators=(",", ":"))
    return len(zlib.compress(compact.encode(), 9, -15))


def _percent(size: int) -> int:
    return -(-size * 100 // _SPACE)
