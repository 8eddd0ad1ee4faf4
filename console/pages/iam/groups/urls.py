"""Addresses of user groups."""

from django.urls import path

from console.pages.iam.addresses import NAME
from console.pages.iam.groups import creating, deleting, listing, members, one

urlpatterns = [
    path("groups", listing.groups, name="groups"),
    path("groups/create", creating.group_create, name="group_create"),
    path("groups/delete", deleting.group_delete, name="group_delete"),
    path(f"groups/{NAME}", one.group, name="group"),
    path(f"groups/{NAME}/users/add", members.group_users_add, name="group_users_add"),
    path(f"groups/{NAME}/users/remove", members.group_users_remove, name="group_users_remove"),
]
