"""Pages by gzip, but for those that show a secret: how long they get would help to guess it."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages that show no password, key or token of credentials (BREACH).

    `{% holds_secret %}` marks the requests of those that do. CSRF tokens are masked by Django.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Return the response, compressed if it is a page that may be."""
        is_page = response.get("Content-Type", "").startswith("text/html")
        if not is_page or getattr(request, "holds_secret", False):
            return response
        return super().process_response(request, response)
