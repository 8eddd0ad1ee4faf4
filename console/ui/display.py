"""The display settings of the pages, in cookies that the script sets."""

from django.http import HttpRequest

_CHOICES = {
    "theme": ("light", "dark"),
    "density": ("compact",),
    "nav": ("closed",),
    "drawer": ("open", "closed"),
    "timezone": ("utc",),
}


def display_choices(request: HttpRequest | None) -> dict[str, str]:
    """The choices made, as names and values of data attributes of the html element."""
    cookies = request.COOKIES if request is not None else {}
    found = {name: cookies.get(f"rolecall_{name}", "") for name in _CHOICES}
    return {name: value for name, value in found.items() if value in _CHOICES[name]}
