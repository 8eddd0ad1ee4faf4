"""Help topics, in the panel and as pages."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from console.pages.site.help_topics import TOPICS, topic_groups

pytestmark = pytest.mark.django_db
_ASKED_FOR = re.compile(
    r"""(?:\binfo=|\{% info |help_link |help_url |"help" |help_topic"?[:=] ?)["']([a-z0-9-]+)["']"""
)
_OF_EXAMPLES = {"topic"}


def asked_for() -> set[str]:
    """Return the topics that pages link to."""
    sources = [
        path
        for folder in ("templates", "console")
        for path in Path(settings.BASE_DIR, folder).rglob("*")
        if path.suffix in {".html", ".py"}
    ]
    return {slug for path in sources for slug in _ASKED_FOR.findall(path.read_text("utf-8"))}


def test_every_topic_that_a_page_links_to_is_there():
    assert asked_for() - _OF_EXAMPLES <= set(TOPICS)


def test_every_text_has_a_title_and_every_title_a_text():
    folder = Path(settings.BASE_DIR, "templates", "help")
    assert {path.stem for path in folder.glob("*.html")} - {"page"} == set(TOPICS)
    for topic in TOPICS.values():
        assert topic.related
        get_template(topic.template)


@pytest.mark.parametrize("slug", TOPICS)
def test_a_topic_is_a_page_and_a_partial(client, slug):
    url = reverse("help", args=[slug])
    page = client.get(url)
    assert page.status_code == 200
    assert "<html" in page.text
    panel = client.get(url, headers={"HX-Request": "true", "HX-Target": "help-panel"})
    assert panel.status_code == 200
    assert "<html" not in panel.text
    for answer in (page, panel):
        assert TOPICS[slug].title in answer.text.replace("&#x27;", "'")


def test_an_unknown_topic_lists_those_there_are(client):
    page = client.get(reverse("help", args=["<b>nonsense"]))
    assert page.status_code == 404
    assert "<b>nonsense" not in page.text
    assert "Trust policies" in page.text
    panel = client.get(
        reverse("help", args=["nonsense"]),
        headers={"HX-Request": "true", "HX-Target": "help-panel"},
    )
    assert panel.status_code == 200
    assert "Trust policies" in panel.text


def test_all_topics_are_listed_once_by_groups(client):
    grouped = [topic.slug for group in topic_groups() for topic in group.topics]
    assert sorted(grouped) == sorted(TOPICS)
    listed = client.get(reverse("help_topics")).text
    assert all(f'href="{reverse("help", args=[slug])}"' in listed for slug in TOPICS)


SEARCHES = [("chaining role", "session-duration", "trails"), ("BOUNDARY", "escalation", "s3")]


@pytest.mark.parametrize(("query", "found", "left_out"), SEARCHES)
def test_topics_are_found_by_all_words_of_their_texts(client, query, found, left_out):
    page = client.get(reverse("help_topics"), {"q": query}).text
    assert f'href="/help/{found}"' in page
    assert f'href="/help/{left_out}"' not in page
    assert "No help topic has these words." in client.get("/help/", {"q": "<b>zebra"}).text


@pytest.mark.parametrize(
    ("given", "shown"),
    [("/iam/roles?page=2", True), ("https://evil.example/", False), ("//evil.example", False)],
)
def test_the_way_back_stays_on_this_site(client, given, shown):
    page = client.get(reverse("help", args=["role"]), {"from": given})
    assert ("Back to where you were" in page.text) is shown


def test_the_notes_carry_the_id_of_the_course_before_a_sign_in(client):
    assert "arn:aws:iam::975050059573:root" in client.get(reverse("help", args=["notes"])).text
