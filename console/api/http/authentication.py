"""Who a request is of: the site user of its token."""

from django.contrib.auth.models import User
from rest_framework import exceptions, permissions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.views import APIView

from console.signin.site_backend import SiteBackend
from console.tokens.issuing import find_token, note_use
from console.tokens.models import ApiToken
from console.tokens.scopes import grants

_HOW = "Make one at /account/tokens and send it as `Authorization: Bearer rolecall_…`."


def _secret(request: Request) -> str:
    """Return what was sent as a token, if it was sent as one."""
    scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


class TokenAuthentication(BaseAuthentication):
    """Finds the site user of a token; cookies of the site count for nothing here."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the user and the token; raises AuthenticationFailed for one that does not work."""
        secret = _secret(request)
        if not secret:
            return None
        token = find_token(secret)
        user = SiteBackend().get_user(token.user_id) if token else None
        if token is None or user is None:
            raise exceptions.AuthenticationFailed(f"There is no such token. {_HOW}", "no_token")
        if token.revoked_at is not None:
            raise exceptions.AuthenticationFailed(f"This token was revoked. {_HOW}", "revoked")
        if token.has_expired:
            raise exceptions.AuthenticationFailed(f"This token has expired. {_HOW}", "expired")
        note_use(token)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what tells a client how to authenticate."""
        del request
        return 'Bearer realm="Rolecall"'


class HasToken(permissions.BasePermission):
    """Lets in who sent a token that works."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether there is a token."""
        del view
        if isinstance(request.auth, ApiToken):
            return True
        raise exceptions.NotAuthenticated(f"There is no token. {_HOW}")


class HasScope(permissions.BasePermission):
    """Lets a token into the areas that its scopes name, before anything is looked up."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the token's scopes include what the view asks for."""
        wanted = scope_of(view, request.method or "")
        if request.method not in view.allowed_methods:  # it is refused as such
            return True
        if not wanted or (
            isinstance(request.auth, ApiToken) and grants(request.auth.scopes, wanted)
        ):
            return True
        raise exceptions.PermissionDenied(
            f"This token has no scope `{wanted}`. Make one that has it at /account/tokens.",
            "scope_missing",
        )


def scope_of(view: object, method: str) -> str:
    """Return the scope that a view asks for; "" where any token will do."""
    area = getattr(view, "area", "")
    if not area:
        return ""
    return f"{area}:read" if method in {"GET", "HEAD"} else f"{area}:write"
