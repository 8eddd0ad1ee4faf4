"""The addresses of IAM's pages. They are contracts: bookmarks must hold."""

from django.urls import path

from console.pages.iam.access_analyzer.findings import access_analyzer, access_finding
from console.pages.iam.access_analyzer.settings import analyzer_delete, analyzer_settings
from console.pages.iam.access_map.views import access_map
from console.pages.iam.account_settings.password_policy import password_policy_edit
from console.pages.iam.account_settings.sts import sts_region, sts_tokens_edit
from console.pages.iam.account_settings.views import account_settings
from console.pages.iam.addresses import INLINE_POLICY, KIND, NAME
from console.pages.iam.attach.views import attach
from console.pages.iam.dashboard.alias import account_alias, account_alias_delete
from console.pages.iam.dashboard.views import dashboard
from console.pages.iam.entities.boundary import entity_boundary, entity_boundary_remove
from console.pages.iam.entities.documents import inline_policy_document
from console.pages.iam.entities.removal import entity_policies_remove
from console.pages.iam.entities.tags import entity_tags
from console.pages.iam.entity_pages import ROLE, USER
from console.pages.iam.groups.creation import group_create
from console.pages.iam.groups.deletion import group_delete
from console.pages.iam.groups.detail import group
from console.pages.iam.groups.listing import groups
from console.pages.iam.groups.members import group_users_add, group_users_remove
from console.pages.iam.policies.changes import policy_delete, policy_tags, policy_version
from console.pages.iam.policies.detail import policy, policy_document
from console.pages.iam.policies.entities import policy_attach, policy_detach
from console.pages.iam.policies.listing import policies
from console.pages.iam.policy_editor.action_help import action_help
from console.pages.iam.policy_editor.service_list import service_list
from console.pages.iam.policy_editor.trust import trust_edit
from console.pages.iam.policy_editor.views import (
    inline_policy_create,
    inline_policy_edit,
    policy_create,
    policy_edit,
)
from console.pages.iam.providers.changes import (
    audience_add,
    audiences_remove,
    keys,
    saml_edit,
    tags,
    thumbprints,
)
from console.pages.iam.providers.creation import provider_create
from console.pages.iam.providers.detail import oidc_provider, saml_metadata, saml_provider
from console.pages.iam.providers.listing import provider_delete, providers
from console.pages.iam.reports.credential_report import credential_report
from console.pages.iam.role_wizard.views import role_create
from console.pages.iam.roles.deletion import role_delete
from console.pages.iam.roles.detail import role
from console.pages.iam.roles.edit import role_edit
from console.pages.iam.roles.listing import roles
from console.pages.iam.roles.sessions import role_revoke
from console.pages.iam.simulator.views import simulator
from console.pages.iam.temporary.credential_use import forget, open_in_console, request_again, use
from console.pages.iam.temporary.page import temporary_credentials
from console.pages.iam.user_wizard.views import user_create
from console.pages.iam.users.access_keys import access_key_change, access_key_create
from console.pages.iam.users.console_access import user_console, user_console_disable
from console.pages.iam.users.deletion import user_delete
from console.pages.iam.users.detail import user
from console.pages.iam.users.listing import users
from console.pages.iam.users.memberships import user_groups_add, user_groups_remove
from console.pages.iam.users.mfa_changes import mfa_remove, mfa_resync
from console.pages.iam.users.mfa_wizard import mfa_assign
from console.pages.iam.users.my_credentials import own_password, security_credentials
from console.pages.iam.users.uploads import ssh_key, upload, uploaded_change

_INLINE = f"{KIND}/{NAME}/inline"
_USER = {"kind": USER}
_ROLE = {"kind": ROLE}
_OWN = "security_credentials"

urlpatterns = [
    # The dashboard
    path("", dashboard, name="iam_dashboard"),
    path("alias", account_alias, name="account_alias"),
    path("alias/delete", account_alias_delete, name="account_alias_delete"),
    # Account settings
    path("account-settings", account_settings, name="account_settings"),
    path("account-settings/password-policy", password_policy_edit, name="password_policy_edit"),
    path("account-settings/sts/tokens", sts_tokens_edit, name="sts_tokens_edit"),
    path("account-settings/sts/<str:region>/<str:verb>", sts_region, name="sts_region"),
    # Users
    path("users/create", user_create, name="user_create"),
    path(_OWN, security_credentials, name="security_credentials"),
    path(f"{_OWN}/password", own_password, name="own_password"),
    path(f"{_OWN}/mfa/assign", mfa_assign, name="own_mfa_assign"),
    path(f"{_OWN}/mfa/remove", mfa_remove, name="own_mfa_remove"),
    path(f"{_OWN}/mfa/resync", mfa_resync, name="own_mfa_resync"),
    path(f"{_OWN}/keys/create", access_key_create, name="own_access_key_create"),
    path(f"{_OWN}/keys/<str:key_id>/<str:verb>", access_key_change, name="own_access_key_change"),
    path(f"{_OWN}/<slug:slug>/upload", upload, name="own_credential_upload"),
    path(f"{_OWN}/ssh-keys/<str:key_id>", ssh_key, name="own_ssh_key"),
    path(
        f"{_OWN}/uploaded/<slug:slug>/<str:row_id>/<str:verb>",
        uploaded_change,
        name="own_credential_change",
    ),
    path("users", users, name="users"),
    path("users/delete", user_delete, name="user_delete"),
    path(f"users/{NAME}", user, name="user"),
    path(f"users/{NAME}/boundary", entity_boundary, _USER, name="user_boundary"),
    path(
        f"users/{NAME}/boundary/remove", entity_boundary_remove, _USER, name="user_boundary_remove"
    ),
    path(f"users/{NAME}/tags", entity_tags, _USER, name="user_tags"),
    path(f"users/{NAME}/groups/add", user_groups_add, name="user_groups_add"),
    path(f"users/{NAME}/groups/remove", user_groups_remove, name="user_groups_remove"),
    path(f"users/{NAME}/console", user_console, name="user_console"),
    path(f"users/{NAME}/console/disable", user_console_disable, name="user_console_disable"),
    path(f"users/{NAME}/mfa/assign", mfa_assign, name="mfa_assign"),
    path(f"users/{NAME}/mfa/remove", mfa_remove, name="mfa_remove"),
    path(f"users/{NAME}/mfa/resync", mfa_resync, name="mfa_resync"),
    path(f"users/{NAME}/keys/create", access_key_create, name="access_key_create"),
    path(f"users/{NAME}/keys/<str:key_id>/<str:verb>", access_key_change, name="access_key_change"),
    path(f"users/{NAME}/<slug:slug>/upload", upload, name="credential_upload"),
    path(f"users/{NAME}/ssh-keys/<str:key_id>", ssh_key, name="ssh_key"),
    path(
        f"users/{NAME}/uploaded/<slug:slug>/<str:row_id>/<str:verb>",
        uploaded_change,
        name="credential_change",
    ),
    # User groups
    path("groups", groups, name="groups"),
    path("groups/create", group_create, name="group_create"),
    path("groups/delete", group_delete, name="group_delete"),
    path(f"groups/{NAME}", group, name="group"),
    path(f"groups/{NAME}/users/add", group_users_add, name="group_users_add"),
    path(f"groups/{NAME}/users/remove", group_users_remove, name="group_users_remove"),
    # Managed policies: `?arn=` names the policy
    path("policies", policies, name="policies"),
    path("policies/detail", policy, name="policy"),
    path("policies/document", policy_document, name="policy_document"),
    path("policies/attach", policy_attach, name="policy_attach"),
    path("policies/detach", policy_detach, name="policy_detach"),
    path("policies/version", policy_version, name="policy_version"),
    path("policies/tags", policy_tags, name="policy_tags"),
    path("policies/delete", policy_delete, name="policy_delete"),
    # The policy editor
    path("policies/create", policy_create, name="policy_create"),
    path("policies/edit", policy_edit, name="policy_edit"),
    path(f"{_INLINE}/create", inline_policy_create, name="inline_policy_create"),
    path(f"{_INLINE}/{INLINE_POLICY}", inline_policy_edit, name="inline_policy_edit"),
    path(f"roles/{NAME}/trust", trust_edit, name="trust_edit"),
    path("actions/services", service_list, name="service_list"),
    path("actions/<str:service>/<str:action>", action_help, name="action_help"),
    # Roles
    path("roles", roles, name="roles"),
    path("roles/create", role_create, name="role_create"),
    path("roles/delete", role_delete, name="role_delete"),
    path(f"roles/{NAME}", role, name="role"),
    path(f"roles/{NAME}/edit", role_edit, name="role_edit"),
    path(f"roles/{NAME}/tags", entity_tags, _ROLE, name="role_tags"),
    path(f"roles/{NAME}/boundary", entity_boundary, _ROLE, name="role_boundary"),
    path(
        f"roles/{NAME}/boundary/remove", entity_boundary_remove, _ROLE, name="role_boundary_remove"
    ),
    path(f"roles/{NAME}/revoke", role_revoke, name="role_revoke"),
    # Shared by users, groups and roles
    path(
        f"{KIND}/{NAME}/inline/{INLINE_POLICY}/document",
        inline_policy_document,
        name="inline_policy_document",
    ),
    path(f"{KIND}/{NAME}/attach", attach, name="attach_policies"),
    path(
        f"{KIND}/{NAME}/policies/remove",
        entity_policies_remove,
        name="entity_policies_remove",
    ),
    # Access Analyzer
    path("access-analyzer", access_analyzer, name="access_analyzer"),
    path("access-analyzer/settings", analyzer_settings, name="analyzer_settings"),
    path("access-analyzer/settings/delete", analyzer_delete, name="analyzer_delete"),
    path("access-analyzer/finding", access_finding, name="access_finding"),
    # Identity providers
    path("identity_providers", providers, name="providers"),
    path("identity_providers/create", provider_create, name="provider_create"),
    path("identity_providers/delete", provider_delete, name="provider_delete"),
    path("identity_providers/saml", saml_provider, name="saml_provider"),
    path("identity_providers/saml/metadata", saml_metadata, name="saml_metadata"),
    path("identity_providers/saml/edit", saml_edit, name="saml_edit"),
    path("identity_providers/oidc", oidc_provider, name="oidc_provider"),
    path("identity_providers/oidc/audience", audience_add, name="audience_add"),
    path("identity_providers/oidc/audiences", audiences_remove, name="audiences_remove"),
    path("identity_providers/oidc/thumbprints", thumbprints, name="thumbprints_edit"),
    path("identity_providers/oidc/keys", keys, name="provider_keys"),
    path("identity_providers/tags", tags, name="provider_tags"),
    # Temporary credentials
    path("temporary_credentials", temporary_credentials, name="temporary_credentials"),
    path("temporary_credentials/again", request_again, name="temporary_again"),
    path("temporary_credentials/use", use, name="temporary_use"),
    path("temporary_credentials/forget", forget, name="temporary_forget"),
    path("temporary_credentials/console", open_in_console, name="temporary_console"),
    # Reports
    path("credential-report", credential_report, name="credential_report"),
    # The policy simulator
    path("simulator", simulator, name="simulator"),
    # The access map: `?tab=` names the question
    path("access-map", access_map, name="access_map"),
]
