"""Addresses of users."""

from django.urls import path

from console.pages.iam.addresses import NAME
from console.pages.iam.users import (
    access_keys,
    changes,
    console_access,
    deletion,
    detail,
    listing,
    memberships,
    mfa_changes,
    mfa_wizard,
    my_credentials,
    uploads,
)

_OWN = "security_credentials"

urlpatterns = [
    path(_OWN, my_credentials.security_credentials, name="security_credentials"),
    path(f"{_OWN}/password", my_credentials.own_password, name="own_password"),
    path(f"{_OWN}/mfa/assign", mfa_wizard.mfa_assign, name="own_mfa_assign"),
    path(f"{_OWN}/mfa/remove", mfa_changes.mfa_remove, name="own_mfa_remove"),
    path(f"{_OWN}/mfa/resync", mfa_changes.mfa_resync, name="own_mfa_resync"),
    path(f"{_OWN}/keys/create", access_keys.access_key_create, name="own_access_key_create"),
    path(
        f"{_OWN}/keys/<str:key_id>/<str:verb>",
        access_keys.access_key_change,
        name="own_access_key_change",
    ),
    path(f"{_OWN}/<slug:slug>/upload", uploads.upload, name="own_credential_upload"),
    path(f"{_OWN}/ssh-keys/<str:key_id>", uploads.ssh_key, name="own_ssh_key"),
    path(
        f"{_OWN}/uploaded/<slug:slug>/<str:row_id>/<str:verb>",
        uploads.uploaded_change,
        name="own_credential_change",
    ),
    path("users", listing.users, name="users"),
    path("users/delete", deletion.user_delete, name="user_delete"),
    path(f"users/{NAME}", detail.user, name="user"),
    path(f"users/{NAME}/boundary", changes.user_boundary, name="user_boundary"),
    path(
        f"users/{NAME}/boundary/remove",
        changes.user_boundary_remove,
        name="user_boundary_remove",
    ),
    path(f"users/{NAME}/tags", changes.user_tags, name="user_tags"),
    path(f"users/{NAME}/groups/add", memberships.user_groups_add, name="user_groups_add"),
    path(f"users/{NAME}/groups/remove", memberships.user_groups_remove, name="user_groups_remove"),
    path(f"users/{NAME}/console", console_access.user_console, name="user_console"),
    path(
        f"users/{NAME}/console/disable",
        console_access.user_console_disable,
        name="user_console_disable",
    ),
    path(f"users/{NAME}/mfa/assign", mfa_wizard.mfa_assign, name="mfa_assign"),
    path(f"users/{NAME}/mfa/remove", mfa_changes.mfa_remove, name="mfa_remove"),
    path(f"users/{NAME}/mfa/resync", mfa_changes.mfa_resync, name="mfa_resync"),
    path(f"users/{NAME}/keys/create", access_keys.access_key_create, name="access_key_create"),
    path(
        f"users/{NAME}/keys/<str:key_id>/<str:verb>",
        access_keys.access_key_change,
        name="access_key_change",
    ),
    path(f"users/{NAME}/<slug:slug>/upload", uploads.upload, name="credential_upload"),
    path(f"users/{NAME}/ssh-keys/<str:key_id>", uploads.ssh_key, name="ssh_key"),
    path(
        f"users/{NAME}/uploaded/<slug:slug>/<str:row_id>/<str:verb>",
        uploads.uploaded_change,
        name="credential_change",
    ),
]
