"""Roles: the list, the wizard, a role's page and what its buttons do."""

from django.urls import path

from console.pages.iam.role_wizard.views import role_create
from console.pages.iam.roles import changes, deleting, listing, one, sessions

urlpatterns = [
    path("roles", listing.roles, name="roles"),
    path("roles/create", role_create, name="role_create"),
    path("roles/delete", deleting.role_delete, name="role_delete"),
    path("roles/<str:name>", one.role, name="role"),
    path("roles/<str:name>/edit", changes.role_edit, name="role_edit"),
    path("roles/<str:name>/tags", changes.role_tags, name="role_tags"),
    path("roles/<str:name>/boundary", changes.role_boundary, name="role_boundary"),
    path(
        "roles/<str:name>/boundary/remove",
        changes.role_boundary_remove,
        name="role_boundary_remove",
    ),
    path("roles/<str:name>/revoke", sessions.role_revoke, name="role_revoke"),
]
