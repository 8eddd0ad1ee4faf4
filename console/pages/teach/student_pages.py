"""Pages of a class's students, fifty each: which one is asked for."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """Return the number in the address; 1 where there is none, or none that can be."""
    text = request.GET.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
