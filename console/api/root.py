"""Where a program begins: whose token it has, and what there is."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from console.api.http.operations import operation
from console.api.http.problems import NotThere
from console.api.http.views import ApiView, user_of
from console.labs.site_users import display_name, is_instructor
from console.tokens.models import ApiToken

_LISTS = ("attempts", "classes", "labs", "sandboxes", "scenarios")


class TokenShape(serializers.Serializer[ApiToken]):
    """The token of a request."""

    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    expires_at = serializers.DateTimeField()


class RootShape(serializers.Serializer[Any]):
    """Whose token it is, and where to go on."""

    login = serializers.CharField()
    name = serializers.CharField()
    teaches = serializers.BooleanField(help_text="Whether this user may make classes.")
    token = TokenShape()
    addresses = serializers.DictField(child=serializers.URLField())


class Root(ApiView):
    """The beginning."""

    @operation("get_root", RootShape)
    def get(self, request: Request) -> Response:
        """Get whose token this is, what it may do, and the addresses to begin with."""
        user = user_of(request)
        addresses = {name: request.build_absolute_uri(name) for name in _LISTS}
        addresses["docs"] = request.build_absolute_uri(reverse("api_docs"))
        found = {
            "login": user.get_username(),
            "name": display_name(user),
            "teaches": is_instructor(user),
            "token": request.auth,
            "addresses": addresses,
        }
        return Response(RootShape(found).data)


class Nowhere(ApiView):
    """What is at no address."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse, whatever the method."""
        raise NotThere("There is no such address. /api/docs lists all; they end without a slash.")


def nowhere(request: HttpRequest) -> HttpResponseBase:
    """Answer that there is no such address."""
    return Nowhere.as_view()(request)


nowhere.csrf_exempt = True  # type: ignore[attr-defined]
