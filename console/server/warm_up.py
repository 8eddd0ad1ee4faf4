"""What a worker reads before a page needs it, while nobody waits."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from console.labs.catalog import all_labs, library_lab
from console.labs.library import slugs
from iam import catalogue


def warm_up() -> Iterator[None]:
    """Read the labs, the templates and the catalogue, in steps of some milliseconds."""
    for slug in slugs():
        library_lab(slug)
        yield
    all_labs()
    yield
    catalogue.services()
    yield
    catalogue.managed_policies()
    yield
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for file in sorted(Path(folder).rglob("*.html")):
            get_template(file.relative_to(folder).as_posix())
            yield
