"""The static files as `make run` serves them: under hashed names, every one that a page names."""

import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.test_project import ROOT

MANIFEST_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
NAMED = re.compile(r"""\{% static ["']([^"']+)["']""")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """Return what collecting finds, by the name that pages use."""
    target = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    # Not patched: Django keeps the storages it made, and forgets them only for an override.
    with override_settings(STORAGES=storages, STATIC_ROOT=target):
        call_command("collectstatic", interactive=False, verbosity=0)
    return json.loads((target / "staticfiles.json").read_text())["paths"]


def _named(name):
    """Return the test for a file of this name; a folder's, or one that goes on, is a beginning."""
    return lambda path: path.startswith(name) if name.endswith(("/", "-")) else path == name


@pytest.mark.parametrize("mode", ["json", "yaml", "markdown"])
def test_each_mode_of_the_code_editor_is_there(manifest, mode):
    assert f"django_ace/ace/mode-{mode}.js" in manifest


def test_every_static_file_that_a_template_names_is_there(manifest):
    named = {
        name
        for template in (ROOT / "templates").rglob("*.html")
        for name in NAMED.findall(template.read_text())
    }
    assert named
    assert {name for name in named if not any(map(_named(name), manifest))} == set()


def test_what_the_packages_bring_is_there(manifest):
    assert {"django_htmx/htmx-2.min.js", "django_ace/ace/ace.js"} <= manifest.keys()
