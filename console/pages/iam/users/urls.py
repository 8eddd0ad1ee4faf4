"""Addresses of users."""

from django.urls import path

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
    path("users/<str:name>", one.user, name="user"),
    path("users/<str:name>/boundary", changes.user_boundary, name="user_boundary"),
    path(
        "users/<str:name>/boundary/remove",
        changes.user_boundary_remove,
        name="user_boundary_remove",
    ),
    path("users/<str:name>/tags", changes.user_tags, name="user_tags"),
    path("users/<str:name>/groups/add", memberships.user_groups_add, name="user_groups_add"),
    path(
        "users/<str:name>/groups/remove", memberships.user_groups_remove, name="user_groups_remove"
    ),
    path("users/<str:name>/console", console_access.user_console, name="user_console"),
    path(
        "users/<str:name>/console/disable",
        console_access.user_console_disable,
        name="user_console_disable",
    ),
    path("users/<str:name>/keys/create", access_keys.access_key_create, name="access_key_create"),
    path(
        "users/<str:name>/keys/<str:key_id>/<str:verb>",
        access_keys.access_key_change,
        name="access_key_change",
    ),
]
