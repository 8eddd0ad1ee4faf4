"""The static files as `make run` serves them: under hashed names, every one that a page names."""

import gzip
import json
import re
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from console.page_files import PARTS, all_bundles, bundled_scripts
from tests.test_project import ROOT

SCRIPTS, STYLES = ROOT / "static/rolecall/js", ROOT / "static/rolecall/css"
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


def test_each_part_of_pages_is_one_file_of_each_kind_and_compressed(manifest, collected):
    for name in (*all_bundles(), "django_htmx/htmx-2.min.js"):
        plain = collected / manifest[name]
        packed = plain.with_name(f"{plain.name}.gz")
        assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()


def test_the_bundles_of_scripts_import_and_export_nothing_and_have_every_module():
    texts = [bundled_scripts(part) for part in PARTS.values()]
    assert [re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) for text in texts] == [
        [] for _ in texts
    ]
    modules = [re.findall(r"^const of_(\w+) = ", text, re.MULTILINE) for text in texts]
    there = Counter(name for one in modules for name in one)
    assert there.keys() == {path.stem for path in SCRIPTS.glob("*.js")} - {"api_docs"}
    # What two parts have runs twice: this one keeps nothing.
    assert {name for name, times in there.items() if times > 1} == {"dom"}


def test_every_style_sheet_is_in_one_part_or_named_by_the_pages_that_have_it():
    named = [name for part in PARTS.values() for name in part.styles]
    assert max(Counter(named).values()) == 1
    others = {path.stem for path in STYLES.glob("*.css")} - set(named)
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    assert {name for name in others if f"rolecall/css/{name}.css" not in templates} == set()


def test_no_script_has_a_text_over_several_lines_which_the_bundle_would_change():
    for path in SCRIPTS.glob("*.js"):
        odd = [line for line in path.read_text().splitlines() if line.count("`") % 2]
        assert odd == [], path.name
