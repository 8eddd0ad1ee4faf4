"""The Regions in which STS serves an account, and the version of its tokens there."""

from iam.callers import Origin
from iam.models import Account
from iam.wire.errors import AwsError


def version_here(account: Account, origin: Origin) -> int:
    """Return the version of the tokens that the request's endpoint issues for an account.

    Raises RegionDisabledException where the account has deactivated STS.
    """
    if origin.global_endpoint:
        return account.global_token_version
    if origin.region in account.inactive_sts_regions and not origin.via_console:
        message = (
            f"STS is not activated in this region for account:{account.account_id}. Your account "
            "administrator can activate STS in this region using the IAM Console."
        )
        raise AwsError("RegionDisabledException", message, 403)
    return 2
