"""A class taken to another site: what arrives is what left, and nothing there is changed."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from console.classes.models import (
    AuditEntry,
    Class,
    Override,
)
from console.classes.transfer import (
    TransferRefused,
    document_of,
    import_class,
    read_class,
    write_class,
)
from console.classes.work import begin_assigned
from console.labs.models import Attempt
from tests.classes.conftest import instructor, logged_in
from tests.classes.transferred import full_class, grades, row_counts, zipped
from tests.classes.working import assign

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught(tess):
    return full_class(tess)


@pytest.fixture
def file(taught, tmp_path):
    path = tmp_path / "class.zip"
    with path.open("wb") as stream:
        write_class(stream, document_of(taught))
    return path


@pytest.mark.parametrize("match", [False, True])
def test_what_arrives_is_what_left(taught, tess, file, match):
    logins = set(User.objects.values_list("username", flat=True))
    made = import_class(read_class(file), tess, match_logins=match)
    assert made.compared["students"] == 3
    assert (
        made.compared["attempts"] == Attempt.objects.filter(assignment__course_class=taught).count()
    )
    assert grades(made.course_class) == grades(taught)
    assert made.course_class.join_code != taught.join_code
    assert not made.course_class.join_open
    new = set(User.objects.values_list("username", flat=True)) - logins
    assert (len(new), made.new) == ((0, 0) if match else (3, 3))
    author = Override.objects.get(assignment__course_class=made.course_class).by
    assert author == (tess if match else None)


def test_nothing_that_is_there_is_changed(taught, tess, file):
    before = document_of(taught)
    people = list(User.objects.order_by("pk").values())
    import_class(read_class(file), tess)
    assert document_of(taught) == before
    assert (
        list(User.objects.filter(pk__in=[one["id"] for one in people]).order_by("pk").values())
        == people
    )


def test_on_a_site_without_any_of_it_the_same_arrives(taught, tess, file):
    left = grades(taught)
    User.objects.exclude(pk=tess.pk).delete()
    Class.objects.all().delete()
    logins = [one["login"] for one in read_class(file).document["people"][:3]]
    made = import_class(read_class(file), tess)
    assert grades(made.course_class) == left
    students = User.objects.filter(username__in=logins)
    assert students.count() == 3
    assert not any(one.has_usable_password() or one.groups.exists() for one in students)
    shown = logged_in(tess).get(reverse("teach_class", args=[made.course_class.public_id]))
    assert shown.status_code == 200


def change(document, name, **columns):
    document[name][0] |= columns
    return document


BAD = {
    "a student who is nobody": lambda d: change(d, "students", user=99),
    "a team that is not there": lambda d: change(d, "students", team=7),
    "a place that is a text": lambda d: change(d, "extensions", assignment="first"),
    "a time that is none": lambda d: change(d, "audit", at="yesterday"),
    "a number that is none": lambda d: change(d, "awards", points="many"),
    "a mode that is none": lambda d: change(d, "assignments", mode="quiz"),
    "a version that is not there": lambda d: change(d, "assignments", version="0"),
    "a zone that is none": lambda d: {**d, "class": {**d["class"], "made_at": 5}},
    "a column that is missing": lambda d: {**d, "messages": [{}]},
    "a part that is a text": lambda d: {**d, "hints": "many"},
    "a lab that is none": lambda d: {**d, "labs": {"0": {"slug": "x", "files": {}}}},
    "the same student twice": lambda d: {**d, "students": [d["students"][0], d["students"][0]]},
}


def test_a_class_that_was_changed_is_refused_whole(taught, tess, file):
    before = row_counts()
    text, accepted = json.dumps(read_class(file).document), []
    for case, change_it in BAD.items():
        with file.open("wb") as stream:
            write_class(stream, change_it(json.loads(text)))
        try:
            import_class(read_class(file), tess)
        except TransferRefused:
            continue
        accepted.append(case)
    assert accepted == []
    assert row_counts() == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no zip", "damaged, or no zip"),
        (zipped(), "is not a Rolecall class"),
        (zipped(manifest="{}"), "is not a Rolecall class"),
        (zipped(manifest="[]", **{"class": "[]"}), "is not a Rolecall class"),
        (zipped(manifest=" " * 5_000_000, **{"class": "{}"}), "too large"),
        (
            zipped(manifest='{"format": 9}', **{"class": "{}"}),
            "is not a Rolecall class|another format",
        ),
    ],
)
def test_what_is_no_class_is_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "class.zip"
    path.write_bytes(content)
    with pytest.raises(TransferRefused, match=sentence):
        read_class(path)


def test_a_document_that_is_not_the_manifests_is_refused(file):
    with zipfile.ZipFile(file) as archive:
        manifest, document = (archive.read(name).decode() for name in archive.namelist())
    file.write_bytes(zipped(manifest=manifest, **{"class": document.replace("Fine.", "Bad!.")}))
    with pytest.raises(TransferRefused, match="not as its manifest"):
        read_class(file)


def test_the_commands_take_a_class_along_and_print_what_is_equal(
    course_class, sam, tmp_path, capsys
):
    assign(course_class)
    path = tmp_path / "class.zip"
    call_command("class", "export", "7b", str(path))
    assert "read again and compared: equal" in capsys.readouterr().out
    with pytest.raises(CommandError, match="File exists"):
        call_command("class", "export", "7b", str(path))
    call_command("class", "import", str(path), "--owner", "tess")
    shown = capsys.readouterr().out
    assert "1 new logins, without a password; 0 who were here" in shown
    assert "equal: 1 students, 1 assignments" in shown
    with pytest.raises(CommandError, match="No site user is called nobody"):
        call_command("class", "import", str(path), "--owner", "nobody")


def _names_in(parts):
    return zipfile.ZipFile(BytesIO(b"".join(parts))).namelist()


def test_only_an_owner_exports_a_class_on_its_page(course_class, sam, tess, monkeypatch):
    url = reverse("teach_class_export", args=[course_class.public_id])

    def sent(**query):
        answer: Any = logged_in(tess).get(url, query)
        return list(answer.streaming_content)

    assert _names_in(sent()) == ["manifest.json", "class.json"]
    assert AuditEntry.objects.get().action == "exported the class"
    begin_assigned(sam, assign(course_class))
    settings_page = reverse("teach_settings", args=[course_class.public_id])
    assert "Export it with its worlds" in logged_in(tess).get(settings_page).text
    parts = sent(worlds="yes")
    assert "worlds/0.json" in _names_in(parts)
    assert len(parts) > 4  # judged, described, a world, the document: others' turns come between
    monkeypatch.setattr("console.classes.transfer.worlds.MOST_AT_ONCE", 0)
    assert "worlds/0.json" not in _names_in(sent(worlds="yes"))
    assert "class export" in logged_in(tess).get(settings_page).text
    assert logged_in(instructor("olga")).get(url).status_code == 404
