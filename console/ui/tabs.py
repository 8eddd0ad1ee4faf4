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

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class PageTabs:
    """Tabs that are pages with addresses of their own."""

    label: str
    links: Sequence[TabLink]


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
        """The tabs with their URLs."""
        return [
            TabLink(one.label, self.url_of(one), one.slug == self.current, one.count)
            for one in self.tabs
        ]

    def url_of(self, tab: Tab) -> str:
        return f"{self.path}?tab={tab.slug}"
