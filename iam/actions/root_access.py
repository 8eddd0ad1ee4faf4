"""Centralized root access, which a management account enables for its member accounts.

A sandbox is an organization if one of its accounts is marked as the management account.
"""

from collections.abc import Callable

from iam.actions.subjects import whole_account
from iam.models import Account, Sandbox
from iam.perform import Call, Params, Result, reads, writes
from iam.wire.errors import AwsError

ROOT_SESSIONS, ROOT_CREDENTIALS = "RootSessions", "RootCredentialsManagement"


def management_account(sandbox: Sandbox) -> Account | None:
    found: Account | None = Account.in_sandbox(sandbox).filter(management=True).first()
    return found


def in_organization(call: Call, params: Params, account: Account) -> Account:
    """Return the management account; raises AwsError for any other caller."""
    management = management_account(call.caller.sandbox)
    if management is None:
        message = "Your account is not a member of an organization."
        raise AwsError("OrganizationNotFoundException", message, 400)
    if management.pk != call.account.pk:
        message = (
            "The account is not the management account or a delegated administrator of the "
            "organization."
        )
        code = "AccountNotManagementOrDelegatedAdministratorException"
        raise AwsError(code, message, 400)
    return management


def _told(call: Call, account: Account) -> Result:
    return {
        "OrganizationId": call.caller.sandbox.organization_id,
        "EnabledFeatures": account.organization_features,
    }


@reads("iam:ListOrganizationsFeatures", on=whole_account, prepare=in_organization)
def list_features(call: Call, params: Params, management: Account) -> Result:
    return _told(call, management)


def _changing(feature: str, *, enabled: bool) -> Callable[[Call, Params, Account], Result]:
    def change(call: Call, params: Params, management: Account) -> Result:
        others = [one for one in management.organization_features if one != feature]
        management.organization_features = sorted([*others, feature]) if enabled else others
        management.save(update_fields=["organization_features"])
        return _told(call, management)

    return change


for _feature in (ROOT_SESSIONS, ROOT_CREDENTIALS):
    for _verb, _enabled in (("Enable", True), ("Disable", False)):
        _name = f"iam:{_verb}Organizations{_feature}"
        writes(_name, on=whole_account, prepare=in_organization)(
            _changing(_feature, enabled=_enabled)
        )
