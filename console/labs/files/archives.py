"""A lab as one zip file, for another site; read with care, since anybody may have made it."""

import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from console.labs.files.limits import is_file_of_a_lab, text_fault
from console.labs.files.new_lab import SLUG
from console.labs.files.reader import REPORT

MOST_FILES = 200
LARGEST = 1024 * 1024
"""Of one file, unpacked, in bytes."""
LARGEST_OF_ALL = 4 * LARGEST
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How entries may be packed: others take as much memory as they ask for."""


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


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused(f"{entry.filename} is encrypted.")
    if entry.compress_type not in _PLAIN:
        raise ArchiveRefused(f"{entry.filename} is packed in a way that is not supported.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveRefused(f"{entry.filename} is a link, not a file.")
    with archive.open(entry) as stream:
        # Not what the entry says of its size: that may be a lie.
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ArchiveRefused(f"{entry.filename} is larger than one megabyte.")
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise ArchiveRefused(f"{entry.filename} is no text in UTF-8.") from None
    fault = text_fault(text)
    if fault:
        raise ArchiveRefused(f"{entry.filename} {fault}")
    return text


def _unpacked(archive: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_FILES:
        raise ArchiveRefused(f"There are more than {MOST_FILES} files.")
    slugs, files, size = set(), dict[str, str](), 0
    for entry in entries:
        slug, _, name = entry.filename.partition("/")
        if not SLUG.fullmatch(slug) or not is_file_of_a_lab(name):
            raise ArchiveRefused(f"{entry.filename} is no file of a lab.")
        if name in files:
            raise ArchiveRefused(f"{entry.filename} is there twice.")
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
        with zipfile.ZipFile(file) as archive:
            return _unpacked(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as error:
        raise ArchiveRefused(f"Not a zip file that can be read: {error}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ArchiveRefused(f"A kind of zip file that is not supported: {error}") from error


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
