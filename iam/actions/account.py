"""The account's alias and its counters."""

from iam.actions.bulk_reads import page_of, paged
from iam.actions.instance_profile_subjects import INSTANCE_PROFILES_PER_ACCOUNT
from iam.actions.refusals import already_exists, invalid_input, no_such_entity
from iam.actions.server_certificates import SERVER_CERTIFICATES_PER_ACCOUNT
from iam.actions.subjects import GROUP, ROLE, USER, whole_account
from iam.arns import is_account_id
from iam.models import (
    AccessKey,
    Account,
    Group,
    InstanceProfile,
    MfaDevice,
    OidcProvider,
    Policy,
    PolicyVersion,
    Role,
    SamlProvider,
    ServerCertificate,
    User,
)
from iam.perform import Call, Params, Result, reads, writes

_QUOTAS = {
    "UsersQuota": USER.per_account,
    "GroupsQuota": GROUP.per_account,
    "RolesQuota": ROLE.per_account,
    "PoliciesQuota": 1500,
    "InstanceProfilesQuota": INSTANCE_PROFILES_PER_ACCOUNT,
    "ServerCertificatesQuota": SERVER_CERTIFICATES_PER_ACCOUNT,
    "UserPolicySizeQuota": USER.inline_size,
    "GroupPolicySizeQuota": GROUP.inline_size,
    "RolePolicySizeQuota": ROLE.inline_size,
    "AssumeRolePolicySizeQuota": 2048,
    "PolicySizeQuota": 6144,
    "AttachedPoliciesPerUserQuota": USER.policies,
    "AttachedPoliciesPerGroupQuota": GROUP.policies,
    "AttachedPoliciesPerRoleQuota": ROLE.policies,
    "GroupsPerUserQuota": 10,
    "AccessKeysPerUserQuota": 2,
    "SigningCertificatesPerUserQuota": 2,
    "VersionsPerPolicyQuota": 5,
    "PolicyVersionsInUseQuota": 10000,
}
_NEVER_THERE = ("AccountSigningCertificatesPresent",)


@reads("iam:GetAccountSummary", on=whole_account)
def get_account_summary(call: Call, params: Params, account: Account) -> Result:
    """Return the counts of the account's entities, and its quotas."""
    sandbox = call.caller.sandbox
    counts = {
        word: model.in_sandbox(sandbox).filter(account=account).count()
        for word, model in (
            ("Users", User),
            ("Groups", Group),
            ("Roles", Role),
            ("Policies", Policy),
            ("InstanceProfiles", InstanceProfile),
            ("MFADevices", MfaDevice),
            ("ServerCertificates", ServerCertificate),
        )
    }
    devices = MfaDevice.in_sandbox(sandbox).filter(account=account, enabled_at__isnull=False)
    versions = PolicyVersion.in_sandbox(sandbox).filter(policy__account=account)
    providers = (SamlProvider, OidcProvider)
    root_keys = AccessKey.in_sandbox(sandbox).filter(account=account, user=None)
    return {
        "SummaryMap": {
            **_QUOTAS,
            **dict.fromkeys(_NEVER_THERE, 0),
            **counts,
            "Providers": sum(
                model.in_sandbox(sandbox).filter(account=account).count() for model in providers
            ),
            "MFADevicesInUse": devices.count(),
            "AccountMFAEnabled": int(devices.filter(user=None).exists()),
            "AccountAccessKeysPresent": int(root_keys.exists()),
            "AccountPasswordPresent": int(bool(account.root_password)),
            "PolicyVersionsInUse": versions.count(),
            "GlobalEndpointTokenVersion": account.global_token_version,
        }
    }


@reads("iam:ListAccountAliases", on=whole_account, prepare=paged)
def list_account_aliases(call: Call, params: Params, account: Account) -> Result:
    return page_of(params, "AccountAliases", [account.alias] if account.alias else [], str)


def free_alias(call: Call, params: Params, account: Account) -> Account:
    """Prepare to set an alias, which may not look like an account ID or be another account's."""
    alias = params["AccountAlias"]
    if is_account_id(alias):
        raise invalid_input("The account alias must not be 12 digits.", "AccountAlias")
    others = Account.in_sandbox(call.caller.sandbox).exclude(pk=account.pk)
    if others.filter(alias=alias).exists():
        raise already_exists(f"The account alias {alias} already exists.", "AccountAlias")
    return account


@writes("iam:CreateAccountAlias", on=whole_account, prepare=free_alias)
def create_account_alias(call: Call, params: Params, account: Account) -> None:
    """Set or replace the account's alias."""
    account.alias = params["AccountAlias"]
    account.save(update_fields=["alias"])


def own_alias(call: Call, params: Params, account: Account) -> Account:
    """Prepare to delete the alias, which must be the account's."""
    if params["AccountAlias"] != account.alias:
        message = f"The Account Alias {params['AccountAlias']} cannot be found."
        raise no_such_entity(message, "AccountAlias")
    return account


@writes("iam:DeleteAccountAlias", on=whole_account, prepare=own_alias)
def delete_account_alias(call: Call, params: Params, account: Account) -> None:
    account.alias = ""
    account.save(update_fields=["alias"])
