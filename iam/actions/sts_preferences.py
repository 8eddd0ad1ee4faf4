"""An account's settings of STS: the version of the global endpoint's tokens, and Regions."""

from iam.actions.refusals import invalid_input
from iam.actions.subjects import whole_account
from iam.catalogue.regions import DEFAULT_REGIONS, HOME_REGION, is_opt_in
from iam.models import Account
from iam.perform import Call, Params, PermissionCheck, Resolution, Result, reads, writes

_TO_CHANGE = "iam:SetSecurityTokenServicePreferences"


def _to_read(call: Call, params: Params) -> Resolution:
    return Resolution((PermissionCheck("iam:GetAccountSummary"),), subject=call.account)


def _to_change(call: Call, params: Params) -> Resolution:
    return Resolution((PermissionCheck(_TO_CHANGE),), subject=call.account)


@writes(_TO_CHANGE, on=whole_account)
def set_preferences(call: Call, params: Params, account: Account) -> None:
    """Set the version of the global endpoint's tokens."""
    version = params["GlobalEndpointTokenVersion"]
    account.global_token_version = 2 if version == "v2Token" else 1
    account.save(update_fields=["global_token_version"])


@reads("iam:ListSecurityTokenServiceRegions", on=_to_read)
def list_regions(call: Call, params: Params, account: Account) -> Result:
    """List the Regions that are enabled by default, with the state of STS there."""
    inactive = set(account.inactive_sts_regions)
    return {
        "Regions": [
            {"Region": region, "Status": "Inactive" if region in inactive else "Active"}
            for region in sorted(DEFAULT_REGIONS)
        ]
    }


def changeable(call: Call, params: Params, account: Account) -> Account:
    """Prepare to change a Region; the status of STS is fixed in the home and opt-in Regions."""
    region = params["Region"]
    if is_opt_in(region) or region == HOME_REGION:
        message = f"The status of STS in {region} cannot be changed."
        raise invalid_input(message, "Region")
    return account


@writes("iam:UpdateSecurityTokenServiceRegion", on=_to_change, prepare=changeable)
def update_region(call: Call, params: Params, account: Account) -> None:
    """Activate or deactivate STS in a Region."""
    region = params["Region"]
    others = [one for one in account.inactive_sts_regions if one != region]
    inactive = params["Status"] == "Inactive"
    account.inactive_sts_regions = [*others, region] if inactive else others
    account.save(update_fields=["inactive_sts_regions"])
