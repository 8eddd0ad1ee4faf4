"""The policy editor's addresses, under /iam/."""

from django.urls import path

from console.pages.iam.addresses import INLINE_POLICY, NAME
from console.pages.iam.policy_editor import action_help, trust, views

_INLINE = f"<str:kind>/{NAME}/inline"

urlpatterns = [
    path("policies/create", views.policy_create, name="policy_create"),
    path("policies/edit", views.policy_edit, name="policy_edit"),
    path(f"{_INLINE}/create", views.inline_policy_create, name="inline_policy_create"),
    path(f"{_INLINE}/{INLINE_POLICY}", views.inline_policy_edit, name="inline_policy_edit"),
    path(f"roles/{NAME}/trust", trust.trust_edit, name="trust_edit"),
    path("actions/<str:service>/<str:action>", action_help.action_help, name="action_help"),
]
