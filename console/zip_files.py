"""Zip files read with care, since anybody may have made one: within limits, in one's own words."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.template.defaultfilters import filesizeformat

_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How entries may be packed: others take as much memory as they ask for."""


class ZipRefused(ValueError):
    """A file that is no zip, or that it would not be safe to unpack; the message says why."""


@dataclass(frozen=True)
class OpenZip:
    """A zip file whose entries are files, each there once and packed plainly."""

    names: tuple[str, ...]
    _archive: zipfile.ZipFile

    def stream(self, name: str) -> IO[bytes]:
        """Open an entry; whoever reads it sets the limit."""
        if name not in self.names:
            raise ZipRefused(f"{name} is missing.")
        return self._archive.open(name)

    def read(self, name: str, largest: int) -> bytes:
        """Return an entry of at most so many bytes, whatever the zip says of its size."""
        with self.stream(name) as stream:
            content = stream.read(largest + 1)
        if len(content) > largest:
            raise ZipRefused(f"{name} is too large: more than {filesizeformat(largest)}.")
        return content


@contextmanager
def open_zip(file: Path | IO[bytes], *, most: int) -> Iterator[OpenZip]:
    """Open a zip of at most so many files; raises ZipRefused, also while its entries are read."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield OpenZip(tuple(_names(archive, most)), archive)
    except OSError as error:
        raise ZipRefused(f"It cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as error:
        raise ZipRefused("It is damaged, or no zip file.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ZipRefused(f"It is packed in a way that is not supported: {error}") from error


def _names(archive: zipfile.ZipFile, most: int) -> Iterator[str]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > most:
        raise ZipRefused(f"There are more than {most} files in it.")
    seen = set()
    for entry in entries:
        name = entry.filename
        if name in seen:
            raise ZipRefused(f"{name} is there twice.")
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PLAIN:
            raise ZipRefused(f"{name} is packed in a way that is not supported.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise ZipRefused(f"{name} is a link, not a file.")
        seen.add(name)
        yield name
