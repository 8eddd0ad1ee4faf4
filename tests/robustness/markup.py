"""What of a page's IDs HTML does not allow, found without a validator."""

from html.parser import HTMLParser

from django.http import HttpResponse

_LABELABLE = {"button", "input", "meter", "output", "progress", "select", "textarea"}


class _Ids(HTMLParser):
    """Collects the IDs of a page, those that a label can be for, and what labels are for."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.controls: set[str] = set()
        self.labels: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ID of an element, and what a label is for."""
        given = dict(attrs)
        if given.get("id") is not None:
            self.ids.append(given["id"] or "")
            self.controls |= {given["id"] or ""} if tag in _LABELABLE else set()
        if tag == "label" and given.get("for") is not None:
            self.labels.add(given["for"] or "")


def malformed(response: HttpResponse) -> list[str]:
    """Return the IDs that stand twice or have white space, and labels of nothing."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return []
    page = _Ids()
    page.feed(response.content.decode())
    twice = {one for one in page.ids if page.ids.count(one) > 1}
    odd = {one for one in page.ids if not one or any(part.isspace() for part in one)}
    lost = page.labels - page.controls
    return [
        f"{what}: {sorted(found)}"
        for what, found in (("twice", twice), ("no ID", odd), ("a label of nothing", lost))
        if found
    ]
