"""The pages of AWS Organizations."""

from django.urls import URLPattern, path

from console.pages.organizations import policies, tree

urlpatterns: list[URLPattern] = [
    path("", tree.organization, name="organization"),
    path("targets/<str:target_id>", tree.organization_target, name="organization_target"),
    path("policies/", policies.organization_policies, name="organization_policies"),
    path("policies/<str:policy_id>", policies.organization_policy, name="organization_policy"),
]
