"""The site's settings, to read."""

from pathlib import Path
from tomllib import loads

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from console.administration.site_settings import setting_groups
from console.pages.admin.frame import render_admin_page
from console.pages.admin.guard import for_administrators


def _version() -> str:
    project = Path(django_settings.BASE_DIR) / "pyproject.toml"
    return str(loads(project.read_text(encoding="utf-8"))["project"]["version"])


@for_administrators
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Show each setting with where it is set."""
    context = {
        "groups": setting_groups(),
        "version": _version(),
        "address": request.build_absolute_uri(reverse("start")),
    }
    return render_admin_page(request, "administration/settings.html", context)
