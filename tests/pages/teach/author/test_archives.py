"""Labs that leave the site as zip files, and come in: all of one, or nothing."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from console.labs.authoring.draft_files import files_of
from console.labs.models import LabDraft
from tests.pages.teach.author.conftest import FILES
from tests.pages.teach.author.test_drafts import LAB, do, edit
from tests.pages.visitor import text_of


def archive(entries, folder="our-lab"):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries.items():
            written.writestr(f"{folder}/{name}", content)
    return SimpleUploadedFile("lab.zip", file.getvalue())


def test_a_lab_goes_out_as_a_zip_file_and_comes_in_again(tess, draft):
    sent = tess.get(reverse("author_export", args=["our-lab"])).content
    file = SimpleUploadedFile("lab.zip", sent)
    page = tess.post(reverse("author_upload"), {"file": file, "name": "again"}, follow=True)
    assert f"{len(FILES)} files are in the draft again" in text_of(page)
    assert files_of(LabDraft.objects.get(slug="again")) == FILES


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"lab.yaml": "a" * 1_000_001 * 2}, "more than 1.0 MB"),
        ({"lab.yaml": "x", "text/a.md": "[" * 100_000}, "longer than 12 kB"),
        ({"../lab.yaml": "x"}, "no file of a lab"),
        ({"lab.yaml": "x", "lab.zip": "PK"}, "no file of a lab"),
        ({"lab.yaml": "x", "text/a.svg": "<svg/>"}, "no file of a lab"),
        ({"teacher.md": "x"}, "with a lab.yaml in it"),
        ({f"text/{number}.md": "" for number in range(201)}, "more than 200 files"),
    ],
    ids=range(7),
)
def test_a_hostile_archive_is_refused_and_nothing_is_half_imported(tess, draft, entries, sentence):
    page = tess.post(reverse("author_upload"), {"file": archive(entries, "new-lab")})
    assert page.status_code == 400
    assert sentence in text_of(page)
    page = do(tess, "author_import", file=archive(entries), seen="x")
    assert sentence in text_of(page)
    assert files_of(LabDraft.objects.get()) == FILES


def test_an_import_replaces_all_files_unless_somebody_changed_one(tess, draft):
    page = tess.get(LAB).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    tess.post(edit("teacher.md"), {"text": "New", "revision": "1"})
    assert "Nothing was replaced" in text_of(
        do(tess, "author_import", file=archive({"lab.yaml": "x"}), seen=seen)
    )
    page = tess.get(LAB).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    do(tess, "author_import", file=archive({"lab.yaml": "x"}), seen=seen)
    assert files_of(draft) == {"lab.yaml": "x"}
