"""The addresses of *Account settings*."""

from django.urls import path

from console.pages.iam.account_settings import password_policy, views

urlpatterns = [
    path("account-settings", views.account_settings, name="account_settings"),
    path(
        "account-settings/password-policy",
        password_policy.password_policy_edit,
        name="password_policy_edit",
    ),
]
