"""A page for what is sent to an address in a way that it does not take."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from console.pages.site.errors import wrong_method


class WrongMethodMiddleware:
    """Gives a refusal by method, which Django leaves empty, a page that explains."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request; a refusal that has words of its own keeps them."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        page = wrong_method(request)
        page["Allow"] = response["Allow"]
        return page
