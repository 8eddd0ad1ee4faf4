"""A lab whose gate report fits its files is read without looking for faults, and is the same."""

import json

import pytest

from console.labs.files import LabError, read_known_lab, read_lab
from console.labs.library import LIBRARY
from tests.labs.files.folders import LAB, write_lab


def report(folder, lab, **more):
    text = json.dumps({"lab": lab.slug, "hash": lab.hash, "faults": [], **more})
    (folder / "gates.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("slug", ["same-account-role", "other-peoples-keys", "the-course-3"])
def test_a_lab_of_the_library_is_the_same_without_looking_for_faults(slug):
    assert read_known_lab(LIBRARY / slug) == read_lab(LIBRARY / slug)


def test_a_lab_with_a_report_of_its_own_is_not_looked_at_again(tmp_path, monkeypatch):
    folder = write_lab(tmp_path)
    lab = read_lab(folder)
    report(folder, lab)
    monkeypatch.delattr("console.labs.files.reader.lab_of_files")
    assert read_known_lab(folder) == lab


OTHERS = {
    "other files": {"hash": "of yesterday's files"},
    "faults": {"faults": ["No wrong answer is caught."]},
    "no hash": {"hash": None},
}


@pytest.mark.parametrize("more", OTHERS.values(), ids=OTHERS)
def test_any_other_lab_is_looked_at(tmp_path, more):
    folder = write_lab(tmp_path)
    lab = read_lab(folder)
    broken = write_lab(tmp_path, lab_yaml=LAB.replace("level: 1", "level: 9"))
    report(broken, lab, **more)
    with pytest.raises(LabError):
        read_known_lab(broken)


@pytest.mark.parametrize("written", ["", "[]", "nothing", None])
def test_a_report_that_cannot_be_read_vouches_for_nothing(tmp_path, written):
    broken = write_lab(tmp_path, lab_yaml=LAB.replace("level: 1", "level: 9"))
    if written is not None:
        (broken / "gates.json").write_text(written, encoding="utf-8")
    with pytest.raises(LabError):
        read_known_lab(broken)
