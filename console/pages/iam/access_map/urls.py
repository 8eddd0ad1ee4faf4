"""The access map's address; its tabs are named in the query string."""

from django.urls import path

from console.pages.iam.access_map.views import access_map

urlpatterns = [path("access-map", access_map, name="access_map")]
