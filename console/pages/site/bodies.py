"""Forms and uploads that the server did not read to their end."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from console.pages.site.errors import bare_page

# By the code that AWS has for the same: status, title, sentence.
_ANSWERS = {
    "RequestTimeout": (
        408,
        "That took too long",
        "Your data arrived too slowly. Nothing was done. Go back and send it again.",
    ),
    "EntityTooLarge": (
        413,
        "That is too large",
        "Rolecall accepts at most 16 MB at once. Nothing was done. Go back and send less.",
    ),
    "SlowDown": (
        503,
        "Too much at once",
        "Rolecall is receiving many uploads. Nothing was done. Wait a moment and send it again.",
    ),
}


class RefusedBodyMiddleware:
    """Answers a request whose body was refused; all others go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request whose body was refused."""
        refused = request.META.get("rolecall.refused_body")
        return bare_page(*_ANSWERS[refused]) if refused else self.get_response(request)
