"""The pages of IAM."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("console.pages.iam.dashboard.urls")),
    path("", include("console.pages.iam.account_settings.urls")),
    path("", include("console.pages.iam.user_wizard.urls")),
    path("", include("console.pages.iam.users.urls")),
    path("", include("console.pages.iam.groups.urls")),
    path("", include("console.pages.iam.policies.urls")),
    path("", include("console.pages.iam.policy_editor.urls")),
    path("", include("console.pages.iam.roles.urls")),
    path("", include("console.pages.iam.attach.urls")),
    path("", include("console.pages.iam.providers.urls")),
    path("", include("console.pages.iam.temporary.urls")),
    path("", include("console.pages.iam.reports.urls")),
    path("", include("console.pages.iam.simulator.urls")),
    path("", include("console.pages.iam.access_map.urls")),
]
