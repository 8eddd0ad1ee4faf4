"""A class taken to another site: what arrives is what left, and nothing there is changed."""

import json
import zipfile
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from console.classes.demo import make_demo_class
from console.classes.gradebook import gradebook_of, wide_rows
from console.classes.models import (
    AuditEntry,
    Class,
    Enrollment,
    Extension,
    Message,
    Override,
    Remark,
    Team,
)
from console.classes.transfer import (
    TransferRefused,
    document_of,
    exported_worlds,
    import_class,
    judge_worlds,
    read_class,
    write_class,
)
from console.classes.work import begin_assigned
from console.labs.attempts import bring_up_to_date, judged_progress, start_again
from console.labs.catalog import all_labs
from console.labs.decisions import decisions_of
from console.labs.files import fresh_values
from console.labs.models import Attempt
from console.labs.rows.credentials import secret_of
from console.labs.scenarios import start_passwords
from iam.models import AccessKey, LoginProfile, Role, Sandbox
from sts.built_in.models import BuiltInKey
from tests.classes.conftest import instructor, logged_in
from tests.classes.working import RIGHT, SPOILED, assign, at, work

pytestmark = pytest.mark.django_db
LABS = ["same-account-role"]


@pytest.fixture
def taught(tess):
    """A class in which there is one of everything that is taken along."""
    made = make_demo_class(tess, 3, labs=LABS)
    first, second, _ = made.enrollments.order_by("pk")
    assignment = made.assignments.all()[0]
    team = Team.objects.create(course_class=made, name="A")
    Enrollment.objects.filter(pk=second.pk).update(team=team, removed_at=at(days=-1))
    Extension.objects.create(assignment=assignment, enrollment=first, due=at(days=1))
    Override.objects.create(
        assignment=assignment, enrollment=first, points="5.50", by=tess, reason="Well argued."
    )
    Override.objects.update(at=at(days=-3))
    Remark.objects.create(assignment=assignment, enrollment=first, text="Fine.", by=tess)
    Message.objects.create(course_class=made, text="A break until ten.", by=tess)
    AuditEntry.objects.create(course_class=made, by=tess, action="awarded points")
    AuditEntry.objects.update(at=at(days=-2))
    return made


@pytest.fixture
def file(taught, tmp_path):
    path = tmp_path / "class.zip"
    with path.open("wb") as stream:
        write_class(stream, document_of(taught))
    return path


@pytest.fixture
def with_worlds(taught, tmp_path):
    path = tmp_path / "worlds.zip"
    judge_worlds(taught)
    with path.open("wb") as stream:
        write_class(stream, document_of(taught), exported_worlds(taught))
    return path


def grades(course_class):
    """Return the lines of the gradebook without logins."""
    return sorted(line[1:] for line in list(wide_rows(gradebook_of(course_class)))[1:])


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


def test_worlds_come_along_and_decide_and_are_judged_as_they_did(taught, tess, with_worlds):
    made = import_class(read_class(with_worlds), tess)
    there = Attempt.objects.filter(assignment__course_class=taught, waits=False)
    arrived = Attempt.objects.filter(assignment__course_class=made.course_class)
    assert made.worlds.different == []
    assert made.worlds.made == there.count() == arrived.filter(world_gone_at=None).count() > 0
    assert grades(made.course_class) == grades(taught)
    for old, new in zip(there.order_by("pk"), arrived.order_by("pk"), strict=True):
        lab = all_labs()[new.lab]
        assert (new.states, new.points, new.parts) == (old.states, old.points, old.parts)
        assert [one.state for one in judged_progress(new, lab).tasks] == [
            one.state for one in judged_progress(old, lab).tasks
        ]
        both = [
            decisions_of(one.sandbox, values=fresh_values(lab.variables, one.public_id))
            for one in (old, new)
        ]
        assert both[0] == both[1]


def test_a_world_that_came_along_is_worked_in_and_begun_again(taught, tess, with_worlds):
    made = import_class(read_class(with_worlds), tess)
    attempts = Attempt.objects.filter(assignment__course_class=made.course_class, team=None)
    attempt = attempts.select_related("sandbox").latest("pk")
    assert not attempt.sandbox.suspended
    work(attempt, SPOILED if Role.in_sandbox(attempt.sandbox).exists() else RIGHT)
    start_again(attempt.sandbox)
    work(attempt)
    bring_up_to_date(attempt, all_labs()[attempt.lab])
    assert set(attempt.states) == {"S"}


HOSTILE = {
    "no rows": lambda world: world.pop("rows"),
    "rows that are a text": lambda world: world.update(rows="many"),
    "a table that is a number": lambda world: world["rows"]["tables"].update({"iam.User": 7}),
    "a reference to nothing": lambda world: world["rows"]["tables"]["iam.User"][1].__setitem__(
        world["rows"]["tables"]["iam.User"][0].index("account_id"), 10**9
    ),
    "a moment that is none": lambda world: world["rows"].update(moment="noon"),
    "other decisions": lambda world: world.update(decides="0" * 64),
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE)
def test_a_world_that_is_none_or_another_is_named_and_the_class_arrives(
    course_class, sam, tess, tmp_path, spoil
):
    begin_assigned(sam, assign(course_class))
    ((place, world),) = exported_worlds(course_class)
    spoil(world)
    path = tmp_path / "class.zip"
    with path.open("wb") as stream:
        write_class(stream, document_of(course_class), [(place, world)])
    made = import_class(read_class(path), tess)
    assert len(made.worlds.different) == 1
    assert "sam" in made.worlds.different[0]
    attempt = Attempt.objects.get(assignment__course_class=made.course_class)
    assert (attempt.world_gone_at is None) == (made.worlds.made == 1)


def test_a_world_that_is_not_the_manifests_is_refused(course_class, sam, tess, tmp_path):
    begin_assigned(sam, assign(course_class))
    path = tmp_path / "class.zip"
    with path.open("wb") as stream:
        write_class(stream, document_of(course_class), exported_worlds(course_class))
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name).decode() for name in archive.namelist()}
    entries["worlds/0.json"] = entries["worlds/0.json"].replace("dev", "eve")
    path.write_bytes(zipped(**{name.removesuffix(".json"): one for name, one in entries.items()}))
    with pytest.raises(TransferRefused, match="not as its manifest"):
        import_class(read_class(path), tess)
    assert Class.objects.count() == 1


def test_no_secret_of_a_world_leaves_the_site(taught, with_worlds):
    with zipfile.ZipFile(with_worlds) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    secrets = set()
    for sandbox in Sandbox.objects.filter(attempt__assignment__course_class=taught):
        secrets |= {sandbox.salt, *start_passwords(sandbox).values()}
        secrets |= {secret_of(vars(key)) for key in AccessKey.in_sandbox(sandbox)}
        secrets |= {key.sealed_secret for key in AccessKey.in_sandbox(sandbox)}
        secrets |= {one.password for one in LoginProfile.in_sandbox(sandbox)}
        secrets |= {one.sealed_key for one in BuiltInKey.in_sandbox(sandbox)}
    assert len(secrets) > 10
    assert [one for one in secrets if one and one in text] == []


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
    before = (User.objects.count(), Class.objects.count(), Attempt.objects.count())
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
    assert (User.objects.count(), Class.objects.count(), Attempt.objects.count()) == before


def zipped(**entries):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(f"{name}.json", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no zip", "damaged, or no zip"),
        (zipped(), "is no class"),
        (zipped(manifest="{}"), "is no class"),
        (zipped(manifest="[]", **{"class": "[]"}), "is no class"),
        (zipped(manifest=" " * 5_000_000, **{"class": "{}"}), "too large"),
        (zipped(manifest='{"format": 9}', **{"class": "{}"}), "is no class|another format"),
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


def test_only_an_owner_exports_a_class_on_its_page(course_class, sam, tess, monkeypatch):
    url = reverse("teach_class_export", args=[course_class.public_id])
    sent = logged_in(tess).get(url)
    assert zipfile.ZipFile(BytesIO(sent.content)).namelist() == ["manifest.json", "class.json"]
    assert AuditEntry.objects.get().action == "exported the class"
    begin_assigned(sam, assign(course_class))
    settings_page = reverse("teach_settings", args=[course_class.public_id])
    assert "Export it with its worlds" in logged_in(tess).get(settings_page).text
    sent = logged_in(tess).get(url, {"worlds": "yes"})
    assert "worlds/0.json" in zipfile.ZipFile(BytesIO(sent.content)).namelist()
    monkeypatch.setattr("console.classes.transfer.worlds.MOST_AT_ONCE", 0)
    sent = logged_in(tess).get(url, {"worlds": "yes"})
    assert "worlds/0.json" not in zipfile.ZipFile(BytesIO(sent.content)).namelist()
    assert "class export" in logged_in(tess).get(settings_page).text
    assert logged_in(instructor("olga")).get(url).status_code == 404
