"""A file that is made to harm is refused, with a sentence."""

import pytest

from console.labs.files import LabError, lab_of_files
from console.labs.files.limits import (
    LARGEST,
    MOST_FILES,
    MOST_MARKDOWN,
    file_fault,
    size_faults,
)
from console.labs.scenarios.yaml_text import YamlText
from tests.labs.files.folders import FILES, LAB


def faults_of(lab_yaml, **others):
    with pytest.raises(LabError) as refused:
        lab_of_files("hostile", {**FILES, **others, "lab.yaml": lab_yaml})
    return "\n".join(map(str, refused.value.faults))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[" * 100_000, "Nested too deeply"),
        ("- " * 50_000, "Nested too deeply"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", "aliases (*name) are not supported"),
        ("a: &a {x: 1}\nb: {<<: *a}\n", "aliases (*name) are not supported"),
        ("!!python/object/apply:os.system [id]", "could not determine a constructor"),
        ("a: \x00", "Not YAML"),
        ("a: \ud800", "Not YAML"),
        ("? [a, b]\n: c", "A key must be a text"),
        (LAB.replace("minutes: 15", "minutes: " + "9" * 5000), "too many digits"),
        (LAB.replace("minutes: 15", "minutes: 1" + "0" * 400 + ".0"), "minutes: "),
        (LAB.replace("minutes: 15", "minutes: " + "9" * 4000), "minutes: "),
        (LAB.replace("{word: 1,", "{token: 99999999,"), "vars.alias"),
        (LAB + "history: [{at: -99999999999d, call: {'iam:ListUsers': {}}}]\n", "history[0]"),
        (LAB.replace("steps: []", "steps: [" + "{clock: +1h}," * 101 + "]"), "wrong[0].steps"),
    ],
    ids=range(14),
)
def test_a_hostile_lab_yaml_is_refused_at_once(text, fault):
    assert fault in faults_of(text)


def test_many_items_are_compared_no_pair_by_pair():
    items = ", ".join(f"{{a: {number}}}" for number in range(5000))

    assert "skills" in faults_of(LAB.replace("minutes: 15", f"minutes: 15\nskills: [{items}]"))


def test_names_that_stand_for_nothing_are_looked_up_no_more_than_are_shown(monkeypatch):
    placed, place = [], YamlText.fault

    def note_and_place(*args):
        placed.append(args)
        return place(*args)

    monkeypatch.setattr(YamlText, "fault", note_and_place)
    said = "\n".join(f"  q{number}: '{{a}} {{b}}'" for number in range(3_000))
    before = "messages: {not_in: dev cannot come in.}"
    hostile = LAB.replace(before, f"messages:\n  not_in: Not in.\n{said}")

    assert "`{a}` stands for nothing here." in faults_of(hostile)
    assert len(placed) == 50


def test_more_values_than_are_read_soon_are_refused():
    assert "There are too many values." in faults_of("a: [" + "1," * 40_000 + "]")


def test_items_that_are_there_twice_are_still_found():
    assert "twice" in faults_of(LAB.replace("minutes: 15", "minutes: 15\nskills: [a, b, a]"))


def test_a_world_that_students_would_wait_for_is_refused():
    users = "\n".join(f"    - {{account: you, name: u{number}}}" for number in range(400))

    assert "more than 400 parts" in faults_of(LAB.replace("  users:\n", f"  users:\n{users}\n"))


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ('{"a":\n 1,}', "line 2, column 4, policies/trust.json: Not JSON"),
        ("[" * 30_000, "Not JSON"),
        ("9" * 5000, "Not JSON"),
    ],
    ids=["comma", "brackets", "number"],
)
def test_a_document_that_is_no_json_is_a_fault_at_its_line(document, fault):
    assert fault in faults_of(LAB, **{"policies/trust.json": document})


def test_a_file_outside_the_folder_is_none_of_the_lab(tmp_path):
    (tmp_path / "secret.json").write_text("{}")
    for path in (f"{tmp_path}/secret.json", "../secret.json", "policies/../../secret.json"):
        assert "There is no file" in faults_of(LAB.replace("policies/trust.json", path))


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("text/a.md", "[" * 1_000_000, "longer than 12 kB"),
        ("lab.yaml", "a" * (LARGEST["yaml"] + 1), "longer than 128 kB"),
        ("policies/a.json", "[" * 40_000, "longer than 32 kB"),
        ("text/a.md", "a\x00", "is no text"),
        ("text/a.md", "\ud800", "is no text"),
        ("text/picture.svg", "<svg onload='alert(1)'/>", "A lab has"),
        ("run.py", "import os", "A lab has"),
        ("../lab.yaml", "", "A lab has"),
        ("/etc/passwd", "", "A lab has"),
        ("text/" + "a" * 100 + ".md", "", "A lab has"),
        ("text/a.md", "A *word*.\n\tAnother.\r\n", ""),
    ],
    ids=range(11),
)
def test_what_the_site_keeps_of_a_lab_has_a_size_and_a_name(name, text, fault):
    assert fault in file_fault(name, text)
    assert bool(fault) == bool(file_fault(name, text))


def test_the_files_of_a_lab_are_so_many_and_no_more():
    many = {f"text/{number}.md": "" for number in range(MOST_FILES + 1)}
    large = {f"policies/{number}.json": "1" * 30_000 for number in range(20)}

    assert "more than 100 files" in str(next(size_faults(many)))
    assert "longer than 512 kB together" in str(next(size_faults(large)))
    assert list(size_faults(FILES)) == []


def test_the_markdown_of_a_lab_is_no_more_than_a_page_can_draw():
    texts = {f"text/{number}.md": "- a\n" * 2_900 for number in range(2)}
    sentence = "Texts, messages and hints are longer than 20 kB together."

    assert [str(one) for one in size_faults(texts)] == [sentence]
    said = "a" * (MOST_MARKDOWN // 2)
    many = LAB.replace("dev cannot come in.", said).replace("Who may come in?", said)
    assert sentence in faults_of(many)
