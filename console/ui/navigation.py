"""The left navigation and the breadcrumbs, as pages pass them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NavItem:
    """A link of the navigation; without `url` it is text: the page does not exist yet."""

    label: str
    url: str = ""
    current: bool = False
    external: bool = False
    items: tuple["NavItem", ...] = ()


@dataclass(frozen=True)
class NavSection:
    """Items under a heading that opens and closes; without heading they stand alone."""

    items: tuple[NavItem, ...]
    heading: str = ""
    divided: bool = False


@dataclass(frozen=True)
class Navigation:
    """The left navigation: its title, that title's page, the sections, a search box's words."""

    title: str
    url: str
    sections: tuple[NavSection, ...]
    search: str = ""


@dataclass(frozen=True)
class Crumb:
    """A breadcrumb; the last one, the page itself, has no URL."""

    label: str
    url: str = ""
