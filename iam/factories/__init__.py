"""Factories of the simulated world; see README.md."""

from iam.factories.accounts import AccountFactory, SandboxFactory, SiteUserFactory
from iam.factories.credentials import AccessKeyFactory, MfaDeviceFactory
from iam.factories.entities import GroupFactory, PolicyFactory, RoleFactory, UserFactory
from iam.factories.events import EventFactory
from iam.factories.identity_providers import OidcProviderFactory, SamlProviderFactory
from iam.factories.instance_profiles import InstanceProfileFactory, ServiceLinkedRoleFactory
from iam.factories.organizations import ControlPolicyFactory

__all__ = [
    "AccessKeyFactory",
    "AccountFactory",
    "ControlPolicyFactory",
    "EventFactory",
    "GroupFactory",
    "InstanceProfileFactory",
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
