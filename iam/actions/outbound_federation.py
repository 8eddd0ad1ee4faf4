"""Outbound web identity federation, which no account here has enabled."""

from typing import Any

from iam.actions.subjects import whole_account
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError


def disabled(call: Call, params: Params, _: Any) -> Any:
    """Refuse what only an account with the feature has; the sentence is inferred."""
    message = "Outbound web identity federation is disabled for this account."
    raise AwsError("FeatureDisabled", message, 404)


def _never(call: Call, params: Params, _: Any) -> Result:
    """Answer nobody: the feature is off."""
    return {}


reads("iam:GetOutboundWebIdentityFederationInfo", on=whole_account, prepare=disabled)(_never)
writes("iam:DisableOutboundWebIdentityFederation", on=whole_account, prepare=disabled)(_never)
