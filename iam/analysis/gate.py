"""Questions asked by somebody: only who may see everything in an account gets answers about it."""

from iam.analysis.world import World
from iam.callers import Caller
from iam.perform import perform

RIGHT = "iam:GetAccountAuthorizationDetails"


def seen_by(caller: Caller) -> World:
    """Return the world of the caller's own account.

    Raises AwsError, AccessDenied above all, unless the caller may see all its identities and
    policies: the right is performed, not only checked, so that the event history has it.
    """
    perform(caller, RIGHT, {"MaxItems": 1})
    return World(caller.sandbox, caller.origin, (caller.account_id,))
