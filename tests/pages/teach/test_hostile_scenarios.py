"""Files that are made to harm are refused with a sentence, before much work is done."""

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.labs.scenarios import reader, shelf, yaml_text
from console.labs.scenarios.limits import LARGEST, MOST_PARTS
from console.labs.scenarios.models import Scenario

UPLOAD = "/teach/scenarios/upload"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nschema: 1\n"


def upload(client, content: bytes):
    return client.post(UPLOAD, {"file": SimpleUploadedFile("a.yaml", content)})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00\x01", "no text in UTF-8"),
        ("schema: ü".encode("latin-1"), "no text in UTF-8"),
        ("schema: 1".encode("utf-16"), "no text in UTF-8"),
        (b"schema: 1\n\x00", "a character here that nobody types"),
        (b"PK\x03\x04" + bytes(100), "a character here that nobody types"),
        (b"x" * (LARGEST + 1), "characters at most"),
        (b"x" * 10 * 2**20, "The file is too large"),
        (b"", "This should be keys with values."),
        (BOMB.encode(), "aliases (*name) are not supported"),
        (b"[" * 50_000, "Nested too deeply"),
        (b"- " * 50_000, "Nested too deeply"),
        (b"{a: " * 50_000, "Nested too deeply"),
        (b"!!python/object/apply:os.system [ls]", "Not YAML"),
        (b"? [a, b]\n: c", "A key must be a text"),
        (b"a: 1\na: 2", "is there twice"),
    ],
    ids=range(15),
)
def test_a_hostile_file_is_refused_with_a_sentence(client, content, sentence):
    page = upload(client, content)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert not Scenario.objects.exists()


def test_what_is_too_long_is_never_parsed(client, monkeypatch):
    def never(*_args):
        raise AssertionError

    monkeypatch.setattr(yaml_text, "_read", never)
    monkeypatch.setattr(reader, "YamlText", never)
    assert upload(client, b"a: " + b"x" * LARGEST).status_code == 400
    text = "a" * (LARGEST + 1)
    checked = client.post(reverse("teach_scenario_create"), {"do": "check", "text": text})
    assert "characters at most" in checked.content.decode()


def test_a_deep_file_is_refused_after_as_many_brackets_as_are_allowed(client, monkeypatch):
    opened = 0
    parse = yaml.parse

    def counted(*args):
        nonlocal opened
        for event in parse(*args):
            opened += 1
            yield event

    monkeypatch.setattr(yaml, "parse", counted)
    assert upload(client, b"[" * 50_000).status_code == 400
    assert opened < 500


@pytest.mark.parametrize("text", ["[" * 50_000, BOMB, "\x01", "a: [", "'", ""])
def test_the_live_check_answers_hostile_text_with_a_sentence(client, text):
    page = client.post(reverse("teach_scenario_create"), {"do": "check", "text": text})
    assert page.status_code == 200
    assert "Ln " in page.content.decode()


def test_a_world_of_very_many_parts_is_not_made(client, monkeypatch):
    monkeypatch.setattr(shelf, "summarize", lambda *_args: {})
    users = "".join(f"    - {{account: you, name: u{n}}}\n" for n in range(MOST_PARTS))
    text = f"schema: 1\nworld:\n  accounts: {{you: {{}}}}\n  users:\n{users}"
    for fields in ({"text": text}, {"text": text, "do": "check"}):
        page = client.post(reverse("teach_scenario_create"), fields)
        assert f"This one has {MOST_PARTS + 1}." in page.content.decode()
    assert not Scenario.objects.exists()


def test_no_more_faults_are_shown_than_a_person_reads(client):
    text = "schema: 1\nworld:\n  accounts: {you: {}}\n  users:\n" + "    - {a: 1}\n" * 5000
    page = client.post(reverse("teach_scenario_create"), {"do": "check", "text": text})
    assert page.content.decode().count("findings__where") < 50
