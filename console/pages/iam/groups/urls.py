"""Addresses of user groups."""

from django.urls import path

from console.pages.iam.addresses import NAME
from console.pages.iam.groups import creation, deletion, detail, listing, members

urlpatterns = [
    path("groups", listing.groups, name="groups"),
    path("groups/create", creation.group_create, name="group_create"),
    path("groups/delete", deletion.group_delete, name="group_delete"),
    path(f"groups/{NAME}", detail.group, name="group"),
    path(f"groups/{NAME}/users/add", members.group_users_add, name="group_users_add"),
    path(f"groups/{NAME}/users/remove", members.group_users_remove, name="group_users_remove"),
]
