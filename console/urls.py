"""The site map: one include for each part of the site."""

from django.contrib import admin
from django.urls import URLResolver, path

urlpatterns: list[URLResolver] = [
    path("admin/", admin.site.urls),
]
