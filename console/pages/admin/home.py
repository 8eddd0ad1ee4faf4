"""The administrator's first page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators


@for_administrators
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how the site is, and the way to all rows."""
    context = {"apps": admin.site.get_app_list(request)}
    return render_admin_page(request, "administration/home.html", context)
