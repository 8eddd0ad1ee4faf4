"""The addresses of *Look inside*; what the site has pages for leads there."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from console.signin.views.site_login import SiteLogout, admin_login

_password = RedirectView.as_view(pattern_name="my_password")

urlpatterns = [
    path("login/", admin_login),
    path("logout/", SiteLogout.as_view()),
    path("password_change/", _password),
    path("password_change/done/", _password),
    path("", admin.site.urls),
]
