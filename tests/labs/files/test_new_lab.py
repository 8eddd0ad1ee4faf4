"""A new lab's folder shows what is to do, and is a lab once that is done."""

import pytest

from console.labs.files import LabError, read_lab
from console.labs.files.new_lab import NoNewLab, write_new_lab


def test_each_to_do_is_a_fault_with_its_place(tmp_path):
    folder = write_new_lab(tmp_path, "my-lab")
    texts = [path.read_text() for path in folder.rglob("*") if path.is_file()]

    with pytest.raises(LabError) as refused:
        read_lab(folder)

    assert len(refused.value.faults) == sum(text.count("TODO") for text in texts)
    assert all(fault.line and fault.column for fault in refused.value.faults)
    assert str(refused.value.faults[0]) == (
        "line 4, column 9, lab.yaml: still to do: what the student does, in a few words"
    )


def test_once_everything_is_done_it_is_a_lab(tmp_path):
    folder = write_new_lab(tmp_path, "my-lab")
    for path in (one for one in folder.rglob("*") if one.is_file()):
        path.write_text(path.read_text().replace("TODO:", "Look:"))

    assert read_lab(folder).slug == "my-lab"


@pytest.mark.parametrize("slug", ["", "My-Lab", "../lab", "a--b", "-a", "a/b", "x" * 49, "tab\n"])
def test_a_name_that_is_no_address_is_refused(tmp_path, slug):
    with pytest.raises(NoNewLab, match="lower-case letters"):
        write_new_lab(tmp_path, slug)


def test_a_lab_that_is_there_is_left_alone(tmp_path):
    write_new_lab(tmp_path, "my-lab")

    with pytest.raises(NoNewLab, match="already"):
        write_new_lab(tmp_path, "my-lab")
