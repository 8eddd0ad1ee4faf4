"""Pages are sent compressed, but for those that show a password, key or token of credentials."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.visitor import Visitor, open_world
from tests.worlds import World

TEMPLATES = Path(__file__).parents[2] / "templates"
SECRET = re.compile(
    r"\{\{ ?[\w.]*(secret\w*|[Pp]assword|[Tt]oken|seed|SecretAccessKey)( ?\}\}|\|)|"
    r"copy(=|able |_button )[\w.]*(secret|password|token|seed)\b"
)


@pytest.fixture
def world(db: None) -> World:
    return open_world()


def fetch(visitor: Visitor, url: str) -> tuple[str, bytes]:
    response = visitor.client.get(url, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    return response.get("Content-Encoding", ""), response.content


@pytest.mark.parametrize("name", ["iam_dashboard", "roles", "buckets", "help_topics"])
def test_a_page_comes_compressed(world: World, name: str) -> None:
    assert fetch(Visitor(world), reverse(name))[0] == "gzip"


@pytest.mark.parametrize("name", ["start", "labs"])
def test_a_page_without_the_secrets_that_others_get_there_comes_compressed(
    db: None, client: Client, name: str
) -> None:
    answer = client.get(reverse(name), headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("name", ["temporary_credentials", "start"])
def test_a_page_with_credentials_does_not(world: World, name: str) -> None:
    visitor = Visitor(world)
    visitor.client.force_login(world.sandbox.owner)
    assert fetch(visitor, reverse(name))[0] == ""


def test_every_template_that_writes_a_secret_marks_its_page() -> None:
    writing = {
        str(path.relative_to(TEMPLATES)): "{% holds_secret %}" in path.read_text()
        for path in TEMPLATES.rglob("*.html")
        if SECRET.search(re.sub(r"csrf_token|token_validity", "", path.read_text()))
    }
    assert len(writing) > 8
    assert [name for name, marked in writing.items() if not marked] == []
