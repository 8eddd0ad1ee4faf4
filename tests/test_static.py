"""The static files as `make run` serves them: under hashed names, every one that a page names."""

import gzip
import json
import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from console.page_files import BUNDLED_SCRIPTS, BUNDLED_STYLES, bundled_scripts
from tests.test_project import ROOT

MANIFEST_STORAGE = "console.page_files.CollectedStorage"
NAMED = re.compile(r"""\{% static ["']([^"']+)["']""")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Return the folder of what was collected."""
    target = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    # Not patched: Django keeps the storages it made, and forgets them only for an override.
    with override_settings(STORAGES=storages, STATIC_ROOT=target):
        call_command("collectstatic", interactive=False, verbosity=0)
    return target


@pytest.fixture(scope="module")
def manifest(collected):
    """Return what collecting finds, by the name that pages use."""
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


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


def test_the_files_of_every_page_are_one_each_and_compressed(manifest, collected):
    for name in (BUNDLED_STYLES, BUNDLED_SCRIPTS, "django_htmx/htmx-2.min.js"):
        plain = collected / manifest[name]
        packed = plain.with_name(f"{plain.name}.gz")
        assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


def test_the_bundle_of_scripts_imports_and_exports_nothing_and_has_every_module():
    text = bundled_scripts()
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == []
    modules = {path.stem for path in (ROOT / "static/rolecall/js").glob("*.js")} - {"api_docs"}
    assert set(re.findall(r"^const of_(\w+) = ", text, re.MULTILINE)) == modules


def test_no_script_has_a_text_over_several_lines_which_the_bundle_would_change():
    for path in (ROOT / "static/rolecall/js").glob("*.js"):
        odd = [line for line in path.read_text().splitlines() if line.count("`") % 2]
        assert odd == [], path.name
