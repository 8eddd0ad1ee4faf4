"""The simulated world's rows; see README.md."""

from iam.models.accounts import Account
from iam.models.base import Directory, Sandbox, Simulated
from iam.models.certificates import ServerCertificate, SigningCertificate
from iam.models.documents import Document, document_hash
from iam.models.entities import Entity
from iam.models.events import Event
from iam.models.groups import Group, GroupMembership
from iam.models.identity_providers import OidcProvider, SamlProvider
from iam.models.instance_profiles import InstanceProfile
from iam.models.organizations import ControlPolicy
from iam.models.password_policies import PasswordPolicy
from iam.models.policies import Attachment, InlinePolicy, Policy, PolicyVersion
from iam.models.reports import AccessJob, CredentialReport
from iam.models.roles import Role
from iam.models.session_marks import SessionMark
from iam.models.ssh_keys import SshPublicKey
from iam.models.users import AccessKey, LoginProfile, MfaDevice, User

__all__ = [
    "AccessJob",
    "AccessKey",
    "Account",
    "Attachment",
    "ControlPolicy",
    "CredentialReport",
    "Directory",
    "Document",
    "Entity",
    "Event",
    "Group",
    "GroupMembership",
    "InlinePolicy",
    "InstanceProfile",
    "LoginProfile",
    "MfaDevice",
    "OidcProvider",
    "PasswordPolicy",
    "Policy",
    "PolicyVersion",
    "Role",
    "SamlProvider",
    "Sandbox",
    "ServerCertificate",
    "SessionMark",
    "SigningCertificate",
    "Simulated",
    "SshPublicKey",
    "User",
    "document_hash",
]
