"""The changes on a user's page: permissions boundary and tags."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from console.pages.iam.entities.boundary import manage_boundary, remove_boundary
from console.pages.iam.entities.entity_pages import USER
from console.pages.iam.entities.tags import TaggedEntity, manage_tags
from console.signin.guard import console_page


@require_http_methods(["GET", "POST"])
@console_page
def user_boundary(request: HttpRequest, name: str) -> HttpResponse:
    return manage_boundary(request, USER, name)


@require_http_methods(["GET", "POST"])
@console_page
def user_boundary_remove(request: HttpRequest, name: str) -> HttpResponse:
    return remove_boundary(request, USER, name)


@require_http_methods(["GET", "POST"])
@console_page
def user_tags(request: HttpRequest, name: str) -> HttpResponse:
    tagged = TaggedEntity("User", {"UserName": name}, f"{USER.url(name)}?tab=tags", "users")
    return manage_tags(request, tagged, USER.trail(name, "Manage tags"))
