"""The file of a class: a zip of one document, with its hash; read with care."""

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from console.classes.transfer.document import PARTS, Document

_FORMAT = 1
_DOCUMENT, _MANIFEST = "class.json", "manifest.json"
_LARGEST = 256 * 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024
_ENCRYPTED = 0x1
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class TransferRefused(ValueError):
    """A file that is no class, or that cannot be imported; the message says why."""


@dataclass(frozen=True)
class ClassFile:
    """A class that was read from a file, as its manifest describes it."""

    document: Document
    sha256: str


def _packed(document: Document) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()


def write_class(file: IO[bytes], document: Document) -> str:
    """Write a class; return the hash of its document."""
    packed = _packed(document)
    sha256 = hashlib.sha256(packed).hexdigest()
    counts = {name: len(document[name]) for name in ("people", *PARTS)}
    manifest = {"format": _FORMAT, "sha256": sha256, "counts": counts}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        archive.writestr(_DOCUMENT, packed)
    return sha256


def read_class(file: Path) -> ClassFile:
    """Return the class of a file; raises TransferRefused before anything is written."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest: Any = json.loads(_content(archive, _MANIFEST, _LARGEST_MANIFEST))
            packed = _content(archive, _DOCUMENT, _LARGEST)
        document: Any = json.loads(packed)
        sha256 = hashlib.sha256(packed).hexdigest()
        if manifest["format"] != _FORMAT:
            raise TransferRefused(f"{file} is in another format: of another version of Rolecall.")
        counts = {name: len(document[name]) for name in ("people", *PARTS)}
        if (manifest["sha256"], manifest["counts"]) != (sha256, counts):
            raise TransferRefused(f"{file} is not as its manifest describes it.")
    except OSError as error:
        raise TransferRefused(f"{file} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError) as error:
        raise TransferRefused(f"{file} is damaged, or no zip file.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise TransferRefused(f"{file} is packed in a way that is not supported.") from error
    except TransferRefused:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise TransferRefused(f"{file} is no class of Rolecall.") from error
    return ClassFile(document, sha256)


def _content(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    entry = archive.getinfo(name)
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PLAIN:
        raise TransferRefused(f"{name} is packed in a way that is not supported.")
    with archive.open(entry) as stream:
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise TransferRefused(f"{name} is too large.")
    return content
