"""Addresses that users, groups and roles share."""

from django.urls import path

from console.pages.iam.addresses import INLINE_POLICY, NAME
from console.pages.iam.attach import views
from console.pages.iam.entities import documents, removal

urlpatterns = [
    path(
        f"<str:kind>/{NAME}/inline/{INLINE_POLICY}/document",
        documents.inline_policy_document,
        name="inline_policy_document",
    ),
    path(f"<str:kind>/{NAME}/attach", views.attach, name="attach_policies"),
    path(
        f"<str:kind>/{NAME}/policies/remove",
        removal.entity_policies_remove,
        name="entity_policies_remove",
    ),
]
