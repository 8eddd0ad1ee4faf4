"""The dashboard's addresses."""

from django.urls import path

from console.pages.iam.dashboard import alias, views

urlpatterns = [
    path("", views.dashboard, name="iam_dashboard"),
    path("alias", alias.account_alias, name="account_alias"),
    path("alias/delete", alias.account_alias_delete, name="account_alias_delete"),
]
