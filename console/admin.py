"""The admin of the site: its name, and the site users."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

from iam.admin.read_only import links_to_lists
from iam.models import Sandbox

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin

admin.site.site_header = "Rolecall administration"
admin.site.site_title = "Rolecall administration"
admin.site.index_title = "Site, and what its sandboxes hold"
admin.site.unregister(User)


@admin.register(User)
class SiteUserAdmin(_UserAdmin):
    """Site users: students, instructors, administrators. None is an IAM user."""

    list_display = ("username", "email", "is_active", "is_staff", "last_login", "sandboxes_link")
    list_filter = ("groups", "is_staff", "is_superuser", "is_active")
    date_hierarchy = "date_joined"
    readonly_fields = ("sandboxes_link", "last_login", "date_joined")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Add the link to the user's sandboxes."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return (*fieldsets, ("Sandboxes", {"fields": ("sandboxes_link",)}))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name only the site users: their sandboxes are deleted with them."""
        names = [f"{user} and all of their sandboxes" for user in objs]
        return names, {"users": len(names)}, set(), []

    @admin.display(description="sandboxes")
    def sandboxes_link(self, user: User) -> str:
        return links_to_lists([("sandboxes", Sandbox, {"owner__id__exact": user.pk})])
