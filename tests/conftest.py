"""What every test shares."""

import gc
import os
import sys

import pytest
from django.template import Context, Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
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


def _render(template: Template, context: Context) -> SafeString:
    """Tell the client of the page's own template; of each icon in it costs more than drawing it."""
    if context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


@pytest.fixture(scope="session", autouse=True)
def _pages_tell_of_their_own_template(django_test_environment: None) -> None:
    Template._render = _render  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _old_reads_are_pruned_only_where_a_test_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the visit whose event has a round number takes a query more than its neighbours."""
    monkeypatch.setattr(records, "PRUNE_EVERY", sys.maxsize)
