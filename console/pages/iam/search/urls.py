"""The address of the search, at the site's root."""

from django.urls import path

from console.pages.iam.search.views import search

urlpatterns = [path("search", search, name="search")]
