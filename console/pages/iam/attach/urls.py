"""Addresses that users, groups and roles share."""

from django.urls import path

from console.pages.iam.attach import views
from console.pages.iam.entities import removing

urlpatterns = [
    path("<str:kind>/<str:name>/attach", views.attach, name="attach_policies"),
    path(
        "<str:kind>/<str:name>/policies/remove",
        removing.entity_policies_remove,
        name="entity_policies_remove",
    ),
]
