"""A lab as one zip file, for another site; read with care, since anybody may have made it."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from console.labs.files.limits import is_file_of_a_lab, text_fault
from console.labs.files.new_lab import SLUG
from console.labs.files.reader import REPORT
from console.zip_files import OpenZip, ZipRefused, open_zip

MOST_FILES = 200
LARGEST = 1024 * 1024
"""Of one file, unpacked, in bytes."""
LARGEST_OF_ALL = 4 * LARGEST
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class ArchiveRefused(ValueError):
    """A file that is no lab, or that it would not be safe to unpack."""


def lab_files(folder: Path) -> dict[str, str]:
    """Return the files of a lab's folder that go into its archive, by their path in it."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in paths.items()
        if path.is_file() and is_file_of_a_lab(name)
    }


def write_archive(file: Path | IO[bytes], slug: str, files: Mapping[str, str]) -> None:
    """Write a lab's files; the same files make the same archive, byte for byte."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{slug}/{name}", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name].encode())


def _text(archive: OpenZip, name: str) -> str:
    content = archive.read(name, LARGEST)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ArchiveRefused(f"{name} is no text in UTF-8.") from None
    fault = text_fault(text)
    if fault:
        raise ArchiveRefused(f"{name} {fault}")
    return text


def _unpacked(archive: OpenZip) -> tuple[str, dict[str, str]]:
    slugs, files, size = set(), dict[str, str](), 0
    for entry in archive.names:
        slug, _, name = entry.partition("/")
        if not SLUG.fullmatch(slug) or not is_file_of_a_lab(name):
            raise ArchiveRefused(f"{entry} is no file of a lab.")
        if name in files:
            raise ArchiveRefused(f"{entry} is there twice.")
        slugs.add(slug)
        files[name] = _text(archive, entry)
        size += len(files[name])
        if size > LARGEST_OF_ALL:
            raise ArchiveRefused("The files are larger than four megabytes together.")
    if len(slugs) != 1 or "lab.yaml" not in files:
        raise ArchiveRefused("There must be one folder, with a lab.yaml in it.")
    return slugs.pop(), files


def read_archive(file: Path | IO[bytes]) -> tuple[str, dict[str, str]]:
    """Return a lab's name and files; raises ArchiveRefused before anything is written."""
    try:
        with open_zip(file, most=MOST_FILES) as archive:
            return _unpacked(archive)
    except ZipRefused as error:
        raise ArchiveRefused(str(error)) from error


def unpack(file: Path, library: Path) -> Path:
    """Write the folder of an archived lab; raises ArchiveRefused where there is one already.

    A gate report that came along is left out: the gates of this site decide.
    """
    slug, files = read_archive(file)
    files.pop(REPORT, None)
    folder = library / slug
    if folder.exists():
        raise ArchiveRefused(f"There is a folder {folder} already.")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return folder
