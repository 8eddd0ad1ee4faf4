"""Rows in AWS's output shapes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from iam.actions.key_status import status_of
from iam.arns import name_in
from iam.catalogue import ManagedPolicy, managed_policy
from iam.models import (
    AccessKey,
    Account,
    Entity,
    Group,
    InstanceProfile,
    MfaDevice,
    PolicyVersion,
    Role,
    User,
)
from iam.perform import Result
from iam.queries import AnyPolicy, PolicyUsage
from iam.wire.tags import tag_list


def _identity(word: str, entity: Entity) -> Result:
    """Return the fields of an entity that every list has."""
    return {
        "Path": entity.path,
        f"{word}Name": entity.name,
        f"{word}Id": entity.unique_id,
        "Arn": entity.arn,
        "CreateDate": entity.created_at,
    }


def _boundary(entity: User | Role) -> Result:
    if not entity.boundary_arn:
        return {}
    boundary = {
        "PermissionsBoundaryType": "Policy",
        "PermissionsBoundaryArn": entity.boundary_arn,
    }
    return {"PermissionsBoundary": boundary}


def shown_tags(entity: Any) -> Result:
    return {"Tags": tag_list(entity.tags)} if entity.tags else {}


def all_tags(entity: Any) -> Result:
    """Return the tags as AWS shows those of policies, profiles and certificates: `[]` if none."""
    return {"Tags": tag_list(entity.tags)}


def user_listed(user: User) -> Result:
    """Return a user as lists show it: without tags and boundary."""
    shaped = _identity("User", user)
    if user.password_last_used:
        shaped["PasswordLastUsed"] = user.password_last_used
    return shaped


def user_detail(user: User) -> Result:
    return {**user_listed(user), **_boundary(user), **shown_tags(user)}


def root_user(account: Account) -> Result:
    """Return the root user as GetUser does: without name and path."""
    return {
        "UserId": account.account_id,
        "Arn": account.root_arn,
        "CreateDate": account.created_at,
    }


def group_listed(group: Group) -> Result:
    return _identity("Group", group)


def _role(role: Role, trust: str) -> Result:
    """Return a role as instance profiles show it."""
    return {**_identity("Role", role), "AssumeRolePolicyDocument": trust}


def _described(role: Role, trust: str) -> Result:
    described = {"Description": role.description} if role.description else {}
    return {**_role(role, trust), **described}


def role_listed(role: Role, trust: str) -> Result:
    """Return a role as lists show it; `trust` is its trust policy with the present principals."""
    return {**_described(role, trust), "MaxSessionDuration": role.max_session_duration}


def role_changed(role: Role, trust: str) -> Result:
    """Return a role as the operation shows it that made it, or changed its description."""
    return {**_described(role, trust), **_boundary(role), **shown_tags(role)}


def role_detail(role: Role, trust: str) -> Result:
    """Return a role as GetRole shows it."""
    used: Result = {}
    if role.last_used_at:
        used = {"LastUsedDate": role.last_used_at, "Region": role.last_used_region}
    return {**role_listed(role, trust), **_boundary(role), **shown_tags(role), "RoleLastUsed": used}


def instance_profile(profile: InstanceProfile, trusts: Mapping[int, str]) -> Result:
    """Return an instance profile; `trusts` are the roles' trust policies by primary key."""
    role = profile.role
    return {
        **_identity("InstanceProfile", profile),
        "Roles": [_role(role, trusts[role.pk])] if role else [],
    }


def access_key_listed(key: AccessKey) -> Result:
    """Return an access key without its secret; the root user's has no user name."""
    named = {"UserName": key.user.name} if key.user else {}
    return {
        **named,
        "AccessKeyId": key.access_key_id,
        "Status": status_of(key),
        "CreateDate": key.created_at,
    }


def mfa_device_listed(device: MfaDevice) -> Result:
    named = {"UserName": device.user.name} if device.user else {}
    return {**named, "SerialNumber": device.serial_number, "EnableDate": device.enabled_at}


def virtual_mfa_device(device: MfaDevice) -> Result:
    """Return a virtual device as lists show it, with its user if it is assigned."""
    shaped: Result = {"SerialNumber": device.serial_number}
    if device.enabled_at is None:
        return shaped
    user = user_listed(device.user) if device.user else root_user(device.account)
    return {**shaped, "User": user, "EnableDate": device.enabled_at}


def attached_policy(arn: str) -> Result:
    return {"PolicyName": name_in(arn), "PolicyArn": arn}


def version_listed(version: PolicyVersion) -> Result:
    """Return a version of a customer managed policy without its document."""
    return {
        "VersionId": version.version_id,
        "IsDefaultVersion": version.is_default,
        "CreateDate": version.created_at,
    }


def arn_of_policy(found: AnyPolicy) -> str:
    return found.arn if isinstance(found, ManagedPolicy) else found.policy.arn


def policy_listed(found: AnyPolicy, usage: PolicyUsage) -> Result:
    """Return a managed policy as lists show it, with its counts in the caller's account."""
    arn = arn_of_policy(found)
    shaped = _aws_policy(found) if isinstance(found, ManagedPolicy) else _customer_policy(found)
    return _counted(shaped, arn, usage)


def _counted(shaped: Result, arn: str, usage: PolicyUsage) -> Result:
    return {
        **shaped,
        "Arn": arn,
        "AttachmentCount": usage.attached.get(arn, 0),
        "PermissionsBoundaryUsageCount": usage.boundary.get(arn, 0),
        "IsAttachable": True,
    }


def _is_used(arn: str, usage: PolicyUsage) -> bool:
    return arn in usage.attached or arn in usage.boundary


def policy_made(version: PolicyVersion) -> Result:
    """Return a policy as CreatePolicy shows it: never with a description."""
    return {**policy_listed(version, PolicyUsage()), **shown_tags(version.policy)}


def policy_described(found: AnyPolicy, usage: PolicyUsage) -> Result:
    if isinstance(found, ManagedPolicy):
        unused = _aws_described(found.arn)
        return _counted(unused, found.arn, usage) if _is_used(found.arn, usage) else unused
    described = {"Description": found.policy.description} if found.policy.description else {}
    return {**policy_listed(found, usage), **described}


@lru_cache(maxsize=4_096)
def _aws_described(arn: str) -> Result:
    """Return what each list of the console shows of a policy of AWS that nothing uses.

    There are 1,582 of them, which all lists share: they are for reading.
    """
    found = managed_policy(arn)
    if found is None:
        message = f"{arn} is no policy of AWS"
        raise LookupError(message)
    described = {"Description": found.description} if found.description else {}
    return _counted({**_aws_policy(found), **described}, arn, PolicyUsage())


def policy_detail(found: AnyPolicy, usage: PolicyUsage) -> Result:
    """Return a managed policy as GetPolicy shows it."""
    tags: Result = {"Tags": []} if isinstance(found, ManagedPolicy) else all_tags(found.policy)
    return {**policy_described(found, usage), **tags}


def _customer_policy(version: PolicyVersion) -> Result:
    policy = version.policy
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.unique_id,
        "Path": policy.path,
        "DefaultVersionId": version.version_id,
        "CreateDate": policy.created_at,
        "UpdateDate": policy.updated_at,
    }


def _aws_policy(policy: ManagedPolicy) -> Result:
    return {
        "PolicyName": policy.name,
        "PolicyId": policy.policy_id,
        "Path": policy.path,
        "DefaultVersionId": policy.default_version_id,
        "CreateDate": policy.created,
        "UpdateDate": policy.updated,
    }
