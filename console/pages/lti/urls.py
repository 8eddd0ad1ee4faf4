"""The addresses that platforms open."""

from django.urls import path

from console.pages.lti import launch

urlpatterns = [
    path("login", launch.lti_login, name="lti_login"),
    path("launch", launch.lti_launch, name="lti_launch"),
    path("enter/<str:token>", launch.lti_enter, name="lti_enter"),
    path("keys", launch.lti_keys, name="lti_keys"),
]
