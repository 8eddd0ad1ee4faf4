"""A draft is its owner's; no save overwrites another; what was tried is thrown away."""

import pytest
from django.contrib.auth.models import User

from console.labs.attempts import begin_attempt, progress_of, records_of, summaries_of
from console.labs.authoring.draft_files import (
    EditConflict,
    add_file,
    delete_file,
    files_of,
    find_file,
    rename_file,
    replace_files,
    save_file,
)
from console.labs.authoring.drafts import (
    DraftRefused,
    begin_draft,
    delete_draft,
    find_draft,
    visible_drafts,
)
from console.labs.authoring.faults import faults_of
from console.labs.authoring.tries import begin_try, throw_away_forgotten, try_of
from console.labs.catalog import known_labs, open_labs
from console.labs.files import LabError
from console.labs.files.reader import digest_of
from console.labs.lab_versions import lab_of
from console.labs.models import Attempt, LabDraft, LabVersion
from iam.models import Sandbox
from tests.labs.authoring.conftest import FILES


def test_a_draft_is_seen_by_its_owner_by_whom_it_is_shared_with_and_by_the_administrator(
    draft, tess, ines
):
    root = User.objects.create_superuser("root")
    assert find_draft(tess, draft.slug) == find_draft(root, draft.slug) == draft
    assert find_draft(ines, draft.slug) is None
    LabDraft.objects.update(shared=True)
    assert list(visible_drafts(ines)) == [draft]


@pytest.mark.parametrize(
    ("slug", "fault"),
    [
        ("external-id", "library"),
        ("our-lab", "taken"),
        ("me", "taken"),
        ("Our Lab", "lower-case"),
        ("a" * 41, "40 at most"),
        ("..", "lower-case"),
        ("our-lab~draft", "lower-case"),
    ],
)
def test_a_name_is_free_and_plain(draft, ines, slug, fault):
    with pytest.raises(DraftRefused, match=fault):
        begin_draft(ines, slug, FILES)
    assert LabDraft.objects.count() == 1


def test_what_is_too_large_is_refused_and_nothing_is_kept(tess):
    with pytest.raises(DraftRefused, match="longer than 12 kB"):
        begin_draft(tess, "large", {**FILES, "text/x.md": "[" * 1_000_000})
    assert not LabDraft.objects.exists()


def test_a_save_is_of_the_revision_that_was_read(draft, tess, ines):
    save_file(draft, "teacher.md", "One\r\n", 1, tess)
    with pytest.raises(EditConflict) as conflict:
        save_file(draft, "teacher.md", "Two", 1, ines)

    there = conflict.value.there
    assert there
    assert (there.text, there.revision, there.edited_by) == ("One\n", 2, tess)
    save_file(draft, "teacher.md", "Both", 2, ines)
    assert files_of(draft)["teacher.md"] == "Both"


def test_a_file_is_added_renamed_and_deleted(draft, tess):
    add_file(draft, "policies/trust.json", "{}", tess)
    rename_file(draft, "policies/trust.json", "policies/door.json")
    assert "policies/door.json" in files_of(draft)
    delete_file(draft, "policies/door.json", 1)
    assert files_of(draft) == FILES


@pytest.mark.parametrize(
    "change",
    [
        lambda draft, user: add_file(draft, "../x.md", "", user),
        lambda draft, user: add_file(draft, "run.py", "", user),
        lambda draft, user: add_file(draft, "teacher.md", "", user),
        lambda draft, user: add_file(draft, "gates.json", "{}", user),
        lambda draft, user: save_file(draft, "teacher.md", "a\x00", 1, user),
        lambda draft, user: save_file(draft, "teacher.md", "[" * 40_000, 1, user),
        lambda draft, _: rename_file(draft, "lab.yaml", "text/lab.md"),
        lambda draft, _: rename_file(draft, "teacher.md", "text/../x.md"),
        lambda draft, _: rename_file(draft, "teacher.md", "lab.yaml"),
        lambda draft, _: rename_file(draft, "none.md", "text/x.md"),
        lambda draft, _: delete_file(draft, "lab.yaml", 1),
        lambda draft, user: replace_files(draft, {"lab.yaml": "x"}, "other", user),
    ],
    ids=range(12),
)
def test_what_is_no_change_of_a_lab_is_refused(draft, tess, change):
    with pytest.raises(DraftRefused):
        change(draft, tess)
    assert files_of(draft) == FILES


def test_what_was_changed_meanwhile_is_not_deleted(draft, tess):
    save_file(draft, "teacher.md", "New", 1, tess)
    with pytest.raises(EditConflict):
        delete_file(draft, "teacher.md", 1)
    assert find_file(draft, "teacher.md")


def test_an_import_replaces_the_files_that_were_seen(draft, tess):
    replace_files(draft, {"lab.yaml": "x"}, digest_of(files_of(draft)), tess)
    assert files_of(draft) == {"lab.yaml": "x"}


def test_faults_stand_at_their_files_and_lines():
    text = FILES["lab.yaml"].replace("level: ", "level: 9")
    (fault,) = faults_of("x", FILES | {"lab.yaml": text})
    assert (fault.file, fault.column) == ("lab.yaml", 1)
    assert text.split("\n")[fault.line - 1].startswith("level: 9")

    (fault,) = faults_of("x", FILES | {"teacher.md": "One\n{nobody}"})
    assert (fault.file, fault.line) == ("teacher.md", 2)
    assert faults_of("x", FILES) == []


def test_a_try_is_a_world_of_the_files_as_they_are_and_counts_nowhere(draft, tess):
    attempt = begin_try(draft, tess)
    lab = lab_of(attempt)

    assert lab
    assert [one.task.id for one in progress_of(attempt, lab).tasks] == [one.id for one in lab.tasks]
    assert not {slug for slug in (*known_labs(), *open_labs()) if slug.startswith("our-lab")}
    assert records_of(tess) == []
    assert draft.slug not in summaries_of(tess)


def test_another_try_takes_the_place_of_the_last_one_with_the_files_of_now(draft, tess):
    first = begin_try(draft, tess)
    title = "title: Otherwise\n"
    text = "".join(
        title if line.startswith("title: ") else f"{line}\n"
        for line in FILES["lab.yaml"].rstrip("\n").split("\n")
    )
    save_file(draft, "lab.yaml", text, 1, tess)
    second = begin_try(draft, tess)

    assert try_of(draft, tess) == second
    lab = lab_of(second)
    assert lab
    assert lab.title == "Otherwise"
    assert not Sandbox.objects.filter(pk=first.sandbox_id).exists()


def test_a_draft_with_faults_is_not_tried(draft, tess):
    save_file(draft, "lab.yaml", "schema: 1", 1, tess)
    with pytest.raises(LabError):
        begin_try(draft, tess)
    assert not Attempt.objects.exists()


def test_forgotten_tries_go_after_a_week(draft, tess):
    attempt = begin_try(draft, tess)
    assert throw_away_forgotten() == 0
    begun = attempt.started_at.replace(year=2020)
    Attempt.objects.update(started_at=begun)
    assert throw_away_forgotten() == 1
    assert not Attempt.objects.exists()


def test_a_draft_is_deleted_with_its_tries(draft, tess):
    begin_try(draft, tess)
    delete_draft(draft)
    assert not Attempt.objects.exists()
    assert not LabVersion.objects.exists()
    assert not LabDraft.objects.exists()
    assert begin_attempt(tess, known_labs()["external-id"]).lab == "external-id"
