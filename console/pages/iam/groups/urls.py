"""Addresses of user groups."""

from django.urls import path

from console.pages.iam.groups import creating, deleting, listing, members, one

urlpatterns = [
    path("groups", listing.groups, name="groups"),
    path("groups/create", creating.group_create, name="group_create"),
    path("groups/delete", deleting.group_delete, name="group_delete"),
    path("groups/<str:name>", one.group, name="group"),
    path("groups/<str:name>/users/add", members.group_users_add, name="group_users_add"),
    path("groups/<str:name>/users/remove", members.group_users_remove, name="group_users_remove"),
]
