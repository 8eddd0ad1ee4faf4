"""The addresses of administrators."""

from django.urls import path

from console.pages.admin import audit, home
from console.pages.admin.users import actions, listing, making, person

urlpatterns = [
    path("", home.home, name="admin_home"),
    path("audit", audit.audit, name="admin_audit"),
    path("users/", listing.users, name="admin_users"),
    path("users/new", making.user_create, name="admin_user_create"),
    path("users/<int:number>/", person.user, name="admin_user"),
    path("users/<int:number>/role", actions.user_role, name="admin_user_role"),
    path("users/<int:number>/password", actions.user_password, name="admin_user_password"),
    path("users/<int:number>/log-out", actions.user_log_out, name="admin_user_log_out"),
    path("users/<int:number>/active", actions.user_active, name="admin_user_active"),
]
