"""Users, groups, roles and customer managed policies."""

from collections.abc import Sequence
from typing import Any

from factory import LazyAttribute, SubFactory
from factory import Sequence as Numbered

from iam.factories.accounts import AccountFactory
from iam.factories.credentials import enable_password
from iam.factories.policies import ALLOW_ALL, put_policies
from iam.factories.requests import RequestFactory, requested
from iam.models import Account, Group, Policy, PolicyVersion, Role, User
from iam.wire.tags import tag_list


class UserFactory(RequestFactory[User]):
    """A user with its policies; with a console password if `password` is given.

    With `password_reset` the user must choose another one at the next sign-in.
    """

    class Meta:
        model = User

    account = SubFactory(AccountFactory)
    name = Numbered(lambda n: f"user-{n}")
    path = "/"
    boundary = ""
    tags: dict[str, str] = {}
    groups: tuple[str, ...] = ()
    managed: tuple[str, ...] = ()
    inline: dict[str, str] = {}
    password = ""
    password_reset = False
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> User:
        """Create the user, then what it has."""
        account: Account = given["account"]
        name, moment = given["name"], given["received_at"]
        params = {
            "UserName": name,
            "Path": given["path"],
            "PermissionsBoundary": given["boundary"],
            "Tags": tag_list(given["tags"]),
        }
        requested(account, "iam:CreateUser", params, moment)
        user: User = User.in_sandbox(account.sandbox).get(account=account, name=name)
        user.account = account
        for group in given["groups"]:
            membership = {"GroupName": group, "UserName": name}
            requested(account, "iam:AddUserToGroup", membership, moment)
        put_policies(user, given["managed"], given["inline"], moment)
        if given["password"]:
            enable_password(user, given["password"], moment, reset=given["password_reset"])
        return user


class GroupFactory(RequestFactory[Group]):
    """A user group with its policies and members, these by name."""

    class Meta:
        model = Group

    account = SubFactory(AccountFactory)
    name = Numbered(lambda n: f"group-{n}")
    path = "/"
    members: tuple[str, ...] = ()
    managed: tuple[str, ...] = ()
    inline: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Group:
        """Create the group, then what it has."""
        account: Account = given["account"]
        name, moment = given["name"], given["received_at"]
        requested(account, "iam:CreateGroup", {"GroupName": name, "Path": given["path"]}, moment)
        group: Group = Group.in_sandbox(account.sandbox).get(account=account, name=name)
        group.account = account
        put_policies(group, given["managed"], given["inline"], moment)
        for member in given["members"]:
            membership = {"GroupName": name, "UserName": member}
            requested(account, "iam:AddUserToGroup", membership, moment)
        return group


def _trust_in_account(account: Account) -> str:
    return (
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": '
        f'"{account.root_arn}"}}, "Action": "sts:AssumeRole", "Condition": {{}}}}]}}'
    )


class RoleFactory(RequestFactory[Role]):
    """A role with its policies; trusts its own account unless `trust` is given."""

    class Meta:
        model = Role

    account = SubFactory(AccountFactory)
    name = Numbered(lambda n: f"role-{n}")
    path = "/"
    trust = LazyAttribute(lambda given: _trust_in_account(given.account))
    description = ""
    max_session = None
    boundary = ""
    tags: dict[str, str] = {}
    managed: tuple[str, ...] = ()
    inline: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Role:
        """Create the role, then what it has."""
        account: Account = given["account"]
        params = {
            "RoleName": given["name"],
            "Path": given["path"],
            "AssumeRolePolicyDocument": given["trust"],
            "Description": given["description"],
            "MaxSessionDuration": given["max_session"],
            "PermissionsBoundary": given["boundary"],
            "Tags": tag_list(given["tags"]),
        }
        requested(account, "iam:CreateRole", params, given["received_at"])
        role: Role = Role.in_sandbox(account.sandbox).get(account=account, name=given["name"])
        role.account = account
        put_policies(role, given["managed"], given["inline"], given["received_at"])
        return role


def _number_anew(policy: Policy, numbers: Sequence[int]) -> None:
    """Give versions their numbers, as if others had been made and deleted; the newest first."""
    versions = PolicyVersion.in_sandbox(policy.sandbox).filter(policy=policy)
    for place, number in reversed(list(enumerate(numbers, start=1))):
        versions.filter(number=place).update(number=number)
    policy.latest_version = numbers[-1]
    policy.save(update_fields=["latest_version"])


class PolicyFactory(RequestFactory[Policy]):
    """A customer managed policy with its `documents`, oldest first; `default` counts from 1.

    `numbers` are those of the versions, in rising order, where some were deleted.
    """

    class Meta:
        model = Policy

    account = SubFactory(AccountFactory)
    name = Numbered(lambda n: f"policy-{n}")
    path = "/"
    description = ""
    tags: dict[str, str] = {}
    documents: tuple[str, ...] = (ALLOW_ALL,)
    default = 1
    numbers: tuple[int, ...] = ()
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Policy:
        """Create the policy, then its later versions."""
        account: Account = given["account"]
        first, *later = given["documents"]
        params = {
            "PolicyName": given["name"],
            "Path": given["path"],
            "PolicyDocument": first,
            "Description": given["description"],
            "Tags": tag_list(given["tags"]),
        }
        requested(account, "iam:CreatePolicy", params, given["received_at"])
        policy: Policy = Policy.in_sandbox(account.sandbox).get(account=account, name=given["name"])
        for number, document in enumerate(later, start=2):
            params = {
                "PolicyArn": policy.arn,
                "PolicyDocument": document,
                "SetAsDefault": number == given["default"],
            }
            requested(account, "iam:CreatePolicyVersion", params, given["received_at"])
        policy.refresh_from_db()
        if given["numbers"]:
            _number_anew(policy, given["numbers"])
        return policy
