"""Factories of the simulated world; see README.md."""

from iam.factories.accounts import AccountFactory, SandboxFactory, SiteUserFactory
from iam.factories.credentials import AccessKeyFactory, LoginProfileFactory, MfaDeviceFactory
from iam.factories.entities import GroupFactory, PolicyFactory, RoleFactory, UserFactory
from iam.factories.events import EventFactory
from iam.factories.identity_providers import OidcProviderFactory, SamlProviderFactory
from iam.factories.instance_profiles import InstanceProfileFactory, ServiceLinkedRoleFactory
from iam.factories.organizations import ControlPolicyFactory
from iam.factories.policies import AttachmentFactory, InlinePolicyFactory

__all__ = [
    "AccessKeyFactory",
    "AccountFactory",
    "AttachmentFactory",
    "ControlPolicyFactory",
    "EventFactory",
    "GroupFactory",
    "InlinePolicyFactory",
    "InstanceProfileFactory",
    "LoginProfileFactory",
    "MfaDeviceFactory",
    "OidcProviderFactory",
    "PolicyFactory",
    "RoleFactory",
    "SamlProviderFactory",
    "SandboxFactory",
    "ServiceLinkedRoleFactory",
    "SiteUserFactory",
    "UserFactory",
]
