"""What questions about a whole sandbox need to know of buckets and objects."""

import re

from console.services.s3.queries import find_bucket
from console.services.s3.resolvers import check_on
from iam.analysis.resources import CheckFor, owned_by
from iam.callers import Caller
from iam.models import Sandbox
from iam.perform import Call, PermissionCheck

_ARN = re.compile(r"arn:aws:s3:::([^/]+)(?:/(.*))?", re.DOTALL)


@owned_by("s3")
def find_check(sandbox: Sandbox, action: str, arn: str) -> CheckFor | None:
    """Return the check of an action on a bucket that there is, or on an object in it."""
    named = _ARN.fullmatch(arn)
    bucket = find_bucket(sandbox, named[1]) if named else None
    if named is None or bucket is None:
        return None

    def check(caller: Caller) -> PermissionCheck:
        return check_on(Call(caller, action, {}), action, named[1], bucket, key=named[2])

    return check
