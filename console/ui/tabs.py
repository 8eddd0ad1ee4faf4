"""Tabs of a page: links, each to a URL of its own."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """A tab: its slug in the URL, its label, and a counter where it has one."""

    slug: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class TabLink:
    """A tab as the page shows it."""

    tab: Tab
    url: str
    current: bool


@dataclass(frozen=True)
class Tabs:
    """The tabs of a page at `path`; the first is chosen where the slug is unknown."""

    tabs: Sequence[Tab]
    path: str
    chosen: str = ""
    label: str = "Sections of this page"

    @property
    def current(self) -> str:
        known = {tab.slug for tab in self.tabs}
        return self.chosen if self.chosen in known else self.tabs[0].slug

    @property
    def links(self) -> list[TabLink]:
        """The tabs with their URLs, `path?tab=slug`."""
        return [TabLink(t, f"{self.path}?tab={t.slug}", t.slug == self.current) for t in self.tabs]
