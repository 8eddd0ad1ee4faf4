"""Styles and scripts in one file for each part, as the site serves them, and no other is collected.

A page asks for 60 files otherwise, which costs a browser as much as the page itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test import override_settings

from console.page_files import CollectedStorage, all_bundles

AXE = "axe.min.js"
"""A browser compiles it once where it has an address."""


class BundledStorage(CollectedStorage):
    """The site's own, but that names say nothing of what a file holds."""

    def url(self, name: str | None, force: bool = False) -> str:
        del force
        return StaticFilesStorage.url(self, name)


@contextmanager
def bundles_served(folder: Path) -> Iterator[None]:
    """Let pages name the bundles, which are found in a folder."""
    for name, text in all_bundles().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (folder / AXE).write_text(Axe().axe_script, encoding="utf-8")
    storage = {"BACKEND": f"{__name__}.{BundledStorage.__name__}"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": storage},
        STATICFILES_DIRS=[*settings.STATICFILES_DIRS, folder],
    ):
        yield
