"""The account's alias and its counters."""

from iam import quotas
from iam.actions.bulk_reads import page_of, paged
from iam.actions.refusals import already_exists, invalid_input, no_such_entity
from iam.actions.subjects import whole_account
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
    "UsersQuota": quotas.USERS,
    "GroupsQuota": quotas.GROUPS,
    "RolesQuota": quotas.ROLES,
    "PoliciesQuota": quotas.CUSTOMER_POLICIES,
    "InstanceProfilesQuota": quotas.INSTANCE_PROFILES,
    "ServerCertificatesQuota": quotas.SERVER_CERTIFICATES,
    "UserPolicySizeQuota": quotas.USER_INLINE_SIZE,
    "GroupPolicySizeQuota": quotas.GROUP_INLINE_SIZE,
    "RolePolicySizeQuota": quotas.ROLE_INLINE_SIZE,
    "AssumeRolePolicySizeQuota": quotas.TRUST_POLICY_SIZE,
    "PolicySizeQuota": quotas.MANAGED_POLICY_SIZE,
    "AttachedPoliciesPerUserQuota": quotas.POLICIES_PER_USER,
    "AttachedPoliciesPerGroupQuota": quotas.POLICIES_PER_GROUP,
    "AttachedPoliciesPerRoleQuota": quotas.POLICIES_PER_ROLE,
    "GroupsPerUserQuota": quotas.GROUPS_PER_USER,
    "AccessKeysPerUserQuota": quotas.ACCESS_KEYS_PER_USER,
    "SigningCertificatesPerUserQuota": quotas.SIGNING_CERTIFICATES_PER_USER,
    "VersionsPerPolicyQuota": quotas.VERSIONS_PER_POLICY,
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
