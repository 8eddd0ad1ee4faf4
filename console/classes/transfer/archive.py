"""The file of a class: a zip of one document and of its worlds, each with its hash."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from console.classes.transfer.document import PARTS, Document
from console.zip_files import ZipRefused, open_zip

_FORMATS = {1, 2}
"""In the first there were no worlds."""
_DOCUMENT, _MANIFEST = "class.json", "manifest.json"
_LARGEST = 256 * 1024 * 1024
_LARGEST_WORLD = 32 * 1024 * 1024
_LARGEST_MANIFEST = 4 * 1024 * 1024
_MOST_WORLDS = 20_000


class TransferRefused(ValueError):
    """A file that is no class, or that cannot be imported; the message says why."""


@dataclass(frozen=True)
class ClassFile:
    """A class that was read from a file, with the hashes of its worlds by place."""

    document: Document
    sha256: str
    path: Path
    worlds: dict[int, str] = field(default_factory=dict)

    def read_worlds(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield each world with the place of its attempt; raises TransferRefused."""
        if not self.worlds:
            return
        with _refusing(self.path), open_zip(self.path, most=_MOST_WORLDS) as archive:
            for place, sha256 in self.worlds.items():
                packed = archive.read(_name_of(place), _LARGEST_WORLD)
                if hashlib.sha256(packed).hexdigest() != sha256:
                    raise TransferRefused(f"{self.path.name} is not as its manifest describes it.")
                world = json.loads(packed)
                if not isinstance(world, dict):
                    raise TransferRefused(f"{self.path.name} has a world that is none.")
                yield place, world


def _name_of(place: int) -> str:
    return f"worlds/{place}.json"


def _packed(data: Any) -> bytes:
    return json.dumps(data, separators=(",", ":")).encode()


def write_class(
    file: IO[bytes], document: Document, worlds: Iterable[tuple[int, dict[str, Any]]] = ()
) -> str:
    """Write a class; return the hash of its document."""
    *_, sha256 = write_in_steps(file, document, worlds)
    return sha256


def write_in_steps(
    file: IO[bytes], document: Document, worlds: Iterable[tuple[int, dict[str, Any]]]
) -> Iterator[str]:
    """Write a class, a world in each step; each yields the hash of its document."""
    packed, hashes = _packed(document), {}
    sha256 = hashlib.sha256(packed).hexdigest()
    counts = {name: len(document[name]) for name in ("people", *PARTS)}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, world in worlds:
            row = _packed(world)
            hashes[place] = hashlib.sha256(row).hexdigest()
            archive.writestr(_name_of(place), row)
            yield sha256
        manifest = {"format": max(_FORMATS), "sha256": sha256, "counts": counts, "worlds": hashes}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        archive.writestr(_DOCUMENT, packed)
    yield sha256


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Turn what is wrong with a file into TransferRefused."""
    try:
        yield
    except ZipRefused as error:
        raise TransferRefused(f"{file.name} is not a Rolecall class. {error}") from error
    except TransferRefused:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise TransferRefused(f"{file.name} is not a Rolecall class.") from error


def read_class(file: Path) -> ClassFile:
    """Return the class of a file; raises TransferRefused before anything is written."""
    with _refusing(file), open_zip(file, most=_MOST_WORLDS) as archive:
        manifest: Any = json.loads(archive.read(_MANIFEST, _LARGEST_MANIFEST))
        packed = archive.read(_DOCUMENT, _LARGEST)
        document: Any = json.loads(packed)
        sha256 = hashlib.sha256(packed).hexdigest()
        if manifest["format"] not in _FORMATS:
            raise TransferRefused(
                f"{file.name} is in another format: of another version of Rolecall."
            )
        counts = {name: len(document[name]) for name in ("people", *PARTS)}
        if (manifest["sha256"], manifest["counts"]) != (sha256, counts):
            raise TransferRefused(f"{file.name} is not as its manifest describes it.")
        worlds = {int(place): str(one) for place, one in manifest.get("worlds", {}).items()}
    return ClassFile(document, sha256, file, worlds)
