"""The policy editor's addresses, under /iam/."""

from django.urls import path

from console.pages.iam.policy_editor import action_help, trust, views

_INLINE = "<str:kind>/<str:name>/inline"

urlpatterns = [
    path("policies/create", views.policy_create, name="policy_create"),
    path("policies/edit", views.policy_edit, name="policy_edit"),
    path(f"{_INLINE}/create", views.inline_policy_create, name="inline_policy_create"),
    path(f"{_INLINE}/<str:policy>", views.inline_policy_edit, name="inline_policy_edit"),
    path("roles/<str:name>/trust", trust.trust_edit, name="trust_edit"),
    path("actions/<str:service>/<str:action>", action_help.action_help, name="action_help"),
]
