"""The worlds of a class come along in its file: made anew, judged and decided as they were."""

import zipfile

import pytest

from console.classes.models import Class
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
from tests.classes.transferred import full_class, grades, zipped
from tests.classes.working import RIGHT, SPOILED, assign, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught(tess):
    return full_class(tess)


@pytest.fixture
def with_worlds(taught, tmp_path):
    path = tmp_path / "worlds.zip"
    judge_worlds(taught)
    with path.open("wb") as stream:
        write_class(stream, document_of(taught), exported_worlds(taught))
    return path


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
    work(attempt, SPOILED if Role.in_sandbox(attempt.sandbox).filter(path="/").exists() else RIGHT)
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
