"""Roles: the list, the wizard, a role's page and what its buttons do."""

from django.urls import path

from console.pages.iam.addresses import NAME
from console.pages.iam.role_wizard.views import role_create
from console.pages.iam.roles import changes, deletion, detail, listing, sessions

urlpatterns = [
    path("roles", listing.roles, name="roles"),
    path("roles/create", role_create, name="role_create"),
    path("roles/delete", deletion.role_delete, name="role_delete"),
    path(f"roles/{NAME}", detail.role, name="role"),
    path(f"roles/{NAME}/edit", changes.role_edit, name="role_edit"),
    path(f"roles/{NAME}/tags", changes.role_tags, name="role_tags"),
    path(f"roles/{NAME}/boundary", changes.role_boundary, name="role_boundary"),
    path(
        f"roles/{NAME}/boundary/remove",
        changes.role_boundary_remove,
        name="role_boundary_remove",
    ),
    path(f"roles/{NAME}/revoke", sessions.role_revoke, name="role_revoke"),
]
