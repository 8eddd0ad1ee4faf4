"""Addresses of users."""

from django.urls import path

from console.pages.iam.addresses import NAME
from console.pages.iam.users import (
    access_keys,
    changes,
    console_access,
    deleting,
    listing,
    memberships,
    one,
)

urlpatterns = [
    path("users", listing.users, name="users"),
    path("users/delete", deleting.user_delete, name="user_delete"),
    path(f"users/{NAME}", one.user, name="user"),
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
    path(f"users/{NAME}/keys/create", access_keys.access_key_create, name="access_key_create"),
    path(
        f"users/{NAME}/keys/<str:key_id>/<str:verb>",
        access_keys.access_key_change,
        name="access_key_change",
    ),
]
