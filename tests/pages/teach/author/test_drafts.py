"""Labs written in the browser: files, faults, gates, publishing, and two who edit at once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from console.labs.authoring.draft_files import files_of
from console.labs.catalog import all_labs
from console.labs.files.new_lab import scaffold_files
from console.labs.models import Attempt, GateRun, LabDraft
from tests.jobs import perform_jobs
from tests.pages.teach.author.conftest import FILES, browser_of
from tests.pages.visitor import text_of

LAB = reverse("author_lab", args=["our-lab"])


def edit(path):
    return reverse("author_file", args=["our-lab", path])


def do(client, name, *more, **fields):
    return client.post(reverse(name, args=["our-lab", *more]), fields, follow=True)


def test_the_list_has_own_and_shared_drafts_with_their_state(tess, ines, draft):
    assert "our-lab" in text_of(tess.get(reverse("author")))
    assert "our-lab" not in text_of(ines.get(reverse("author")))
    do(tess, "author_share", shared="yes")
    page = text_of(ines.get(reverse("author")))
    assert "our-lab tess All instructors Not published" in " ".join(page.split())
    assert ines.get(LAB).status_code == 200
    assert "Only the author" in text_of(do(ines, "author_share", shared="no"))
    assert LabDraft.objects.get().shared


def test_the_list_takes_as_many_queries_for_many_drafts(tess, draft):
    with CaptureQueriesContext(connection) as one:
        tess.get(reverse("author"))
    for number in range(3):
        tess.post(reverse("author_new"), {"name": f"lab-{number}"})
    tess.get(reverse("author"))
    with CaptureQueriesContext(connection) as four:
        tess.get(reverse("author"))
    assert len(four) == len(one)


@pytest.mark.parametrize(
    ("start", "files"),
    [
        ("", scaffold_files()),
        ("draft:our-lab", FILES),
        ("lab:external-id", dict(all_labs()["external-id"].files)),
    ],
    ids=["scaffold", "draft", "library"],
)
def test_a_lab_begins_small_or_as_a_copy(tess, draft, start, files):
    page = tess.post(reverse("author_new"), {"name": "mine", "start": start}, follow=True)
    assert "The draft mine was created" in text_of(page)
    assert files_of(LabDraft.objects.get(slug="mine")) == files


@pytest.mark.parametrize("name", ["", "external-id", "our-lab", "Our Lab", "x" * 41, "a\x00"])
def test_a_name_that_cannot_be_had_is_shown_at_its_field(tess, draft, name):
    page = tess.post(reverse("author_new"), {"name": name})
    assert page.status_code == 400
    assert LabDraft.objects.count() == 1


def test_a_copy_of_a_draft_that_somebody_keeps_to_himself_is_no_choice(ines, draft):
    page = ines.post(reverse("author_new"), {"name": "mine", "start": "draft:our-lab"})
    assert page.status_code == 400


def test_a_file_is_saved_and_its_faults_stand_at_their_lines(tess, draft):
    text = FILES["lab.yaml"].replace("level: ", "level: 9")
    page = tess.post(edit("lab.yaml"), {"text": text, "revision": "1"}, follow=True)
    assert "lab.yaml is saved." in text_of(page)
    line = [one[:6] for one in text.split("\n")].index("level:") + 1
    assert f"Ln {line}, Col 1" in text_of(page)
    assert f"lab.yaml, line {line}" in text_of(tess.get(LAB))


def test_what_is_typed_is_checked_and_shown_and_not_saved(tess, draft):
    url = reverse("author_check", args=["our-lab", "text/build.md"])
    text = "*Hello* {you}, <b onclick=x>you</b> [here](javascript:alert(1)) {nobody}"
    page = tess.post(url, {"text": text}).content.decode()
    assert "stands for nothing here" in page
    assert 'hx-swap-oob="true"' in page
    assert "<em>Hello</em>" in page
    assert "<b" not in page.replace("<button", "")
    assert 'href="javascript' not in page
    assert files_of(draft) == FILES


def test_a_text_is_shown_as_students_see_it(tess, draft):
    page = text_of(tess.get(edit("text/build.md")))
    assert "of account 111111111111" in page


def test_who_saves_later_loses_nothing_and_overwrites_nothing_unseen(tess, ines, draft):
    do(tess, "author_share", shared="yes")
    tess.post(edit("teacher.md"), {"text": "From Tess", "revision": "1"})
    page = ines.post(edit("teacher.md"), {"text": "From Ines", "revision": "1"})

    assert page.status_code == 409
    assert "tess saved this file while you were editing" in text_of(page)
    assert "From Ines" in page.content.decode()
    assert "From Tess" in page.content.decode()
    assert files_of(draft)["teacher.md"] == "From Tess"
    assert 'name="revision" value="2"' in page.content.decode()
    ines.post(edit("teacher.md"), {"text": "From both", "revision": "2"})
    assert files_of(draft)["teacher.md"] == "From both"


def test_what_was_deleted_meanwhile_can_be_saved_again(tess, draft):
    do(tess, "author_file_delete", "teacher.md", revision="1")
    page = tess.post(edit("teacher.md"), {"text": "Mine", "revision": "1"})
    assert page.status_code == 409
    assert "somebody deleted this file" in text_of(page).lower()
    tess.post(edit("teacher.md"), {"text": "Mine", "revision": "0"})
    assert files_of(draft)["teacher.md"] == "Mine"


@pytest.mark.parametrize("text", ["[" * 1_000_000, "a\x00"], ids=["long", "nul"])
def test_a_hostile_text_is_refused_with_a_sentence(tess, draft, text):
    for name in ("author_file", "author_check"):
        url = reverse(name, args=["our-lab", "text/build.md"])
        page = tess.post(url, {"text": text, "revision": "1"})
        assert page.status_code == (400 if name == "author_file" else 200)
        assert any(words in text_of(page) for words in ("longer than 12 kB", "is no text"))
    assert files_of(draft) == FILES


def test_files_are_added_renamed_and_deleted(tess, draft):
    page = do(tess, "author_file_add", path="policies/trust.json")
    assert page.redirect_chain[-1][0] == edit("policies/trust.json")
    do(tess, "author_file_rename", "policies/trust.json", path="policies/door.json")
    assert files_of(draft)["policies/door.json"] == "{}\n"
    do(tess, "author_file_delete", "policies/door.json", revision="1")
    assert files_of(draft) == FILES


@pytest.mark.parametrize("path", ["run.py", "../x.md", "text/a/b.md", "", "text/ü.md", "a\x00"])
def test_a_file_of_no_lab_is_not_added(tess, draft, path):
    assert "A lab has lab.yaml" in text_of(do(tess, "author_file_add", path=path))
    assert files_of(draft) == FILES


def test_a_file_that_is_not_there_is_no_page(tess, draft):
    for path in ("none.md", "text/none.md", "../lab.yaml"):
        assert tess.get(f"/teach/author/our-lab/edit/{path}").status_code == 404
    assert tess.get("/teach/author/our-lab/edit/%00").status_code == 400


def test_the_gates_run_in_the_queue_and_are_watched(tess, draft, gates):
    shown = []
    state = reverse("author_gates_state", args=["our-lab"])
    gates.meanwhile = lambda: shown.append(text_of(tess.get(state)))
    assert "Waiting for the queue" in text_of(do(tess, "author_gates"))
    assert "every 2s" in tess.get(state).content.decode()
    perform_jobs("long")

    assert "The solution passes 3 of 31" in " ".join(shown[0].split())
    page = tess.get(state)
    assert "All gates pass" in text_of(page)
    assert "every 2s" not in page.content.decode()


def test_the_gates_are_canceled(tess, draft, gates):
    do(tess, "author_gates")
    assert "canceled" in text_of(do(tess, "author_gates_cancel"))
    assert GateRun.objects.get().state == "canceled"


def test_a_lab_with_faults_asks_for_no_gates(tess, draft):
    tess.post(edit("lab.yaml"), {"text": "schema: 1", "revision": "1"})
    assert "Fix the files first" in text_of(do(tess, "author_gates"))
    assert "Fix the files first" in text_of(do(tess, "author_try"))
    assert not GateRun.objects.exists()


def test_a_lab_is_published_corrected_and_taken_out_of_the_lists(tess, draft, gates):
    assert "gates" in text_of(do(tess, "author_publish"))
    do(tess, "author_gates")
    perform_jobs("long")
    assert "Version 1 is published" in text_of(do(tess, "author_publish", note="First one"))
    assert reverse("lab", args=["our-lab"]) in Client().get(reverse("labs")).content.decode()

    tess.post(edit("teacher.md"), {"text": "Minutes: 20", "revision": "1"})
    assert "The files have changed since" in text_of(tess.get(LAB))
    do(tess, "author_gates")
    perform_jobs("long")
    do(tess, "author_publish", note="With minutes")
    page = tess.get(reverse("author_versions", args=["our-lab"]), {"from": "1", "to": "2"})
    assert "With minutes" in text_of(page)
    assert "added: Minutes: 20" in text_of(page)

    do(tess, "author_enable", enabled="no")
    assert reverse("lab", args=["our-lab"]) not in Client().get(reverse("labs")).content.decode()
    assert "this lab is published" in text_of(do(tess, "author_delete")).lower()


def test_a_draft_is_tried_with_its_drawer_and_thrown_away(tess, draft):
    page = do(tess, "author_try")
    attempt = Attempt.objects.get()
    assert page.redirect_chain[-1][0] == reverse("attempt", args=[attempt.public_id])
    assert all_labs()["same-account-role"].title in text_of(page)
    assert browser_of("sam").get(reverse("lab", args=["our-lab~draft"])).status_code == 404
    assert browser_of("mia").post(reverse("lab_start", args=["our-lab~draft"])).status_code == 404
    assert "our-lab~draft" not in text_of(tess.get(reverse("labs")))
    assert "The world was deleted." in text_of(do(tess, "author_try_end"))
    assert not Attempt.objects.exists()


def test_a_world_that_cannot_be_made_is_a_sentence(tess, draft):
    call = "history: [{call: {'iam:DeleteUser': {UserName: nobody}}}]\n"
    tess.post(edit("lab.yaml"), {"text": FILES["lab.yaml"] + call, "revision": "1"})
    assert "The world cannot be made" in text_of(do(tess, "author_try"))


def test_a_draft_is_deleted_after_a_question(tess, draft):
    assert "Delete the draft?" in text_of(tess.get(reverse("author_delete", args=["our-lab"])))
    assert "is deleted" in text_of(do(tess, "author_delete"))
    assert not LabDraft.objects.exists()
