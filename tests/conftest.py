"""What every test shares."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import TransactionTestCase, override_settings
from hypothesis import settings

from console import settings as site_settings
from console.labs.attempts import templates
from iam.trail import pruning
from tests.emptying import empty_tables

# A shared machine is slow at moments; CI tries the same examples each time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def pytest_collection_finish() -> None:
    """Spare what is imported and collected, and so stays, each later search for garbage.

    Later searches are as rare as on the site itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(autouse=True)
def _old_reads_are_pruned_only_where_a_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the visit whose event has a round number takes a query more than its neighbours."""
    monkeypatch.setattr(pruning, "PRUNE_EVERY", sys.maxsize)


@pytest.fixture
def collected() -> Iterator[None]:
    """Collect the static files, which pages of a served site name by their hashes.

    They go afterwards: WhiteNoise would list 1,800 files for each client of each later test.
    """
    with override_settings(
        STORAGES=site_settings.STORAGES, STATICFILES_DIRS=site_settings.STATICFILES_DIRS
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    yield
    shutil.rmtree(site_settings.STATIC_ROOT)
    site_settings.STATIC_ROOT.mkdir()


@pytest.fixture(scope="session", autouse=True)
def _what_migrating_made_stays() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_start_of_a_lab_is_built_once() -> Iterator[None]:
    """Keep what the factories build for a template: each test rolls its own template back."""
    build, kept = templates.build_rows, dict[tuple[int, str], tuple[Any, Any]]()

    def build_once(lab: Any, owner: Any, name: str) -> Any:
        key = id(lab), name
        if key not in kept:
            kept[key] = lab, build(lab, owner, name)  # with the lab, whose ID then stays its own
        return kept[key][1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(templates, "build_rows", build_once)
        yield
