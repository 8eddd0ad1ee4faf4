"""Milliseconds as on the machine that their targets were set on, told by a bare Django page.

A slow machine, or one with other loads, would else miss every target, and a fast one meet them
all: the bare page takes turns with what is measured.
"""

from collections.abc import Mapping

from tests.bench.site.bare import bare_browser
from tests.bench.site.browser import Visit
from tests.bench.timing import least_cpu_milliseconds

BARE = 2.0
"""What the bare page with a table of 20 rows took there."""


def scaled_milliseconds(pages: Mapping[str, Visit], rounds: int = 15) -> dict[str, float]:
    """Return the least CPU time of each page, as long as it would have been there."""
    bare = bare_browser().visit("/bare", rows="20", cells="3")
    times = least_cpu_milliseconds({**pages, "bare": bare}, rounds)
    scale = BARE / times.pop("bare")
    return {name: time * scale for name, time in times.items()}
