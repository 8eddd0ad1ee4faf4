"""The addresses of administrators."""

from django.urls import path

from console.pages.admin import audit, class_import, classes, home, settings
from console.pages.admin.labs import listing as lab_listing
from console.pages.admin.labs import scenarios
from console.pages.admin.sandboxes import actions as sandbox_actions
from console.pages.admin.sandboxes import listing as sandbox_listing
from console.pages.admin.sandboxes import making as sandbox_making
from console.pages.admin.sandboxes import page as sandbox_page
from console.pages.admin.users import actions, data, listing, making, person

urlpatterns = [
    path("", home.home, name="admin_home"),
    path("audit", audit.audit, name="admin_audit"),
    path("classes/", classes.class_list, name="admin_classes"),
    path("classes/import", class_import.class_import, name="admin_class_import"),
    path(
        "classes/imports/<str:import_id>",
        class_import.class_import_state,
        name="admin_class_import_state",
    ),
    path("jobs/<uuid:job_id>/retry", home.job_retry, name="admin_job_retry"),
    path("labs/", lab_listing.lab_list, name="admin_labs"),
    path("labs/<str:lab_slug>/", lab_listing.lab_page, name="admin_lab"),
    path("labs/<str:lab_slug>/enable", lab_listing.lab_enable, name="admin_lab_enable"),
    path("labs/<str:lab_slug>/move", lab_listing.lab_move, name="admin_lab_move"),
    path("scenarios/", scenarios.scenario_list, name="admin_scenarios"),
    path("settings", settings.settings, name="admin_settings"),
    path("sandboxes/", sandbox_listing.sandbox_list, name="admin_sandboxes"),
    path("sandboxes/new", sandbox_making.sandbox_create, name="admin_sandbox_create"),
    path("sandboxes/<int:number>/", sandbox_page.sandbox_view, name="admin_sandbox"),
    path(
        "sandboxes/<int:number>/change", sandbox_actions.sandbox_change, name="admin_sandbox_change"
    ),
    path("sandboxes/<int:number>/open", sandbox_actions.sandbox_open, name="admin_sandbox_open"),
    path("sandboxes/<int:number>/copy", sandbox_actions.sandbox_copy, name="admin_sandbox_copy"),
    path(
        "sandboxes/<int:number>/assign", sandbox_actions.sandbox_assign, name="admin_sandbox_assign"
    ),
    path("sandboxes/<int:number>/reset", sandbox_actions.sandbox_reset, name="admin_sandbox_reset"),
    path(
        "sandboxes/<int:number>/delete", sandbox_actions.sandbox_delete, name="admin_sandbox_delete"
    ),
    path("users/", listing.users, name="admin_users"),
    path("users/new", making.user_create, name="admin_user_create"),
    path("users/<int:number>/", person.user, name="admin_user"),
    path("users/<int:number>/data", data.user_data, name="admin_user_data"),
    path("users/<int:number>/delete", data.user_delete, name="admin_user_delete"),
    path("users/<int:number>/role", actions.user_role, name="admin_user_role"),
    path("users/<int:number>/password", actions.user_password, name="admin_user_password"),
    path("users/<int:number>/log-out", actions.user_log_out, name="admin_user_log_out"),
    path("users/<int:number>/active", actions.user_active, name="admin_user_active"),
]
