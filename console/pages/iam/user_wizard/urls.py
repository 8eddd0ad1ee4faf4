"""Address of *Create user*."""

from django.urls import path

from console.pages.iam.user_wizard.views import user_create

urlpatterns = [path("users/create", user_create, name="user_create")]
