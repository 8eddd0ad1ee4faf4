"""A lab goes into a zip file and comes out of it; a file made to harm is refused."""

import stat
import zipfile

import pytest

from console.labs.files import read_lab
from console.labs.files.archives import (
    LARGEST,
    MOST_FILES,
    ArchiveRefused,
    lab_files,
    read_archive,
    unpack,
    write_archive,
)
from tests.labs.files.folders import write_lab


def archive_of(file, entries):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file


def test_a_lab_comes_out_as_it_went_in(tmp_path):
    folder = write_lab(tmp_path / "here")
    (folder / "gates.json").write_text("{}\n")
    (folder / "notes.txt").write_text("mine")
    file = tmp_path / "lab.zip"
    write_archive(file, folder.name, lab_files(folder))

    there = unpack(file, tmp_path / "there")

    assert read_lab(there) == read_lab(folder)
    assert {**lab_files(there), "gates.json": "{}\n"} == lab_files(folder)
    assert not (there / "notes.txt").exists()


def test_a_report_of_another_site_is_left_out(tmp_path):
    folder = write_lab(tmp_path / "here")
    (folder / "gates.json").write_text("{}\n")
    write_archive(tmp_path / "lab.zip", folder.name, lab_files(folder))

    assert not (unpack(tmp_path / "lab.zip", tmp_path / "there") / "gates.json").exists()


def test_the_same_lab_is_the_same_file(tmp_path):
    folder = write_lab(tmp_path)
    for name in ("a.zip", "b.zip"):
        write_archive(tmp_path / name, folder.name, lab_files(folder))
        (folder / "lab.yaml").touch()

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_lab_that_is_there_is_not_overwritten(tmp_path):
    folder = write_lab(tmp_path)
    write_archive(tmp_path / "lab.zip", folder.name, lab_files(folder))

    with pytest.raises(ArchiveRefused, match="already"):
        unpack(tmp_path / "lab.zip", tmp_path)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../lab.yaml", "no file of a lab"),
        ("lab/../../lab.yaml", "no file of a lab"),
        ("/etc/lab.yaml", "no file of a lab"),
        ("lab/text/../../x.md", "no file of a lab"),
        ("lab\\lab.yaml", "no file of a lab"),
        ("lab/text/.hidden.md", "no file of a lab"),
        ("lab/run.py", "no file of a lab"),
        ("LAB/lab.yaml", "no file of a lab"),
        ("other/lab.yaml", "one folder"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path, name, said):
    entries = [("lab/teacher.md", "x"), (name, "x")]
    file = archive_of(tmp_path / "bad.zip", entries)

    with pytest.raises(ArchiveRefused, match=said):
        unpack(file, tmp_path / "library")
    assert not (tmp_path / "library").exists()


def test_a_bomb_is_refused_however_small_it_is(tmp_path):
    bomb = b"0" * (LARGEST + 1)
    with pytest.raises(ArchiveRefused, match="too large"):
        read_archive(archive_of(tmp_path / "one.zip", [("lab/lab.yaml", bomb)]))

    texts = [(f"lab/text/{number}.md", bomb[:-1]) for number in range(5)]
    with pytest.raises(ArchiveRefused, match="larger than four megabytes"):
        read_archive(archive_of(tmp_path / "all.zip", texts))

    many = [(f"lab/text/{number}.md", "") for number in range(MOST_FILES + 1)]
    with pytest.raises(ArchiveRefused, match=f"more than {MOST_FILES} files"):
        read_archive(archive_of(tmp_path / "many.zip", many))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(tmp_path):
    file = archive_of(tmp_path / "twice.zip", [("lab/lab.yaml", "a"), ("lab/lab.yaml", "b")])

    with pytest.raises(ArchiveRefused, match="there twice"):
        read_archive(file)


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("lab/lab.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = archive_of(tmp_path / "link.zip", [(link, "/etc/passwd")])

    with pytest.raises(ArchiveRefused, match="is a link"):
        unpack(file, tmp_path / "library")
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_is_packed_in_a_rare_way_is_refused(tmp_path, how):
    with zipfile.ZipFile(tmp_path / "rare.zip", "w", how) as archive:
        archive.writestr("lab/lab.yaml", "x")

    with pytest.raises(ArchiveRefused, match="not supported"):
        read_archive(tmp_path / "rare.zip")


def test_a_file_that_is_not_what_its_sum_says_is_refused(tmp_path):
    file = archive_of(tmp_path / "sum.zip", [])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("lab/lab.yaml", "schema: 1")
    file.write_bytes(file.read_bytes().replace(b"schema: 1", b"schema: 2"))

    with pytest.raises(ArchiveRefused, match="damaged"):
        read_archive(file)


@pytest.mark.parametrize("content", ["a\x00b", "\x1b[31m", "\ufffe"])
def test_a_text_with_characters_of_machines_is_refused(tmp_path, content):
    with pytest.raises(ArchiveRefused, match="no text"):
        read_archive(archive_of(tmp_path / "odd.zip", [("lab/lab.yaml", content)]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"\x00" * 100])
def test_what_is_no_zip_file_is_refused(tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)

    with pytest.raises(ArchiveRefused, match="no zip file"):
        read_archive(tmp_path / "bad.zip")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    file = archive_of(tmp_path / "bytes.zip", [("lab/lab.yaml", b"\xff\xfe\x00")])

    with pytest.raises(ArchiveRefused, match="no text in UTF-8"):
        read_archive(file)
