"""sts:GetCallerIdentity, sts:GetAccessKeyInfo and sts:GetWebIdentityToken."""

from typing import Any

from iam.actions.subjects import requested_tags
from iam.models import AccessKey
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads
from iam.wire.errors import AwsError


def needs_nothing(call: Call, params: Params) -> Resolution:
    """Ask for no permission: AWS answers even under an explicit deny."""
    return Resolution(checks=())


@reads("sts:GetCallerIdentity", on=needs_nothing)
def get_caller_identity(call: Call, params: Params, _: None) -> Result:
    caller = call.caller
    return {"UserId": caller.principal_id, "Account": caller.account_id, "Arn": caller.arn}


def on_any_key(call: Call, params: Params) -> Resolution:
    """Look up an access key in the sandbox."""
    keys = AccessKey.in_sandbox(call.caller.sandbox).select_related("account")
    key = keys.filter(access_key_id=params["AccessKeyId"]).first()
    message = f"The access key {params['AccessKeyId']} is not known."
    missing = None if key else AwsError("ValidationError", message, members=("AccessKeyId",))
    return Resolution((PermissionCheck("sts:GetAccessKeyInfo"),), subject=key, missing=missing)


@reads("sts:GetAccessKeyInfo", on=on_any_key)
def get_access_key_info(call: Call, params: Params, key: AccessKey) -> Result:
    """Return the account an access key belongs to, active or not."""
    return {"Account": key.account.account_id}


def on_audiences(call: Call, params: Params) -> Resolution:
    """Resolve a token for others; no account here has enabled outbound federation."""
    message = "Outbound web identity federation is disabled for this account."
    missing = AwsError("OutboundWebIdentityFederationDisabledException", message, 403)
    context = {
        "sts:IdentityTokenAudience": tuple(params["Audience"]),
        "sts:SigningAlgorithm": params["SigningAlgorithm"],
        "sts:DurationSeconds": str(params.get("DurationSeconds", 300)),
        **requested_tags(params),
    }
    return Resolution((PermissionCheck(call.operation, context=context),), missing=missing)


@reads("sts:GetWebIdentityToken", on=on_audiences)
def get_web_identity_token(call: Call, params: Params, _: Any) -> Result:
    """Answer nobody: the feature is off."""
    return {}
