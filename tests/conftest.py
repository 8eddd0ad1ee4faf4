"""What every test shares."""

import gc
import os
import sys

import pytest
from hypothesis import settings

from iam.trail import records

# A shared machine is slow at moments; CI tries the same examples each time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def pytest_collection_finish() -> None:
    """Spare what is imported and collected, and so stays, each later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _old_reads_are_pruned_only_where_a_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the visit whose event has a round number takes a query more than its neighbours."""
    monkeypatch.setattr(records, "PRUNE_EVERY", sys.maxsize)
