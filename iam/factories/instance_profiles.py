"""Instance profiles, and the roles that services make for themselves."""

from typing import Any

from factory import Sequence, SubFactory

from iam.catalogue import service_linked_role
from iam.factories.accounts import AccountFactory
from iam.factories.requests import RequestFactory, requested
from iam.models import Account, InstanceProfile, Role
from iam.wire.tags import tag_list


class InstanceProfileFactory(RequestFactory[InstanceProfile]):
    """An instance profile, with the role of a name if one is given."""

    class Meta:
        model = InstanceProfile

    account = SubFactory(AccountFactory)
    name = Sequence(lambda n: f"profile-{n}")
    path = "/"
    role = ""
    tags: dict[str, str] = {}
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> InstanceProfile:
        """Create the profile, then put the role into it."""
        account: Account = given["account"]
        named = {"InstanceProfileName": given["name"]}
        params = {**named, "Path": given["path"], "Tags": tag_list(given["tags"])}
        requested(account, "iam:CreateInstanceProfile", params, given["received_at"])
        if given["role"]:
            filled = {**named, "RoleName": given["role"]}
            requested(account, "iam:AddRoleToInstanceProfile", filled, given["received_at"])
        rows = InstanceProfile.in_sandbox(account.sandbox).select_related("role")
        profile: InstanceProfile = rows.get(account=account, name=given["name"])
        profile.account = account
        return profile


class ServiceLinkedRoleFactory(RequestFactory[Role]):
    """The role that a service has for itself."""

    class Meta:
        model = Role

    account = SubFactory(AccountFactory)
    service = "autoscaling.amazonaws.com"
    suffix = ""
    description: str | None = None
    received_at = None

    @classmethod
    def made(cls, **given: Any) -> Role:
        """Create the role as its service does: with the service's description if none is given."""
        account: Account = given["account"]
        template = service_linked_role(given["service"])
        usual = template.description if template else ""
        params = {
            "AWSServiceName": given["service"],
            "CustomSuffix": given["suffix"],
            "Description": usual if given["description"] is None else given["description"],
        }
        made = requested(account, "iam:CreateServiceLinkedRole", params, given["received_at"])
        role: Role = Role.in_sandbox(account.sandbox).get(unique_id=made["Role"]["RoleId"])
        role.account = account
        return role
