"""The services of the console: the menu, the search and *Related consoles* follow one table."""

import re
from typing import Any

import pytest
from django.urls import reverse

from console.pages.services import SERVICES, ConsolePage, ConsoleService
from tests.pages.visitor import Visitor, open_world, text_of
from tests.test_project import ROOT, source_files


@pytest.fixture
def root(db: None) -> Visitor:
    return Visitor(open_world())


def links_of(response: Any) -> list[tuple[str, str]]:
    links = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', response.content.decode(), re.S)
    return [(url, " ".join(re.sub("<[^>]*>", " ", inner).split())) for url, inner in links]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_each_service_leads_to_every_other_one(root: Visitor, service: ConsoleService) -> None:
    links = links_of(root.get(reverse(service.url_name)))
    related = [link for link in links if ": " in link[1]]
    assert related == [
        (reverse(one.url_name), one.related_label) for one in SERVICES if one is not service
    ]


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_the_menu_of_services_has_each_service_and_its_pages(
    root: Visitor, service: ConsoleService
) -> None:
    links = links_of(root.get(reverse("users")))
    assert (reverse(service.url_name), f"{service.title} {service.note}") in links
    for page in service.pages:
        assert (reverse(page.url_name), f"{page.title} {service.title}") in links


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.title)
def test_the_search_finds_each_service_and_its_pages(
    root: Visitor, service: ConsoleService
) -> None:
    said = text_of(root.get(reverse("search"), q=service.title))
    assert f"{service.title} {service.note}" in said
    for page in service.pages:
        assert f"{page.title} {service.title}" in said


def test_no_other_module_lists_related_consoles() -> None:
    naming = {
        str(path.relative_to(ROOT))
        for path in source_files(".py", ".html")
        if "Related consoles" in path.read_text() and not path.is_relative_to(ROOT / "tests")
    }
    assert naming == {"console/pages/services.py"}


def test_the_menu_of_regions_names_the_home_region(root: Visitor) -> None:
    said = text_of(root.get(reverse("cloudtrail_events")))
    assert "Rolecall has one region: US East (N. Virginia), us-east-1." in said


def test_a_page_that_the_site_does_not_have_has_no_address() -> None:
    assert ConsolePage("Nowhere", "nowhere").url == ""
