"""What an account has by name: users, groups, roles, instance profiles, server certificates."""

from collections.abc import Mapping
from dataclasses import dataclass

from iam import quotas
from iam.actions.refusals import already_exists, no_such_entity
from iam.arns import iam_arn
from iam.models import Entity, Group, InstanceProfile, Role, ServerCertificate, User
from iam.wire.errors import AwsError

Owner = User | Group | Role


def iam_resource(word: str, name: str) -> Mapping[str, str]:
    """Return a resource of IAM as an event's record names it."""
    return {"ResourceType": f"AWS::IAM::{word}", "ResourceName": name}


@dataclass(frozen=True)
class ResourceKind:
    """AWS's word for things of an account, their model and quota, and sentences about a name."""

    word: str
    model: type[Entity]
    per_account: int
    unknown: str
    taken: str

    @property
    def parameter(self) -> str:
        """Return the parameter that names one: UserName, GroupName, RoleName."""
        return f"{self.word}Name"

    def arn(self, account_id: str, name: str, path: str = "/") -> str:
        return iam_arn(account_id, self.model.arn_type, name, path)

    def missing(self, name: str, member: str = "") -> AwsError:
        """Return AWS's error for an unknown name; `member` is the parameter that has it."""
        return no_such_entity(self.unknown.format(name), member or self.parameter)

    def not_free(self, name: str, member: str) -> AwsError:
        """Return AWS's error for a name that another one has."""
        return already_exists(self.taken.format(name), member)

    def resource(self, name: str) -> Mapping[str, str]:
        return iam_resource(self.word, name)


@dataclass(frozen=True)
class EntityKind(ResourceKind):
    """Users, groups or roles: they have policies."""

    model: type[Owner]
    policies: int
    inline_size: int


USER = EntityKind(
    "User",
    User,
    per_account=quotas.USERS,
    unknown="The user with name {} cannot be found.",
    taken="User with name {} already exists.",
    policies=quotas.POLICIES_PER_USER,
    inline_size=quotas.USER_INLINE_SIZE,
)
GROUP = EntityKind(
    "Group",
    Group,
    per_account=quotas.GROUPS,
    unknown="The group with name {} cannot be found.",
    taken="Group with name {} already exists.",
    policies=quotas.POLICIES_PER_GROUP,
    inline_size=quotas.GROUP_INLINE_SIZE,
)
ROLE = EntityKind(
    "Role",
    Role,
    per_account=quotas.ROLES,
    unknown="The role with name {} cannot be found.",
    taken="Role with name {} already exists.",
    policies=quotas.POLICIES_PER_ROLE,
    inline_size=quotas.ROLE_INLINE_SIZE,
)
KINDS = (USER, GROUP, ROLE)
INSTANCE_PROFILE = ResourceKind(
    "InstanceProfile",
    InstanceProfile,
    per_account=quotas.INSTANCE_PROFILES,
    unknown="Instance Profile {} cannot be found.",
    taken="Instance Profile {} already exists.",
)
SERVER_CERTIFICATE = ResourceKind(
    "ServerCertificate",
    ServerCertificate,
    per_account=quotas.SERVER_CERTIFICATES,
    unknown="The Server Certificate with name {} cannot be found.",
    taken="The Server Certificate with name {} already exists.",
)
_KINDS_BY_TYPE = {kind.model.arn_type: kind for kind in KINDS}


def kind_of(entity: Owner) -> EntityKind:
    return _KINDS_BY_TYPE[entity.arn_type]


def owned_by(entity: Owner) -> dict[str, Owner]:
    return {entity.arn_type: entity}
