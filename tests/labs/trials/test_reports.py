"""A gate report stands for the files that it was made of, and for no others."""

import pytest

from console.labs.files import read_lab
from console.labs.trials import is_vouched_for, write_report
from tests.labs.files.folders import write_lab


def test_a_report_stands_for_these_files_alone(tmp_path):
    folder = write_lab(tmp_path)
    assert not is_vouched_for(read_lab(folder), folder)

    write_report(read_lab(folder), folder, [])
    assert is_vouched_for(read_lab(folder), folder)

    (folder / "text" / "build.md").write_text("Something else.\n")
    assert not is_vouched_for(read_lab(folder), folder)


def test_a_report_of_faults_stands_for_nothing(tmp_path):
    folder = write_lab(tmp_path)
    write_report(read_lab(folder), folder, ["The solution fails."])

    assert not is_vouched_for(read_lab(folder), folder)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"hash": 1}'])
def test_a_report_that_cannot_be_read_stands_for_nothing(tmp_path, text):
    folder = write_lab(tmp_path)
    (folder / "gates.json").write_text(text)

    assert not is_vouched_for(read_lab(folder), folder)


def test_neither_report_nor_checkout_changes_the_hash(tmp_path):
    folder = write_lab(tmp_path)
    before = read_lab(folder).hash
    write_report(read_lab(folder), folder, [])
    for path in (one for one in folder.rglob("*") if one.is_file()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read_lab(folder).hash == before
