"""How many requests a token may make; counted in each of the server's processes."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from console.tokens.models import ApiToken


class TokenThrottle(SimpleRateThrottle):
    """Counts all requests of a token."""

    scope = "token"
    rate = "600/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Return what is counted together."""
        del view
        token = request.auth
        return f"api-{self.scope}-{token.pk}" if isinstance(token, ApiToken) else None


class MakingThrottle(SimpleRateThrottle):
    """Counts what makes worlds and imports rosters, by the token's user."""

    scope = "making"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Return what is counted together; nothing where something is only read."""
        makes = request.method == "POST" and getattr(view, "makes_worlds", False)
        return f"api-{self.scope}-{request.user.pk}" if makes else None
