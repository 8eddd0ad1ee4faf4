"""The pages of IAM."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("console.pages.iam.policy_editor.urls")),
    path("", include("console.pages.iam.roles.urls")),
]
