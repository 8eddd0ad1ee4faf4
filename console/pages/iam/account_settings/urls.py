"""The addresses of *Account settings*."""

from django.urls import path

from console.pages.iam.account_settings import password_policy, sts, views

urlpatterns = [
    path("account-settings", views.account_settings, name="account_settings"),
    path(
        "account-settings/password-policy",
        password_policy.password_policy_edit,
        name="password_policy_edit",
    ),
    path("account-settings/sts/tokens", sts.sts_tokens_edit, name="sts_tokens_edit"),
    path("account-settings/sts/<str:region>/<str:verb>", sts.sts_region, name="sts_region"),
]
